package guichet.chassis.door;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Remembers for a while which tokens were found to be good: clients send the same one again and
 * again, and to verify a signature costs more than the rest of a request. A token that has expired
 * meanwhile is verified anew, and so refused; a key that the provider withdraws is heeded that much
 * later. Refusals are not remembered.
 */
final class VerifiedTokens implements JwtDecoder {

    private static final int MOST = 5_000;

    private final JwtDecoder decoder;
    private final InstantSource clock;
    private final Cache<String, Jwt> good;

    /**
     * @param keptFor how long a token is remembered; zero for not at all
     * @param clock the one that the decoder goes by
     */
    VerifiedTokens(JwtDecoder decoder, Duration keptFor, InstantSource clock) {
        this.decoder = decoder;
        this.clock = clock;
        this.good =
                Caffeine.newBuilder()
                        .expireAfterWrite(keptFor)
                        .maximumSize(MOST)
                        .ticker(() -> Duration.between(Instant.EPOCH, clock.instant()).toNanos())
                        .build();
    }

    @Override
    public Jwt decode(String token) throws JwtException {
        Jwt known = good.getIfPresent(token);
        if (known != null && isCurrent(known)) {
            return known;
        }
        Jwt verified = decoder.decode(token);
        good.put(token, verified);
        return verified;
    }

    private boolean isCurrent(Jwt token) {
        Instant expiry = token.getExpiresAt();
        return expiry != null && clock.instant().isBefore(expiry);
    }
}
