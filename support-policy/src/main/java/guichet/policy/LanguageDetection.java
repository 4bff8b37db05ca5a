package guichet.policy;

import opennlp.tools.langdetect.LanguageDetector;
import opennlp.tools.langdetect.LanguageDetectorME;
import opennlp.tools.langdetect.LanguageDetectorModel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Finds the language of a text with Apache OpenNLP's model (L1), offline and deterministically. The
 * model is loaded once, when first needed.
 */
final class LanguageDetection {

    private static final String MODEL = "/langdetect-183.bin";

    private LanguageDetection() {}

    /** A language as ISO 639-3 names it, and how sure the model is, from 0 to 1. */
    record Guess(String iso639, double confidence) {

        Optional<Language> language() {
            return switch (iso639) {
                case "eng" -> Optional.of(Language.EN);
                case "por" -> Optional.of(Language.PT);
                case "spa" -> Optional.of(Language.ES);
                default -> Optional.empty();
            };
        }
    }

    static Guess guess(String text) {
        opennlp.tools.langdetect.Language best =
                new LanguageDetectorME(Loaded.MODEL).predictLanguage(text);
        return new Guess(best.getLang(), best.getConfidence());
    }

    /** Loaded by the class loader's own lock on first use. */
    private static final class Loaded {

        static final LanguageDetectorModel MODEL = load();

        private static LanguageDetectorModel load() {
            try (InputStream model =
                    LanguageDetector.class.getResourceAsStream(LanguageDetection.MODEL)) {
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
