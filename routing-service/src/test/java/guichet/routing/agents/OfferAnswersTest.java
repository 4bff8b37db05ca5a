package guichet.routing.agents;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.chassis.door.InMemoryEventLog;
import guichet.chassis.door.SettableClock;
import guichet.chassis.door.Tokens;
import guichet.events.OfferAccepted;
import guichet.events.OfferDeclined;
import guichet.events.OfferOutcome;
import guichet.schemas.Topics;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@OverHttp
class OfferAnswersTest {

    private static final String ANA = Tokens.of("ana", "agent");

    @Autowired Browser browser;
    @Autowired InMemoryEventLog log;
    @Autowired SettableClock clock;
    @Autowired Desk desk;

    @BeforeEach
    void fresh() {
        log.reset();
        clock.set("2020-01-06T10:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/offers/c-1/2/accept", "/api/offers/c-1%2F2/accept"})
    void anAcceptedOfferIsAnsweredWithItsContact(String path) {
        log.react(event -> desk.tell(Desk.closed("ana", "c-1/2", OfferOutcome.TAKEN)));

        var response = browser.post(path, ANA);

        assertThat(response.status()).as(response.text()).isEqualTo(200);
        assertThat(response.body().get("contactId").stringValue()).isEqualTo("c-1");
        assertThat(response.body().get("offerId").stringValue()).isEqualTo("c-1/2");
        assertThat(response.body().get("outcome").stringValue()).isEqualTo("TAKEN");
        var appended = log.appended().getFirst();
        assertThat(appended.topic()).isEqualTo(Topics.AGENTS);
        assertThat(appended.event()).isEqualTo(new OfferAccepted("ana", "c-1/2", "c-1", Desk.NOW));
    }

    @Test
    void aContactIdMayHaveSlashesOfItsOwn() {
        log.react(event -> desk.tell(Desk.closed("ana", "up/stream/7", OfferOutcome.TAKEN)));

        var response = browser.post("/api/offers/up%2Fstream%2F7/accept", ANA);

        assertThat(response.body().get("contactId").stringValue()).isEqualTo("up/stream");
    }

    @Test
    void aSecondWindowThatAcceptsIsToldThatTheContactIsThere() {
        log.react(event -> desk.tell(Desk.refused("ana", "c-1/2", "already yours")));

        assertThat(browser.post("/api/offers/c-1/2/accept", ANA).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "expired,   Its time has passed",
        "rescinded, The desk has taken it back",
        "declined,  You have declined it",
        "not yours, You have no such offer",
        "unknown,   You have no such offer"
    })
    void anAcceptThatCameToNothingSaysWhy(String reason, String words) {
        log.react(event -> desk.tell(Desk.refused("ana", "c-1/2", reason)));

        var response = browser.post("/api/offers/c-1/2/accept", ANA);

        assertThat(response.status()).isEqualTo(409);
        assertThat(response.type()).isEqualTo("application/problem+json");
        assertThat(response.body().get("type").stringValue())
                .isEqualTo("urn:guichet:problem:offer-refused");
        assertThat(response.body().get("reason").stringValue()).isEqualTo(reason);
        assertThat(response.body().get("detail").stringValue()).startsWith(words);
    }

    @Test
    void anOfferThatEndsWhileTheAnswerIsOnItsWaySaysWhy() {
        log.react(event -> desk.tell(Desk.closed("ana", "c-1/2", OfferOutcome.EXPIRED)));

        var response = browser.post("/api/offers/c-1/2/accept", ANA);

        assertThat(response.status()).isEqualTo(409);
        assertThat(response.body().get("reason").stringValue()).isEqualTo("expired");
    }

    @Test
    void anAnswerThatTheDeskHasNotReadYetIsSafeToRepeat() {
        log.react(
                event -> {
                    desk.tell(Desk.closed("ana", "c-1/1", OfferOutcome.TAKEN));
                    desk.tell(Desk.closed("rui", "c-1/2", OfferOutcome.TAKEN));
                    desk.tell(Desk.offer("ana", "c-1/2"));
                });

        var response = browser.post("/api/offers/c-1/2/accept", ANA);

        assertThat(response.status()).isEqualTo(202);
        assertThat(response.body().get("outcome").stringValue()).isEqualTo("PENDING");
        assertThat(response.body().get("message").stringValue()).contains("safe to repeat");
    }

    @Test
    void aDeclinedOfferCarriesItsReason() {
        log.react(event -> desk.tell(Desk.closed("ana", "c-1/2", OfferOutcome.DECLINED)));

        var response =
                browser.post("/api/offers/c-1/2/decline", ANA, "{\"reason\": \"about to leave\"}");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body().get("outcome").stringValue()).isEqualTo("DECLINED");
        assertThat(log.appended().getFirst().event())
                .isEqualTo(new OfferDeclined("ana", "c-1/2", "c-1", Desk.NOW, "about to leave"));
    }

    @Test
    void decliningNeedsNoReasonAndMayBeRepeated() {
        log.react(event -> desk.tell(Desk.refused("ana", "c-1/2", "declined")));

        assertThat(browser.post("/api/offers/c-1/2/decline", ANA).status()).isEqualTo(200);
    }

    @Test
    void whatIsTakenCannotBeDeclined() {
        log.react(event -> desk.tell(Desk.closed("ana", "c-1/2", OfferOutcome.TAKEN)));

        var response = browser.post("/api/offers/c-1/2/decline", ANA);

        assertThat(response.status()).isEqualTo(409);
        assertThat(response.body().get("reason").stringValue()).isEqualTo("already yours");
    }

    @Test
    void aFaultyReasonIsNamed() {
        var response = browser.post("/api/offers/c-1/2/decline", ANA, "{\"why\": 1}");

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.message("why")).contains("the fields are reason");
        assertThat(log.appended()).isEmpty();
    }

    @Test
    void whatTheLogDoesNotConfirmIsAnsweredWith503() {
        log.goAway();

        var response = browser.post("/api/offers/c-1/2/accept", ANA);

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
    }
}
