package guichet.intake.http;

import static guichet.intake.http.Intake.key;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.chassis.door.InMemoryEventLog;
import guichet.chassis.door.SettableClock;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import java.util.Map;

@OverHttp
class OverloadOverHttpTest {

    private static final Map<String, String> TICKET =
            Map.of(
                    "name", "Ana",
                    "email", "ana@example.com",
                    "impact", "LOW",
                    "description", "How?");

    @Autowired Intake intake;
    @Autowired InMemoryEventLog log;
    @Autowired SettableClock clock;

    @BeforeEach
    void overload() {
        log.reset();
        clock.set("2026-11-24T21:00:00Z");
        log.fill();
    }

    @Test
    void c1_answersWith429AndWhenToTryAgain() {
        var response = intake.post("/api/tickets", TICKET);

        assertThat(response.status()).isEqualTo(429);
        assertThat(response.headers().getFirst("Retry-After")).isEqualTo("5");
        assertThat(response.body().get("type").stringValue())
                .isEqualTo("urn:guichet:problem:too-many-requests");
    }

    @Test
    void c1_takesTheSameRequestWhenThereIsRoomAgain() {
        assertThat(intake.post("/api/tickets", TICKET, key("overload-1")).status()).isEqualTo(429);

        log.reset();

        assertThat(intake.post("/api/tickets", TICKET, key("overload-1")).status()).isEqualTo(201);
        assertThat(log.appended()).hasSize(1);
    }
}
