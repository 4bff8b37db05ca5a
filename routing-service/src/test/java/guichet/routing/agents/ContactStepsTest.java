package guichet.routing.agents;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.chassis.door.InMemoryEventLog;
import guichet.chassis.door.SettableClock;
import guichet.chassis.door.Tokens;
import guichet.events.CallAnswered;
import guichet.events.CallEnded;
import guichet.events.Channel;
import guichet.events.ChatAnswered;
import guichet.events.ChatEnded;
import guichet.events.ContactLeft;
import guichet.events.EndedBy;
import guichet.events.OfferOutcome;
import guichet.events.TicketAnswered;
import guichet.events.TicketSolved;
import guichet.schemas.Topic;
import guichet.schemas.Topics;

import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

import java.util.Optional;
import java.util.stream.Stream;

@OverHttp
class ContactStepsTest {

    private static final String ANA = Tokens.of("ana", "agent");

    @Autowired Browser browser;
    @Autowired InMemoryEventLog log;
    @Autowired SettableClock clock;
    @Autowired Desk desk;

    @BeforeEach
    void anaHasOneOfEach() {
        log.reset();
        clock.set("2020-01-06T10:00:00Z");
        desk.hold("t-1", Channel.WEB, "ana");
        desk.hold("c-1", Channel.CHAT, "ana");
        desk.hold("p-1", Channel.PHONE, "ana");
        desk.hold("c-2", Channel.CHAT, "rui");
        desk.hold("c-3", Channel.CHAT, null);
    }

    @Test
    void aDesktopThatHasForgottenIsToldWhatItsAgentHas() {
        var own =
                browser.send(
                        "GET",
                        "/api/agents/me/contacts",
                        Optional.of(Tokens.of("person-7", "agent")),
                        "");

        assertThat(own.body().get("contacts"))
                .singleElement()
                .satisfies(
                        contact -> {
                            assertThat(contact.get("contactId").stringValue()).isEqualTo("held-1");
                            assertThat(contact.get("channel").stringValue()).isEqualTo("CHAT");
                            assertThat(contact.get("answered").booleanValue()).isFalse();
                        });
        var nothing = browser.send("GET", "/api/agents/me/contacts", Optional.of(ANA), "");
        assertThat(nothing.status()).isEqualTo(200);
        assertThat(nothing.body().get("contacts")).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void aStepStandsOnTheTopicOfItsChannel(String step, Topic topic, SpecificRecord event) {
        var response = browser.post("/api/contacts/" + step, ANA);

        assertThat(response.status()).as(response.text()).isEqualTo(204);
        assertThat(log.appended())
                .containsExactly(new InMemoryEventLog.Appended(topic, event, Desk.NOW));
    }

    static Stream<Arguments> aStepStandsOnTheTopicOfItsChannel() {
        return Stream.of(
                Arguments.of(
                        "t-1/answered", Topics.TICKETS, new TicketAnswered("t-1", Desk.NOW, "ana")),
                Arguments.of(
                        "t-1/solved", Topics.TICKETS, new TicketSolved("t-1", Desk.NOW, "ana")),
                Arguments.of(
                        "c-1/answered", Topics.CHATS, new ChatAnswered("c-1", Desk.NOW, "ana")),
                Arguments.of(
                        "c-1/ended", Topics.CHATS, new ChatEnded("c-1", Desk.NOW, EndedBy.AGENT)),
                Arguments.of(
                        "p-1/answered", Topics.CALLBACKS, new CallAnswered("p-1", Desk.NOW, "ana")),
                Arguments.of(
                        "p-1/ended",
                        Topics.CALLBACKS,
                        new CallEnded("p-1", Desk.NOW, EndedBy.AGENT)));
    }

    @ParameterizedTest
    @CsvSource({"t-1/ended, WEB", "c-1/solved, CHAT", "p-1/solved, PHONE"})
    void aStepThatTheChannelDoesNotHaveIsRefused(String step, String channel) {
        var response = browser.post("/api/contacts/" + step, ANA);

        assertThat(response.status()).isEqualTo(409);
        assertThat(response.type()).isEqualTo("application/problem+json");
        assertThat(response.body().get("channel").stringValue()).isEqualTo(channel);
        assertThat(log.appended()).isEmpty();
    }

    @Test
    void anAgentLearnsNothingOfContactsThatAreNotTheirs() {
        var unknown = browser.post("/api/contacts/c-9/ended", ANA);
        var ofAnother = browser.post("/api/contacts/c-2/solved", ANA);
        var waiting = browser.post("/api/contacts/c-3/answered", ANA);

        assertThat(unknown.status()).isEqualTo(404);
        assertThat(ofAnother.body().get("detail")).isEqualTo(unknown.body().get("detail"));
        assertThat(waiting.body().get("detail")).isEqualTo(unknown.body().get("detail"));
        assertThat(log.appended()).isEmpty();
    }

    @Test
    void anAnswerNeedsNoEngineWhereTheDeskHasToldWhoTookTheContact() {
        desk.tell(Desk.offer("ana", "c-7/1"));
        assertThat(browser.post("/api/contacts/c-7/answered", ANA).status()).isEqualTo(404);

        desk.tell(Desk.closed("ana", "c-7/1", OfferOutcome.TAKEN));
        assertThat(browser.post("/api/contacts/c-7/answered", Tokens.of("rui", "agent")).status())
                .isEqualTo(404);
        assertThat(browser.post("/api/contacts/c-7/answered", ANA).status()).isEqualTo(204);

        desk.tell(new ContactLeft("ana", "c-7", Desk.NOW, "ended"));
        assertThat(browser.post("/api/contacts/c-7/answered", ANA).status()).isEqualTo(404);
    }

    @Test
    void whatTheLogDoesNotConfirmIsAnsweredWith503() {
        log.goAway();

        assertThat(browser.post("/api/contacts/c-1/ended", ANA).status()).isEqualTo(503);
    }
}
