package guichet.chassis.forms;

import guichet.policy.Language;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.zone.ZoneRulesProvider;
import java.util.Arrays;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Readings of texts that every form has. Lengths count characters (Unicode code points). */
public final class Texts {

    private static final int LONGEST_TAG = 35;
    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private Texts() {}

    /** A text on one line: no line breaks, no other control characters. */
    public static Reading<String> line(int longest) {
        return text -> bounded(text, longest, Character::isISOControl);
    }

    /** A text of several lines; control characters other than line breaks and tabs are faults. */
    public static Reading<String> prose(int longest) {
        return text -> bounded(text, longest, c -> Character.isISOControl(c) && !isLayout(c));
    }

    /** One of the names of an enum, in any case. */
    public static <E extends Enum<E>> Reading<E> oneOf(Class<E> choices) {
        return text -> {
            for (E choice : choices.getEnumConstants()) {
                if (choice.name().equalsIgnoreCase(text)) {
                    return choice;
                }
            }
            throw notOneOf(Arrays.stream(choices.getEnumConstants()).map(Enum::name));
        };
    }

    /** A BCP 47 language tag, whether or not it is a language of ours; read in canonical form. */
    public static Reading<String> languageTag() {
        return text -> {
            try {
                return new Locale.Builder()
                        .setLanguageTag(bounded(text, LONGEST_TAG, Character::isISOControl))
                        .build()
                        .toLanguageTag();
            } catch (IllformedLocaleException e) {
                throw FormWords.faulty("language");
            }
        };
    }

    /** One of the languages in which support is given, by any tag of it (L1). */
    public static Reading<Language> queue() {
        return text ->
                Language.ofTag(text)
                        .orElseThrow(
                                () ->
                                        notOneOf(
                                                Arrays.stream(Language.values())
                                                        .map(Language::tag)));
    }

    /** A whole number, in digits alone. */
    public static Reading<Integer> number(int lowest, int highest) {
        int digits = Integer.toString(highest).length();
        return text -> {
            if (text.length() <= digits && text.chars().allMatch(c -> '0' <= c && c <= '9')) {
                int number = Integer.parseInt(text);
                if (lowest <= number && number <= highest) {
                    return number;
                }
            }
            throw FormWords.faulty("number", lowest, highest);
        };
    }

    /** An instant between 1970 and 2200, in ISO 8601 with an offset. */
    public static Reading<Instant> instant() {
        return text -> {
            try {
                Instant instant = OffsetDateTime.parse(text).toInstant();
                if (instant.isAfter(EARLIEST) && instant.isBefore(LATEST)) {
                    return instant;
                }
            } catch (DateTimeParseException _) {
                // Said below, as for an instant out of range.
            }
            throw FormWords.faulty("instant");
        };
    }

    /** A time zone by its name in the IANA database; offsets are refused. */
    public static Reading<ZoneId> zone() {
        return text -> {
            if (!ZoneRulesProvider.getAvailableZoneIds().contains(text)) {
                throw FormWords.faulty("zone");
            }
            return ZoneId.of(text);
        };
    }

    private static FaultyText notOneOf(Stream<String> choices) {
        return FormWords.faulty("choice", choices.collect(Collectors.joining(", ")));
    }

    static String bounded(String text, int longest, IntPredicate refused) throws FaultyText {
        int length = text.codePointCount(0, text.length());
        if (length > longest) {
            throw FormWords.faulty("long", longest, length);
        }
        int c;
        for (int i = 0; i < text.length(); i += Character.charCount(c)) {
            c = text.codePointAt(i);
            if (refused.test(c)) {
                throw FormWords.faulty("control");
            }
            if (isLoneSurrogate(c)) {
                throw FormWords.faulty("surrogate");
            }
        }
        return text;
    }

    private static boolean isLayout(int c) {
        return c == '\n' || c == '\r' || c == '\t';
    }

    private static boolean isLoneSurrogate(int c) {
        return Character.MIN_SURROGATE <= c && c <= Character.MAX_SURROGATE;
    }
}
