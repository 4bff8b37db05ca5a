package guichet.policy;

import static java.lang.Character.UnicodeScript.LATIN;

import opennlp.tools.langdetect.LanguageDetectorME;
import opennlp.tools.langdetect.LanguageDetectorModel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the language of a text with Apache OpenNLP's model (L1), offline and deterministically; ADR
 * 0006 gives its figures. The model, 10 MB, is loaded once, when first needed. Safe to share
 * between threads.
 */
final class LanguageDetection {

    private static final String MODEL = "/langdetect-183.bin";

    /** Of words, in characters. More tells no more and costs time in proportion. */
    private static final int TELLING_LENGTH = 1000;

    /** Of text, in characters. Addresses and traces of programs may come before the words. */
    private static final int READ_LENGTH = 20_000;

    /** By ISO 639-3 code, as in the model. */
    private static final Map<String, Language> OURS =
            Map.of("eng", Language.EN, "por", Language.PT, "spa", Language.ES);

    /**
     * The other languages in Latin letters that customers can be expected to write. The model knows
     * many more; the rare ones win short sentences from ours.
     */
    private static final Set<String> OTHERS =
            Set.of(
                    "cat", "ces", "dan", "deu", "fin", "fra", "hrv", "hun", "ind", "ita", "nld",
                    "nob", "pol", "ron", "slk", "swe", "tur", "vie");

    private static final Pattern SPACE = Pattern.compile("\\s+");

    /** A part of a web or e-mail address, a path, markup or code. */
    private static final Predicate<String> MACHINE_TEXT =
            Pattern.compile("[@/\\\\_=<>{}]|\\w[.:]\\w").asPredicate();

    /**
     * A line of a Java or JavaScript stack trace, whose "at" is no English. It looks at no
     * character twice: a customer may send thousands of blank lines.
     */
    private static final Pattern STACK_FRAME = Pattern.compile("(?m)^\\h*+at \\S.*:\\d+\\)?\\h*+$");

    private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}\\p{M}'’]+");

    private LanguageDetection() {}

    /**
     * The most likely of our languages where it is likely enough beside the most likely other one;
     * empty also for a text of fewer than two words or in other letters than Latin.
     *
     * @param leastConfidence from 0 to 1; 0.5 asks that no other language be likelier
     */
    static Optional<Language> detect(String text, double leastConfidence) {
        String words = start(words(start(text, READ_LENGTH)), TELLING_LENGTH);
        if (!words.contains(" ") || !mostlyLatin(words)) {
            return Optional.empty();
        }
        var guesses = new LanguageDetectorME(Loaded.MODEL).predictLanguages(asSentence(words));
        var ours = likeliest(guesses, OURS.keySet());
        var other = likeliest(guesses, OTHERS);
        double confidence = ours.getConfidence() / (ours.getConfidence() + other.getConfidence());
        return confidence >= leastConfidence
                ? Optional.ofNullable(OURS.get(ours.getLang()))
                : Optional.empty();
    }

    /** Guesses come with the likeliest first. */
    private static opennlp.tools.langdetect.Language likeliest(
            opennlp.tools.langdetect.Language[] guesses, Set<String> languages) {
        return Stream.of(guesses)
                .filter(guess -> languages.contains(guess.getLang()))
                .findFirst()
                .orElseThrow();
    }

    private static String start(String text, int length) {
        return text.substring(0, Math.min(text.length(), length));
    }

    private static String words(String text) {
        String prose =
                SPACE.splitAsStream(
                                STACK_FRAME
                                        .matcher(Normalizer.normalize(text, Normalizer.Form.NFC))
                                        .replaceAll(" "))
                        .filter(MACHINE_TEXT.negate())
                        .collect(Collectors.joining(" "));
        return NO_LETTERS.matcher(prose).replaceAll(" ").strip();
    }

    private static boolean mostlyLatin(String words) {
        long latin = words.codePoints().filter(c -> UnicodeScript.of(c) == LATIN).count();
        return 2 * latin > words.codePoints().filter(Character::isLetter).count();
    }

    /** The model learnt from running text, where every sentence begins and ends beside another. */
    private static String asSentence(String words) {
        return ". " + words + " .";
    }

    /** The class loader loads it once, however many threads ask. */
    private static final class Loaded {

        static final LanguageDetectorModel MODEL = load();

        private static LanguageDetectorModel load() {
            try (InputStream model =
                    LanguageDetectorModel.class.getResourceAsStream(LanguageDetection.MODEL)) {
                if (model == null) {
                    throw new IllegalStateException(
                            "The language detection model is missing: put"
                                    + " opennlp-models-langdetect on the class path");
                }
                return new LanguageDetectorModel(model);
            } catch (IOException e) {
                throw new UncheckedIOException("The language detection model is unreadable", e);
            }
        }
    }
}
