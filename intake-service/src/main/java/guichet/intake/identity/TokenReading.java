package guichet.intake.identity;

import guichet.intake.identity.Caller.SignedIn;

import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtGrantedAuthoritiesConverter;

/** Turns a verified token into a {@link SignedIn} principal with its scopes as authorities. */
final class TokenReading implements Converter<Jwt, AbstractAuthenticationToken> {

    private static final int LONGEST_SUBJECT = 200;

    private final JwtGrantedAuthoritiesConverter scopes = new JwtGrantedAuthoritiesConverter();

    @Override
    public AbstractAuthenticationToken convert(Jwt token) {
        return new JwtAuthenticationToken(token, person(token), scopes.convert(token));
    }

    private static SignedIn person(Jwt token) {
        String subject = token.getSubject();
        if (subject == null || subject.isBlank()) {
            throw new InvalidBearerTokenException("the token has no subject (sub)");
        }
        if (subject.length() > LONGEST_SUBJECT) {
            throw new InvalidBearerTokenException("the token's subject (sub) is too long");
        }
        return new SignedIn(
                subject,
                text(token, "name"),
                email(token),
                Accounts.highestPlan(token.getClaims().get("accounts")));
    }

    /** Whoever has an address sees what it is copied on, so it counts only where it is verified. */
    private static @Nullable String email(Jwt token) {
        return isVouchedFor(token) ? text(token, "email") : null;
    }

    /** A provider that says nothing of addresses has verified them all. Some write "true". */
    private static boolean isVouchedFor(Jwt token) {
        Object verified = token.getClaims().get("email_verified");
        return !token.hasClaim("email_verified")
                || Boolean.TRUE.equals(verified)
                || "true".equals(verified);
    }

    private static @Nullable String text(Jwt token, String claim) {
        return token.getClaims().get(claim) instanceof String text && !text.isBlank() ? text : null;
    }
}
