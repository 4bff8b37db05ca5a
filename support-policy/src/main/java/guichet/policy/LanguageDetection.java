package guichet.policy;

import opennlp.tools.langdetect.LanguageDetectorME;
import opennlp.tools.langdetect.LanguageDetectorModel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Finds the language of a text with Apache OpenNLP's model (L1), offline and deterministically. The
 * model, 10 MB, is loaded once, when first needed.
 */
final class LanguageDetection {

    private static final String MODEL = "/langdetect-183.bin";

    /** More tells no more and costs time in proportion. */
    private static final int TELLING_LENGTH = 1000;

    private LanguageDetection() {}

    /**
     * The most likely language of a text where it is one of ours and leads clearly.
     *
     * @param leastConfidence from 0.5, no lead over the next language, to 1, no other is possible
     */
    static Optional<Language> detect(String text, double leastConfidence) {
        String start = text.substring(0, Math.min(text.length(), TELLING_LENGTH));
        var guesses = new LanguageDetectorME(Loaded.MODEL).predictLanguages(start);
        double first = guesses[0].getConfidence();
        double second = guesses[1].getConfidence();
        return first / (first + second) >= leastConfidence
                ? ofIso639(guesses[0].getLang())
                : Optional.empty();
    }

    private static Optional<Language> ofIso639(String code) {
        return switch (code) {
            case "eng" -> Optional.of(Language.EN);
            case "por" -> Optional.of(Language.PT);
            case "spa" -> Optional.of(Language.ES);
            default -> Optional.empty();
        };
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
