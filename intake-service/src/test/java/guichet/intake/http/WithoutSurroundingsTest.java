package guichet.intake.http;

import static guichet.intake.http.Intake.key;
import static guichet.intake.http.Intake.reading;
import static guichet.intake.http.Intake.token;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.chassis.door.Tokens;
import guichet.intake.IntakeService;
import guichet.policy.Language;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Import;

import java.time.Duration;
import java.util.Map;

/** The service as it starts where Kafka, the registry and the identity provider are away. */
@SpringBootTest(
        classes = IntakeService.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=intake-service",
            "guichet.attachments.folder=target/attachments",
            "spring.kafka.bootstrap-servers=localhost:1",
            "guichet.requests.url=jdbc:postgresql://localhost:1/none",
            "guichet.requests.password=",
            "spring.kafka.properties.schema.registry.url=http://localhost:1",
            "spring.security.oauth2.resourceserver.jwt.jwk-set-uri=http://localhost:1/jwks.json"
        })
@Import(Intake.class)
class WithoutSurroundingsTest {

    private static final Map<String, String> TICKET =
            Map.of(
                    "name", "Ana",
                    "email", "ana@example.com",
                    "impact", "LOW",
                    "description", "How?");

    @Autowired Intake intake;

    @Test
    void isAliveAndTellsHours() {
        assertThat(intake.get("/actuator/health/liveness").status()).isEqualTo(200);
        assertThat(intake.get("/api/hours").status()).isEqualTo(200);
        assertThat(intake.get("/actuator/prometheus").text())
                .contains("guichet_requests_lag{application=\"intake-service\"} NaN");
    }

    @Test
    void h6IsNotReadyWhileNobodyKnowsWhichClosuresStand() {
        assertThat(intake.get("/actuator/health/readiness").status()).isEqualTo(503);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Timeout(20)
    @ExtendWith(OutputCaptureExtension.class)
    void answersATicketWith503WithinSecondsAndLogsNoPersonalData(
            boolean withKey, CapturedOutput output) {
        long before = System.nanoTime();

        var response =
                withKey
                        ? intake.post("/api/tickets", TICKET, key("k-1"))
                        : intake.post("/api/tickets", TICKET);

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.headers().getFirst("Retry-After")).isNotBlank();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(8));
        assertThat(output.getAll())
                .contains("Could not take a contact in")
                .doesNotContain("ana@example.com", "How?");
    }

    @ParameterizedTest
    @CsvSource({
        "EN, Tokens cannot be checked just now",
        "PT, Não é possível verificar tokens neste momento",
        "ES, No se pueden comprobar los tokens en este momento"
    })
    void answersATokenThatCannotBeCheckedWith503(Language language, String title) {
        var response =
                intake.post("/api/tickets", TICKET, token(Tokens.customer()), reading(language));

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.headers().getFirst("Retry-After")).isNotBlank();
        assertThat(response.body().get("type").stringValue())
                .isEqualTo("urn:guichet:problem:identity-unavailable");
        assertThat(response.body().get("title").stringValue()).isEqualTo(title);
    }
}
