package guichet.localstack.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.events.AgentSeen;
import guichet.events.AgentStatusChanged;
import guichet.events.CallAnswered;
import guichet.events.CallEnded;
import guichet.events.Capacity;
import guichet.events.Channel;
import guichet.events.ChatAnswered;
import guichet.events.ChatEnded;
import guichet.events.ContactLeft;
import guichet.events.EndedBy;
import guichet.events.OfferAccepted;
import guichet.events.OfferClosed;
import guichet.events.OfferDeclined;
import guichet.events.OfferMade;
import guichet.events.OfferOutcome;
import guichet.events.OfferRefused;
import guichet.events.Presence;
import guichet.events.PresenceSet;
import guichet.events.Priority;
import guichet.events.TicketAnswered;
import guichet.events.TicketSolved;
import guichet.localstack.traffic.Agents.Saying;
import guichet.policy.OfferRules;
import guichet.schemas.Contract;
import guichet.schemas.Topic;
import guichet.schemas.Topics;

import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class AgentsTest {

    private static final long SEED = 7;
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String ANA = "agent-es-1";

    private static final String TAKEN = offerMetWith(Reaction.Kind.TAKE);
    private static final String DECLINED = offerMetWith(Reaction.Kind.DECLINE);
    private static final String OVERLOOKED = offerMetWith(Reaction.Kind.OVERLOOK);

    private static final OfferRules RULES =
            new OfferRules(
                    Duration.ofSeconds(3),
                    2,
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Optional.of(Duration.ofSeconds(5)),
                    Duration.ofSeconds(10));

    private final Agents agents = agents();

    @Test
    void sayThatTheyAreThereWhatTheySpeakAndHowMuchTheyTake() {
        List<Saying> said = agents.begin(NOON);

        assertThat(said)
                .extracting(saying -> Contract.keyOf(saying.event()))
                .containsExactly(
                        "agent-en-1",
                        "agent-en-2",
                        "agent-pt-1",
                        "agent-pt-2",
                        "agent-es-1",
                        "agent-es-2");
        assertThat(said)
                .contains(
                        on(
                                Topics.AGENTS,
                                new AgentStatusChanged(
                                        ANA,
                                        NOON,
                                        Presence.AVAILABLE,
                                        List.of("es", "en"),
                                        List.of(
                                                new Capacity(Channel.WEB, 5),
                                                new Capacity(Channel.CHAT, 3),
                                                new Capacity(Channel.PHONE, 1)))));
    }

    @Test
    void areSeenOftenEnoughNotToBeTakenForOffline() {
        agents.begin(NOON);

        List<Instant> seen =
                IntStream.rangeClosed(1, 600)
                        .mapToObj(tick -> agents.act(NOON.plusMillis(tick * 50L)))
                        .flatMap(List::stream)
                        .map(Saying::event)
                        .filter(AgentSeen.class::isInstance)
                        .map(AgentSeen.class::cast)
                        .filter(event -> event.getAgentId().equals(ANA))
                        .map(AgentSeen::getSeenAt)
                        .toList();

        assertThat(seen).hasSize(8);
        assertThat(seen.getFirst()).isEqualTo(NOON.plusMillis(3_350));
    }

    @Test
    void takeAnOfferAfterAMoment() {
        agents.hear(offer(TAKEN, "chat", Channel.CHAT, NOON));

        assertThat(agents.act(NOON.plusMillis(290))).isEmpty();
        assertThat(agents.act(NOON.plusMillis(800)))
                .containsExactly(
                        on(
                                Topics.AGENTS,
                                new OfferAccepted(ANA, TAKEN, "chat", NOON.plusMillis(800))));
    }

    @Test
    void declineOneNowAndThen() {
        agents.hear(offer(DECLINED, "chat", Channel.CHAT, NOON));

        assertThat(agents.act(NOON.plusMillis(800)))
                .singleElement()
                .extracting(Saying::event)
                .isInstanceOf(OfferDeclined.class);
    }

    @Test
    void letPassAllOffersWhileAtCoffee() {
        agents.hear(offer(OVERLOOKED, "a", Channel.CHAT, NOON));
        agents.hear(closed(OVERLOOKED, "a", OfferOutcome.EXPIRED));
        agents.hear(offer(TAKEN, "b", Channel.CHAT, NOON.plusSeconds(3)));

        assertThat(agents.act(NOON.plusSeconds(60))).isEmpty();
    }

    @Test
    void comeBackSomeTimeAfterTheyWereSetAway() {
        agents.hear(new PresenceSet(ANA, NOON, Presence.AWAY, "2 offers running let pass"));

        assertThat(agents.act(NOON.plusSeconds(5))).isEmpty();
        assertThat(agents.act(NOON.plusSeconds(6)))
                .singleElement()
                .extracting(Saying::event)
                .isInstanceOfSatisfying(
                        AgentStatusChanged.class,
                        back -> {
                            assertThat(back.getAgentId()).isEqualTo(ANA);
                            assertThat(back.getPresence()).isEqualTo(Presence.AVAILABLE);
                        });
    }

    @Test
    void doNotTakeAnOfferThatIsOver() {
        agents.hear(offer(TAKEN, "chat", Channel.CHAT, NOON));
        agents.hear(closed(TAKEN, "chat", OfferOutcome.RESCINDED));

        assertThat(agents.act(NOON.plusSeconds(60))).isEmpty();
    }

    @Test
    void answerWhatTheyHaveAndLaterEndItAsItsHandlingSays() {
        agents.hear(offer(TAKEN, "call", Channel.PHONE, NOON));
        agents.act(NOON.plusSeconds(1));
        agents.hear(closed(TAKEN, "call", OfferOutcome.TAKEN));

        assertThat(agents.act(NOON.plusMillis(1_999))).isEmpty();
        assertThat(agents.act(NOON.plusSeconds(2)))
                .containsExactly(
                        on(Topics.CALLBACKS, new CallAnswered("call", NOON.plusSeconds(2), ANA)));
        assertThat(agents.act(NOON.plusMillis(11_999))).isEmpty();
        assertThat(agents.act(NOON.plusSeconds(12)))
                .containsExactly(
                        on(
                                Topics.CALLBACKS,
                                new CallEnded("call", NOON.plusSeconds(12), EndedBy.AGENT)));
    }

    @Test
    void saySoOnTheTopicOfTheChannel() {
        agents.hear(offer("1", "ticket", Channel.WEB, NOON));
        agents.hear(closed("1", "ticket", OfferOutcome.TAKEN));
        agents.hear(offer("2", "chat", Channel.CHAT, NOON));
        agents.hear(closed("2", "chat", OfferOutcome.TAKEN));

        Instant answered = NOON.plusSeconds(5);
        assertThat(agents.act(answered))
                .containsExactlyInAnyOrder(
                        on(Topics.TICKETS, new TicketAnswered("ticket", answered, ANA)),
                        on(Topics.CHATS, new ChatAnswered("chat", answered, ANA)));
        Instant ended = answered.plusSeconds(10);
        assertThat(agents.act(ended))
                .containsExactlyInAnyOrder(
                        on(Topics.TICKETS, new TicketSolved("ticket", ended, ANA)),
                        on(Topics.CHATS, new ChatEnded("chat", ended, EndedBy.AGENT)));
    }

    @Test
    void answerWithoutATargetInTheirOwnTime() {
        agents.hear(offer("1", "ticket", Channel.WEB, NOON, null));
        agents.hear(closed("1", "ticket", OfferOutcome.TAKEN));

        assertThat(agents.act(NOON.plusSeconds(3))).isEmpty();
        assertThat(agents.act(NOON.plusSeconds(4))).hasSize(1);
    }

    @Test
    void leaveAloneWhatIsTheirsNoLonger() {
        agents.hear(offer(TAKEN, "chat", Channel.CHAT, NOON));
        agents.hear(closed(TAKEN, "chat", OfferOutcome.TAKEN));
        agents.hear(new ContactLeft(ANA, "chat", NOON, "agent offline"));

        assertThat(agents.act(NOON.plusSeconds(60))).isEmpty();
    }

    @Test
    void endAConversationEvenIfTheDeskGaveItAwayBeforeItHeardTheAnswer() {
        agents.hear(offer(TAKEN, "chat", Channel.CHAT, NOON));
        agents.hear(closed(TAKEN, "chat", OfferOutcome.TAKEN));
        agents.act(NOON.plusSeconds(2));
        agents.hear(new ContactLeft(ANA, "chat", NOON, "agent offline"));
        agents.hear(offerTo("agent-es-2", "next", "chat", Channel.CHAT, NOON, null));
        agents.hear(
                new OfferClosed(
                        "agent-es-2",
                        "next",
                        "chat",
                        NOON,
                        OfferOutcome.RESCINDED,
                        "answered elsewhere"));

        assertThat(agents.act(NOON.plusSeconds(12)))
                .containsExactly(
                        on(
                                Topics.CHATS,
                                new ChatEnded("chat", NOON.plusSeconds(12), EndedBy.AGENT)));
    }

    @Test
    void keepWhatTheyHaveWhenTheyAcceptASecondTime() {
        agents.hear(offer(TAKEN, "chat", Channel.CHAT, NOON));
        agents.hear(closed(TAKEN, "chat", OfferOutcome.TAKEN));
        agents.hear(new OfferRefused(ANA, TAKEN, "chat", NOON, "already yours"));

        assertThat(agents.act(NOON.plusSeconds(2)))
                .singleElement()
                .extracting(Saying::event)
                .isInstanceOf(ChatAnswered.class);
    }

    @Test
    void takeUpAfterARestartOnlyWhatIsStillTheirs() {
        Stream.of(
                        offer("1", "over", Channel.CHAT, NOON),
                        closed("1", "over", OfferOutcome.TAKEN),
                        offer("2", "held", Channel.CHAT, NOON),
                        closed("2", "held", OfferOutcome.TAKEN),
                        offer("3", "passed", Channel.CHAT, NOON),
                        closed("3", "passed", OfferOutcome.EXPIRED),
                        new ContactLeft(ANA, "over", NOON, "ended"))
                .forEach(agents::hear);
        Instant later = NOON.plus(Duration.ofHours(1));
        agents.begin(later);

        assertThat(agents.act(later))
                .containsExactly(on(Topics.CHATS, new ChatAnswered("held", later, ANA)));
        assertThat(agents.act(later.plusSeconds(10)))
                .contains(
                        on(
                                Topics.CHATS,
                                new ChatEnded("held", later.plusSeconds(10), EndedBy.AGENT)));
    }

    @Test
    void leaveTheOffersOfOthersAlone() {
        agents.hear(offerTo("somebody else", TAKEN, "chat", Channel.CHAT, NOON, null));

        assertThat(agents.act(NOON.plusSeconds(60))).isEmpty();
    }

    @Test
    void sayThatTheyGoHome() {
        assertThat(agents.goHome(NOON))
                .hasSize(6)
                .extracting(Saying::event)
                .allMatch(isPresence(Presence.OFFLINE));
    }

    private static Agents agents() {
        return new Agents(2, RULES, LIMIT, contact -> new Handling(0.25, 0.5), SEED);
    }

    private static Predicate<SpecificRecord> isPresence(Presence presence) {
        return event ->
                event instanceof AgentStatusChanged status && status.getPresence() == presence;
    }

    private static Saying on(Topic topic, SpecificRecord event) {
        return new Saying(topic, event);
    }

    private static String offerMetWith(Reaction.Kind kind) {
        return IntStream.iterate(0, number -> number + 1)
                .mapToObj(number -> "offer-" + number)
                .filter(offer -> Reaction.to(offer, SEED).kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    /** An offer to Ana; the response is due 8 seconds later. */
    private static OfferMade offer(String id, String contact, Channel channel, Instant at) {
        return offer(id, contact, channel, at, at.plusSeconds(8));
    }

    private static OfferMade offer(
            String id, String contact, Channel channel, Instant at, @Nullable Instant due) {
        return offerTo(ANA, id, contact, channel, at, due);
    }

    private static OfferMade offerTo(
            String agent,
            String id,
            String contact,
            Channel channel,
            Instant at,
            @Nullable Instant due) {
        return OfferMade.newBuilder()
                .setAgentId(agent)
                .setOfferId(id)
                .setContactId(contact)
                .setChannel(channel)
                .setLanguage("es")
                .setPriority(Priority.NORMAL)
                .setDue(due)
                .setOfferedAt(at)
                .setExpiresAt(at.plusSeconds(3))
                .build();
    }

    private static OfferClosed closed(String offer, String contact, OfferOutcome outcome) {
        return new OfferClosed(ANA, offer, contact, NOON, outcome, null);
    }
}
