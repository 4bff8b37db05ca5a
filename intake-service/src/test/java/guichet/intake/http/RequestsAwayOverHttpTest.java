package guichet.intake.http;

import static guichet.intake.http.Intake.token;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.chassis.door.InMemoryEventLog;
import guichet.chassis.door.SettableClock;
import guichet.chassis.door.Tokens;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import java.time.Duration;
import java.util.Map;

/** My requests (C3) while PostgreSQL is away. */
@OverHttp
class RequestsAwayOverHttpTest {

    @Autowired Intake intake;
    @Autowired InMemoryEventLog log;
    @Autowired SettableClock clock;

    @Test
    void c3IsAnsweredWith503AtOnceAndContactsAreTaken() {
        log.reset();
        clock.set("2026-11-24T21:00:00Z");
        long begin = System.nanoTime();

        var listed = intake.get("/api/requests", token(Tokens.customer()));
        var shown = intake.get("/api/requests/some", token(Tokens.customer()));
        var withdrawn = intake.delete("/api/requests/some", token(Tokens.customer()));
        var erasures = intake.get("/api/erasures", token(Tokens.withScope("supervisor")));
        var ordered =
                intake.post(
                        "/api/erasures",
                        Map.of("customerId", "person-7"),
                        token(Tokens.withScope("supervisor")));
        var taken =
                intake.post(
                        "/api/callbacks",
                        Map.of("language", "en", "phoneNumber", "+14155552671"),
                        token(Tokens.customer()));

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
        assertThat(listed.status()).isEqualTo(503);
        assertThat(listed.headers().getFirst("Retry-After")).isNotBlank();
        assertThat(listed.body().get("type").stringValue())
                .isEqualTo("urn:guichet:problem:requests-unavailable");
        assertThat(shown.status()).isEqualTo(503);
        assertThat(withdrawn.status()).isEqualTo(503);
        assertThat(erasures.status()).isEqualTo(503);
        assertThat(ordered.status()).as("it is carried out later").isEqualTo(202);
        assertThat(taken.status()).isEqualTo(201);
        assertThat(intake.get("/actuator/health").status()).isEqualTo(200);
        assertThat(intake.get("/actuator/health/readiness").status()).isEqualTo(200);
    }
}
