package guichet.intake.http;

import static guichet.intake.http.Intake.key;
import static guichet.intake.http.Intake.token;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.chassis.door.InMemoryEventLog;
import guichet.chassis.door.SettableClock;
import guichet.chassis.door.Tokens;
import guichet.events.Plan;
import guichet.events.TicketCreated;
import guichet.schemas.Topics;

import io.micrometer.core.instrument.MeterRegistry;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

@OverHttp
class TicketsOverHttpTest {

    private static final String TUESDAY_1_PM_PACIFIC = "2026-11-24T21:00:00.123456Z";

    @Autowired Intake intake;
    @Autowired InMemoryEventLog log;
    @Autowired SettableClock clock;
    @Autowired MeterRegistry meters;

    @BeforeEach
    void onATuesdayAfternoon() {
        log.reset();
        clock.set(TUESDAY_1_PM_PACIFIC);
    }

    @Test
    void c2AnswersWithIdAndResponseTimeAsInstantAndInWords() {
        var response = intake.post("/api/tickets", ticket());

        assertThat(response.status()).isEqualTo(201);
        var answer = response.body();
        assertThat(response.headers().getLocation())
                .hasToString("/api/requests/" + answer.get("id").stringValue());
        assertThat(answer.propertyNames())
                .containsExactly("id", "channel", "language", "respondBy", "message");
        assertThat(answer.get("channel").stringValue()).isEqualTo("WEB");
        assertThat(answer.get("language").stringValue()).isEqualTo("en");
        assertThat(answer.get("respondBy").stringValue()).isEqualTo("2026-11-25T21:00:00.123Z");
        assertThat(answer.get("message").stringValue())
                .contains("Wednesday, November 25, 2026, 1:00 PM Pacific Time");
    }

    @Test
    void c1PutsTheWholeFormDownInTheLog() {
        var response =
                intake.post(
                        "/api/tickets",
                        with(
                                Map.of(
                                        "site", "my-shop",
                                        "language", "en-gb",
                                        "topic", "billing",
                                        "subject", "Invoice",
                                        "cc", List.of("bo@example.com", "cy@example.com"))));

        assertThat(log.appended()).hasSize(1);
        var appended = log.appended().getFirst();
        assertThat(appended.topic()).isEqualTo(Topics.TICKETS);
        assertThat(appended.at()).isEqualTo(Instant.parse("2026-11-24T21:00:00.123Z"));
        TicketCreated event = (TicketCreated) appended.event();
        assertThat(event.getContactId()).isEqualTo(response.body().get("id").stringValue());
        assertThat(event.getCreatedAt()).isEqualTo(appended.at());
        assertThat(event.getCustomer().getName()).isEqualTo("Ana");
        assertThat(event.getCustomer().getEmail()).isEqualTo("Ana@Example.com");
        assertThat(event.getCustomer().getPlan()).isEqualTo(Plan.BASIC);
        assertThat(event.getCustomer().getCustomerId()).startsWith("visitor:");
        assertThat(event.getImpact()).isEqualTo(guichet.events.Impact.HIGH);
        assertThat(event.getDescription()).isEqualTo("The editor does not load.\nEvery time.");
        assertThat(event.getSite()).isEqualTo("my-shop");
        assertThat(event.getLanguage()).isEqualTo("en-GB");
        assertThat(event.getTopic()).isEqualTo("billing");
        assertThat(event.getSubject()).isEqualTo("Invoice");
        assertThat(event.getCopiedTo()).containsExactly("bo@example.com", "cy@example.com");
        assertThat(event.getOutOfScope()).isFalse();
    }

    @Test
    void c1NamesEveryFaultyFieldAtOnce() {
        var response =
                intake.post(
                        "/api/tickets",
                        Map.of(
                                "email", "ana at example",
                                "impact", "TERRIBLE",
                                "description", 7,
                                "site", "not a site",
                                "language", "english please",
                                "subject", "x".repeat(201),
                                "cc", List.of("bo@example.com", "bo", 3),
                                "colour", "red"),
                        key("with blank"));

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.headers().getContentType()).hasToString("application/problem+json");
        assertThat(
                        response.body()
                                .get("errors")
                                .valueStream()
                                .map(e -> e.get("field").stringValue()))
                .containsExactlyInAnyOrder(
                        "Idempotency-Key",
                        "name",
                        "email",
                        "impact",
                        "description",
                        "site",
                        "language",
                        "subject",
                        "cc[1]",
                        "cc[2]",
                        "colour");
        assertThat(response.message("impact")).contains("URGENT, HIGH, NORMAL, LOW");
        assertThat(response.message("description")).isEqualTo("must be a text, not a number");
        assertThat(response.message("subject")).contains("200").contains("201");
        assertThat(response.message("name")).isEqualTo("is required");
        assertThat(log.appended()).isEmpty();
    }

    @Test
    void c1TakesNameAndAddressFromTheTokenWhereTheFormHasNone() {
        intake.post(
                "/api/tickets",
                Map.of("impact", "LOW", "description", "How?"),
                token(Tokens.customer("TEAM")));

        var customer = ((TicketCreated) log.appended().getFirst().event()).getCustomer();
        assertThat(customer.getCustomerId()).isEqualTo("person-7");
        assertThat(customer.getName()).isEqualTo("Ana Prado");
        assertThat(customer.getEmail()).isEqualTo("ana@example.com");
        assertThat(customer.getPlan()).isEqualTo(Plan.TEAM);
    }

    @Test
    void t4TheHighestPlanOfTheTokenDecides() {
        var response =
                intake.post(
                        "/api/tickets",
                        ticket(),
                        token(Tokens.customer("BASIC", "AGENCY", "TEAM")));

        assertThat(response.body().get("respondBy").stringValue())
                .isEqualTo("2026-11-25T09:00:00.123Z");
        var customer = ((TicketCreated) log.appended().getFirst().event()).getCustomer();
        assertThat(customer.getPlan()).isEqualTo(Plan.AGENCY);
    }

    @Test
    void t4ThePlanCannotBeSentInTheBody() {
        var response = intake.post("/api/tickets", with(Map.of("plan", "ENTERPRISE")));

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.message("plan")).contains("is not known here");
    }

    @Test
    void s2TakesATicketOutOfScopeAndPromisesNothing() {
        var response = intake.post("/api/tickets", with(Map.of("topic", "legal-advice")));

        assertThat(response.status()).isEqualTo(201);
        assertThat(response.body().get("respondBy").isNull()).isTrue();
        assertThat(response.body().get("message").stringValue())
                .contains("outside what our support covers");
        assertThat(((TicketCreated) log.appended().getFirst().event()).getOutOfScope()).isTrue();
    }

    @Test
    void aRepeatWithTheSameKeyGetsTheSameAnswerAndIsPutDownOnce() {
        var first = intake.post("/api/tickets", ticket(), key("k-1"));
        clock.set("2026-11-24T22:00:00Z");
        var repeat = intake.post("/api/tickets", ticket(), key("k-1"));

        assertThat(first.status()).isEqualTo(201);
        assertThat(repeat.status()).isEqualTo(201);
        assertThat(repeat.text()).isEqualTo(first.text());
        assertThat(log.appended()).hasSize(1);
    }

    @Test
    void theSameKeyWithAnotherBodyIsRefused() {
        intake.post("/api/tickets", ticket(), key("k-2"));
        var other = intake.post("/api/tickets", with(Map.of("subject", "Other")), key("k-2"));

        assertThat(other.status()).isEqualTo(422);
        assertThat(other.body().get("type").stringValue())
                .isEqualTo("urn:guichet:problem:idempotency-key-reused");
        assertThat(log.appended()).hasSize(1);
    }

    @Test
    void requestsWithoutAKeyAreDifferentContacts() {
        var one = intake.post("/api/tickets", ticket());
        var two = intake.post("/api/tickets", ticket());

        assertThat(one.body().get("id")).isNotEqualTo(two.body().get("id"));
    }

    @Test
    void isNotTakenWhileTheLogIsAwayAndTheSameKeyIsSafeToTryAgain() {
        log.goAway();
        var refused = intake.post("/api/tickets", ticket(), key("k-3"));
        log.reset();
        var taken = intake.post("/api/tickets", ticket(), key("k-3"));

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.headers().getFirst("Retry-After")).isEqualTo("5");
        assertThat(refused.body().get("type").stringValue())
                .isEqualTo("urn:guichet:problem:not-taken");
        assertThat(taken.status()).isEqualTo(201);
        assertThat(log.appended()).hasSize(1);
    }

    @Test
    void aRepeatOfWhatIsStillOnItsWayToTheLogIsNotPutDownAgain() {
        log.confirmLater();
        var refused = intake.post("/api/tickets", ticket(), key("k-4"));
        var early = intake.post("/api/tickets", ticket(), key("k-4"));
        log.confirm();
        var taken = intake.post("/api/tickets", ticket(), key("k-4"));

        assertThat(refused.status()).isEqualTo(503);
        assertThat(early.status()).isEqualTo(503);
        assertThat(taken.status()).isEqualTo(201);
        assertThat(log.appended()).hasSize(1);
    }

    @Test
    void withoutAKeyAsWellWhatIsSentAgainAsItWasToldIsOneContact() {
        log.confirmLater();
        var refused = intake.post("/api/tickets", ticket());
        log.confirm();
        var taken = intake.post("/api/tickets", ticket());
        var another = intake.post("/api/tickets", ticket());

        assertThat(refused.status()).isEqualTo(503);
        assertThat(taken.status()).isEqualTo(201);
        assertThat(another.status()).isEqualTo(201);
        assertThat(log.appended())
                .extracting(it -> ((TicketCreated) it.event()).getContactId())
                .containsExactly(
                        taken.body().get("id").stringValue(),
                        another.body().get("id").stringValue());
    }

    @Test
    void countsWhatBecameOfRequests() {
        double before = accepted();

        intake.post("/api/tickets", ticket());

        assertThat(accepted()).isEqualTo(before + 1);
    }

    private double accepted() {
        return meters.counter(
                        "guichet.intake.contacts",
                        "channel",
                        "WEB",
                        "language",
                        "en",
                        "outcome",
                        "accepted")
                .count();
    }

    private static Map<String, Object> ticket() {
        return with(Map.of());
    }

    private static Map<String, Object> with(Map<String, Object> more) {
        Map<String, Object> ticket = new HashMap<>();
        ticket.put("name", "Ana");
        ticket.put("email", "Ana@Example.com");
        ticket.put("impact", "HIGH");
        ticket.put("description", "The editor does not load.\nEvery time.");
        ticket.put("language", "en");
        ticket.putAll(more);
        return ticket;
    }
}
