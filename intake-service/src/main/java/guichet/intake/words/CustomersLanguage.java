package guichet.intake.words;

import guichet.policy.Language;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.web.firewall.RequestRejectedException;

import java.util.List;
import java.util.Locale.LanguageRange;
import java.util.Optional;

/** The language in which a customer is told something before there is any contact. */
public final class CustomersLanguage {

    private CustomersLanguage() {}

    /**
     * The one asked for where it is ours, else the first of the browser's that is, else English.
     *
     * @param asked a BCP 47 tag; null where none was
     * @param accepted the header {@code Accept-Language}; null where there is none, and a malformed
     *     one counts as none
     */
    public static Language of(@Nullable String asked, @Nullable String accepted) {
        return Optional.ofNullable(asked)
                .flatMap(Language::ofTag)
                .or(() -> firstOfOurs(accepted))
                .orElse(Language.EN);
    }

    /** The first of the browser's that is ours, else English. */
    public static Language of(HttpServletRequest request) {
        return of(null, accepted(request));
    }

    private static @Nullable String accepted(HttpServletRequest request) {
        try {
            return request.getHeader(HttpHeaders.ACCEPT_LANGUAGE);
        } catch (RequestRejectedException undecodable) {
            return null;
        }
    }

    private static Optional<Language> firstOfOurs(@Nullable String accepted) {
        return ranges(accepted).stream()
                .filter(range -> range.getWeight() > 0)
                .map(range -> Language.ofTag(range.getRange()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static List<LanguageRange> ranges(@Nullable String accepted) {
        try {
            return accepted == null ? List.of() : LanguageRange.parse(accepted);
        } catch (IllegalArgumentException malformed) {
            return List.of();
        }
    }
}
