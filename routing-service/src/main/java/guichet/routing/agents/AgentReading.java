package guichet.routing.agents;

import guichet.schemas.Contract;

import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtGrantedAuthoritiesConverter;

import java.time.Instant;

/** Turns a verified token into an {@link Agent} with its scopes as authorities. */
final class AgentReading implements Converter<Jwt, AbstractAuthenticationToken> {

    private final JwtGrantedAuthoritiesConverter scopes = new JwtGrantedAuthoritiesConverter();

    @Override
    public AbstractAuthenticationToken convert(Jwt token) {
        return new JwtAuthenticationToken(token, agent(token), scopes.convert(token));
    }

    private static Agent agent(Jwt token) {
        String subject = token.getSubject();
        Instant until = token.getExpiresAt();
        if (subject == null || !Contract.isId(subject)) {
            throw new InvalidBearerTokenException("the token's subject (sub) cannot be an id");
        }
        if (until == null) {
            throw new InvalidBearerTokenException("the token does not expire (exp)");
        }
        return new Agent(subject, until);
    }
}
