package guichet.intake.contacts;

import static java.util.Objects.requireNonNull;

import guichet.policy.Language;

import java.text.MessageFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.FormatStyle;
import java.time.format.TextStyle;
import java.util.EnumMap;
import java.util.Map;
import java.util.ResourceBundle;

/** What customers are told, in their language. */
public final class Words {

    private static final String BUNDLE = "guichet.intake.contacts.words";
    private static final ResourceBundle.Control NO_OTHER_LANGUAGE =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
    private static final Map<Language, DateTimeFormatter> SPOKEN = spoken();

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
        // CLDR puts a narrow no-break space before AM and PM; many fonts and terminals have none.
        return requireNonNull(SPOKEN.get(language)).format(at.atZone(zone)).replace('\u202F', ' ');
    }

    private static Map<Language, DateTimeFormatter> spoken() {
        Map<Language, DateTimeFormatter> spoken = new EnumMap<>(Language.class);
        for (Language language : Language.values()) {
            spoken.put(
                    language,
                    new DateTimeFormatterBuilder()
                            .append(
                                    DateTimeFormatter.ofLocalizedDateTime(
                                            FormatStyle.FULL, FormatStyle.SHORT))
                            .appendLiteral(' ')
                            .appendGenericZoneText(TextStyle.FULL)
                            .toFormatter(language.locale()));
        }
        return spoken;
    }
}
