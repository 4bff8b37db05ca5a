package guichet.policy;

import java.util.Locale;
import java.util.Optional;

/** A language in which support is given; each has its own queue (L1). */
public enum Language {
    EN("en"),
    PT("pt"),
    ES("es");

    private final Locale locale;

    Language(String tag) {
        this.locale = Locale.of(tag);
    }

    /** The BCP 47 tag: {@code en}, {@code pt} or {@code es}. */
    public String tag() {
        return locale.getLanguage();
    }

    /** The locale of the language, without a region. */
    public Locale locale() {
        return locale;
    }

    /**
     * The language that a BCP 47 tag names, whatever its region or script: {@code pt-BR} is {@link
     * #PT}. Empty where the tag names another language or is malformed.
     */
    public static Optional<Language> ofTag(String bcp47) {
        String language = Locale.forLanguageTag(bcp47.strip().replace('_', '-')).getLanguage();
        for (Language candidate : values()) {
            if (candidate.tag().equals(language)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
