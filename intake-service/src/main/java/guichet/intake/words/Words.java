package guichet.intake.words;

import static java.util.Objects.requireNonNull;

import guichet.chassis.door.Problem;
import guichet.chassis.forms.FaultyText;
import guichet.chassis.words.Phrasebook;
import guichet.chassis.words.Sentence;
import guichet.policy.Language;

import org.springframework.http.HttpStatus;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.FormatStyle;
import java.time.format.TextStyle;
import java.util.EnumMap;
import java.util.Map;

/** What customers are told, in their language. */
public final class Words {

    private static final Phrasebook WORDS = new Phrasebook("guichet.intake.words.words");
    private static final Map<Language, DateTimeFormatter> SPOKEN = spoken();

    private Words() {}

    /**
     * A sentence of the bundle {@code words}.
     *
     * @param key its name there
     * @param parts what stands for {@code {0}}, {@code {1}} in it
     */
    public static String say(Language language, String key, Object... parts) {
        return WORDS.say(language, key, parts);
    }

    /** A sentence of the bundle, to be said later. */
    public static Sentence sentence(String key, Object... parts) {
        return WORDS.sentence(key, parts);
    }

    /** What is wrong with a text, as a sentence of the bundle that follows the field's name. */
    public static FaultyText faulty(String key, Object... parts) {
        return new FaultyText(sentence(key, parts));
    }

    /** A problem whose title and detail stand in the bundle under its type. */
    public static Problem problem(HttpStatus status, String type) {
        return Problem.of(status, type, sentence(type + ".title"), sentence(type));
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
