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
        return new SignedIn(
                subject,
                text(token, "name"),
                email(token),
                Accounts.highestPlan(token.getClaims().get("accounts")));
    }

    /** What is sent to an address is shown to whoever has it: it must not be anybody's guess. */
    private static @Nullable String email(Jwt token) {
        return Boolean.FALSE.equals(token.getClaims().get("email_verified"))
                ? null
                : text(token, "email");
    }

    private static @Nullable String text(Jwt token, String claim) {
        return token.getClaims().get(claim) instanceof String text && !text.isBlank() ? text : null;
    }
}
