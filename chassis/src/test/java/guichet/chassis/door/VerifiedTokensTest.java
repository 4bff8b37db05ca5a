package guichet.chassis.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;

import java.time.Duration;
import java.time.Instant;

class VerifiedTokensTest {

    private static final Instant NOW = Instant.parse("2026-11-24T21:00:00Z");

    private final SettableClock clock = new SettableClock();
    private int verified;
    private boolean good = true;

    VerifiedTokensTest() {
        clock.set(NOW.toString());
    }

    @Test
    void verifiesATokenOnceInAWhile() {
        VerifiedTokens tokens = keptFor(Duration.ofMinutes(1));

        Jwt first = tokens.decode("a");
        assertThat(tokens.decode("a")).isSameAs(first);
        assertThat(verified).isEqualTo(1);

        clock.set(NOW.plusSeconds(61).toString());
        tokens.decode("a");
        assertThat(verified).isEqualTo(2);
    }

    @Test
    void takesNoTokenForAnother() {
        VerifiedTokens tokens = keptFor(Duration.ofMinutes(1));

        assertThat(tokens.decode("a").getTokenValue()).isEqualTo("a");
        assertThat(tokens.decode("b").getTokenValue()).isEqualTo("b");
    }

    @Test
    void verifiesOneThatHasExpiredMeanwhile() {
        VerifiedTokens tokens = keptFor(Duration.ofHours(1));
        tokens.decode("a");

        clock.set(NOW.plusSeconds(300).toString());
        good = false;

        assertThatThrownBy(() -> tokens.decode("a")).isInstanceOf(BadJwtException.class);
    }

    @Test
    void remembersNoRefusal() {
        VerifiedTokens tokens = keptFor(Duration.ofMinutes(1));
        good = false;
        assertThatThrownBy(() -> tokens.decode("a")).isInstanceOf(BadJwtException.class);

        good = true;

        assertThat(tokens.decode("a")).isNotNull();
    }

    @Test
    void remembersNothingWhereItIsToldTo() {
        VerifiedTokens tokens = keptFor(Duration.ZERO);
        tokens.decode("a");
        tokens.decode("a");

        assertThat(verified).isEqualTo(2);
    }

    private VerifiedTokens keptFor(Duration time) {
        return new VerifiedTokens(this::verify, time, clock);
    }

    private Jwt verify(String token) {
        verified++;
        if (!good) {
            throw new BadJwtException("not good");
        }
        return Jwt.withTokenValue(token)
                .header("alg", "RS256")
                .expiresAt(NOW.plusSeconds(300))
                .build();
    }
}
