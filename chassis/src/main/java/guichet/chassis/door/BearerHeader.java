package guichet.chassis.door;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.BearerTokenErrors;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;

/**
 * Reads the token off the header {@code Authorization: Bearer …} (RFC 6750), and off nothing else.
 * Spring's own reads the same with a regular expression, which on a token of usual length costs as
 * much as to answer a request.
 */
final class BearerHeader implements BearerTokenResolver {

    private static final String SCHEME = "Bearer";
    private static final int TOKEN_AT = SCHEME.length() + 1;
    private static final boolean[] OF_TOKENS = ofTokens();

    /**
     * @throws OAuth2AuthenticationException where the header is of this scheme and has no token
     */
    @Override
    public @Nullable String resolve(HttpServletRequest request) {
        return token(request.getHeader(HttpHeaders.AUTHORIZATION));
    }

    static @Nullable String token(@Nullable String header) {
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        if (header.length() < TOKEN_AT
                || header.charAt(SCHEME.length()) != ' '
                || !hasToken(header)) {
            throw new OAuth2AuthenticationException(
                    BearerTokenErrors.invalidToken("Bearer token is malformed"));
        }
        return header.substring(TOKEN_AT);
    }

    /** Characters of a token, at least one, then nothing but padding. */
    private static boolean hasToken(String header) {
        int end = TOKEN_AT;
        while (end < header.length() && isOfTokens(header.charAt(end))) {
            end++;
        }
        int padding = end;
        while (padding < header.length() && header.charAt(padding) == '=') {
            padding++;
        }
        return end > TOKEN_AT && padding == header.length();
    }

    private static boolean isOfTokens(char c) {
        return c < OF_TOKENS.length && OF_TOKENS[c];
    }

    private static boolean[] ofTokens() {
        boolean[] all = new boolean[128];
        for (char c = 0; c < all.length; c++) {
            all[c] = Character.isLetterOrDigit(c) || "-._~+/".indexOf(c) >= 0;
        }
        return all;
    }
}
