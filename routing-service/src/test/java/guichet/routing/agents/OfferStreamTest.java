package guichet.routing.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import guichet.chassis.door.EventWindow;
import guichet.chassis.door.InMemoryEventLog;
import guichet.chassis.door.SettableClock;
import guichet.chassis.door.Tokens;
import guichet.events.OfferOutcome;
import guichet.events.Presence;
import guichet.events.PresenceSet;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.UUID;

@OverHttp
class OfferStreamTest {

    private final String ana = "ana-" + UUID.randomUUID();
    private final String token = Tokens.of(ana, "agent");

    @Autowired Browser browser;
    @Autowired SettableClock clock;
    @Autowired InMemoryEventLog log;
    @Autowired Desk desk;

    @BeforeEach
    void fresh() {
        log.reset();
        clock.set("2020-01-06T10:00:00Z");
    }

    @Test
    void itBeginsWithTheOffersThatAreOpenAndGoesOn() {
        desk.tell(Desk.offer(ana, "c-1/1"));
        long open = desk.tell(Desk.offer(ana, "c-2/1"));
        desk.tell(Desk.closed(ana, "c-1/1", OfferOutcome.EXPIRED));

        try (EventWindow window = browser.open(token)) {
            long next = desk.tell(Desk.closed(ana, "c-2/1", OfferOutcome.TAKEN));

            assertThat(ids(window, 2)).containsExactly(open, next);
            assertThat(window.events())
                    .extracting(EventWindow.Event::name)
                    .containsExactly("OfferMade", "OfferClosed");
        }
    }

    @Test
    void anEventIsItsRecordAsJson() {
        desk.tell(Desk.offer(ana, "c-2/1"));

        try (EventWindow window = browser.open(token)) {
            ids(window, 1);
            JsonNode offer = Browser.JSON.readTree(window.events().getFirst().data());

            assertThat(offer.get("offerId").stringValue()).isEqualTo("c-2/1");
            assertThat(offer.get("channel").stringValue()).isEqualTo("CHAT");
            assertThat(offer.get("due").isNull()).isTrue();
            assertThat(offer.get("expiresAt").stringValue()).isEqualTo("2020-01-06T10:00:20Z");
            assertThat(offer.get("reasons").get(1).stringValue()).isEqualTo("least loaded of 3");
        }
    }

    @Test
    void whoComesBackMissesNothingAndGetsNothingTwice() {
        long seen = desk.tell(Desk.offer(ana, "c-1/1"));
        long missed = desk.tell(Desk.closed(ana, "c-1/1", OfferOutcome.EXPIRED));

        try (EventWindow window = browser.open(token, seen)) {
            long next = desk.tell(Desk.offer(ana, "c-2/1"));

            assertThat(ids(window, 2)).containsExactly(missed, next);
        }
    }

    @Test
    void whoIsCutOffBeforeTheFirstEventMissesNothing() {
        desk.tell(Desk.offer("rui", "c-0/1"));
        String place;
        try (EventWindow window = browser.open(token)) {
            await().until(() -> !window.lastEventId().isEmpty());
            place = window.lastEventId();
            assertThat(window.events()).isEmpty();
        }
        long missed = desk.tell(new PresenceSet(ana, Desk.NOW, Presence.OFFLINE, "nothing heard"));

        try (EventWindow window = browser.open(token, place)) {
            assertThat(ids(window, 1)).containsExactly(missed);
        }
    }

    /** Or a quiet window would be told in the end that it was away for too long. */
    @Test
    void whoComesBackGoesOnFromNowThoughOnlyOthersHadNews() {
        long seen = desk.tell(Desk.offer(ana, "c-1/1"));
        long others = desk.tell(Desk.offer("rui", "c-2/1"));

        try (EventWindow window = browser.open(token, seen)) {
            await().until(() -> window.lastEventId().equals(Long.toString(others)));

            assertThat(window.events()).isEmpty();
        }
    }

    @Test
    void twoWindowsOfAnAgentSeeTheSameAndAnotherAgentNothingOfIt() {
        try (EventWindow first = browser.open(token);
                EventWindow second = browser.open(token);
                EventWindow other = browser.open(Tokens.of("rui", "agent"))) {
            long told = desk.tell(Desk.offer(ana, "c-1/1"));
            long ofRui = desk.tell(Desk.offer("rui", "c-2/1"));

            assertThat(ids(first, 1)).containsExactly(told);
            assertThat(ids(second, 1)).containsExactly(told);
            assertThat(ids(other, 1)).containsExactly(ofRui);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "-1", "999999999"})
    void anIdThatNoEventHadIsRefused(String id) {
        try (EventWindow window = browser.open(token, id)) {
            assertThat(window.response().statusCode()).isEqualTo(400);
            assertThat(window.response().headers().firstValue("Content-Type"))
                    .hasValue("application/problem+json");
        }
    }

    @Test
    void whoWasAwayForTooLongIsToldToBeginAnew() {
        long seen = desk.tell(Desk.offer(ana, "c-1/1"));
        desk.tell(Desk.closed(ana, "c-1/1", OfferOutcome.EXPIRED));
        desk.forget();
        desk.tell(Desk.offer(ana, "c-2/1"));

        try (EventWindow window = browser.open(token, seen)) {
            assertThat(window.response().statusCode()).isEqualTo(410);
        }
    }

    private static List<Long> ids(EventWindow window, int count) {
        await().until(() -> window.events().size() >= count);
        return window.events().stream().map(event -> Long.valueOf(event.id())).toList();
    }
}
