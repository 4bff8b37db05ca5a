package guichet.intake.contacts;

import guichet.policy.Language;

import java.text.MessageFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.FormatStyle;
import java.time.format.TextStyle;
import java.util.ResourceBundle;

/** What customers are told, in their language. */
public final class Words {

    private static final String BUNDLE = "guichet.intake.contacts.words";
    private static final ResourceBundle.Control NO_OTHER_LANGUAGE =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private Words() {}

    /**
     * A sentence of the bundle {@code words}.
     *
     * @param key its name there
     * @param parts what stands for {@code {0}}, {@code {1}} in it
     */
    public static String say(Language language, String key, Object... parts) {
        ResourceBundle words =
                ResourceBundle.getBundle(BUNDLE, language.locale(), NO_OTHER_LANGUAGE);
        return new MessageFormat(words.getString(key), language.locale()).format(parts);
    }

    /** An instant as people in the zone say it: weekday, date, time and zone. */
    public static String moment(Language language, Instant at, ZoneId zone) {
        DateTimeFormatter spoken =
                new DateTimeFormatterBuilder()
                        .append(
                                DateTimeFormatter.ofLocalizedDateTime(
                                        FormatStyle.FULL, FormatStyle.SHORT))
                        .appendLiteral(' ')
                        .appendGenericZoneText(TextStyle.FULL)
                        .toFormatter(language.locale());
        // CLDR puts a narrow no-break space before AM and PM; many fonts and terminals have none.
        return spoken.format(at.atZone(zone)).replace('\u202F', ' ');
    }
}
