package guichet.routing.matching;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.chassis.DeskDriver;
import guichet.chassis.DeskTopology;
import guichet.events.AgentSeen;
import guichet.events.AgentStatusChanged;
import guichet.events.Capacity;
import guichet.events.Channel;
import guichet.events.ChatAnswered;
import guichet.events.ChatEnded;
import guichet.events.ContactAssigned;
import guichet.events.ContactLeft;
import guichet.events.ContactOffered;
import guichet.events.ContactQueued;
import guichet.events.ContactReleased;
import guichet.events.EndedBy;
import guichet.events.OfferAccepted;
import guichet.events.OfferClosed;
import guichet.events.OfferDeclined;
import guichet.events.OfferExpired;
import guichet.events.OfferMade;
import guichet.events.OfferOutcome;
import guichet.events.OfferRefused;
import guichet.events.Presence;
import guichet.events.PresenceSet;
import guichet.events.Priority;
import guichet.policy.Language;
import guichet.policy.SupportPolicy;
import guichet.schemas.Topics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

class MatchingTaskTest {

    private static final Instant MORNING = Instant.parse("2026-01-07T14:00:00Z");
    private static final Duration TICK = Duration.ofMillis(100);

    private final SupportPolicy policy = SupportPolicy.load("support-page");
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final Questions questions = new Questions();
    private final MatchingMetrics metrics = new MatchingMetrics(meters);
    private DeskDriver desk = driver(policy);

    private DeskDriver driver(SupportPolicy rules) {
        return new DeskDriver(
                MatchingTask.topology("routing-service", rules, questions, metrics), MORNING);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void offersAWaitingContactToAnAgentWhoComesAndTellsHisDesktopWhy() {
        queue("c-1");
        comes("ana");

        OfferMade made = (OfferMade) told().getFirst();
        assertThat(made.getAgentId()).isEqualTo("ana");
        assertThat(made.getContactId()).isEqualTo("c-1");
        assertThat(made.getExpiresAt()).isEqualTo(desk.now().plusSeconds(20));
        assertThat(made.getReasons()).isNotEmpty();
        ContactOffered offered = (ContactOffered) said().getFirst();
        assertThat(offered.getOfferId()).isEqualTo(made.getOfferId());
        assertThat(offered.getPolicyVersion()).isEqualTo(policy.version());
        assertThat(offered.getReasons()).isEqualTo(made.getReasons());
    }

    @Test
    void assignsTheContactToTheAgentWhoTakesTheOffer() {
        OfferMade offer = offered("c-1", "ana");

        accepts(offer);

        assertThat(said()).hasExactlyElementsOfTypes(ContactAssigned.class);
        assertThat(outcome()).isEqualTo(OfferOutcome.TAKEN);
    }

    @Test
    void answersASecondAcceptAndALateOneAndOneOfAnOfferTakenBack() {
        OfferMade taken = offered("taken", "ana");
        accepts(taken);
        told();
        accepts(taken);
        assertThat(refusal()).isEqualTo("already yours");

        OfferMade late = offered("late", "ben");
        desk.advance(Duration.ofSeconds(20).plus(TICK));
        told();
        accepts(late);
        assertThat(refusal()).isEqualTo("expired");

        OfferMade rescinded = offered("left", "eva");
        desk.read(Topics.MATCHING, new ChatEnded("left", desk.now(), EndedBy.CUSTOMER));
        told();
        accepts(rescinded);
        assertThat(refusal()).isEqualTo("rescinded");
    }

    @Test
    void letsAnOfferPassAtItsTimeAndGoesOnToAnotherAgent() {
        offered("c-1", "ana");
        comes("ben");
        told();

        desk.advance(Duration.ofSeconds(20).plus(TICK));

        assertThat(said()).hasExactlyElementsOfTypes(OfferExpired.class, ContactOffered.class);
        List<SpecificRecord> told = told();
        assertThat(told).hasExactlyElementsOfTypes(OfferClosed.class, OfferMade.class);
        assertThat(((OfferMade) told.getLast()).getAgentId()).isEqualTo("ben");
    }

    @Test
    void setsAnAgentAwayWhoLetsOffersPassAndTellsHim() {
        offered("c-1", "ana");

        desk.advance(Duration.ofSeconds(15));
        desk.read(Topics.AGENTS, new AgentSeen("ana", desk.now()));
        desk.advance(Duration.ofSeconds(6));
        desk.advance(Duration.ofSeconds(21));

        PresenceSet set = (PresenceSet) told().getLast();
        assertThat(set.getAgentId()).isEqualTo("ana");
        assertThat(set.getPresence()).isEqualTo(Presence.AWAY);
    }

    @Test
    void goesOnToAnotherAgentWhenOneDeclines() {
        OfferMade offer = offered("c-1", "ana");
        comes("ben");
        told();

        desk.read(
                Topics.AGENTS,
                new OfferDeclined(
                        "ana", offer.getOfferId(), offer.getContactId(), desk.now(), "lunch"));

        assertThat(said()).hasExactlyElementsOfTypes(ContactReleased.class, ContactOffered.class);
        assertThat(told()).hasExactlyElementsOfTypes(OfferClosed.class, OfferMade.class);
    }

    @Test
    void takesAnAgentOfWhomNothingIsHeardToBeOfflineAndReturnsWhatHeHasNotAnswered() {
        OfferMade unanswered = offered("unanswered", "ana");
        accepts(unanswered);
        OfferMade answered = made("answered");
        accepts(answered);
        desk.read(Topics.MATCHING, new ChatAnswered("answered", desk.now(), "ana"));
        desk.advance(Duration.ofSeconds(40));
        desk.read(Topics.AGENTS, new AgentSeen("ana", desk.now()));
        desk.advance(Duration.ofSeconds(40));
        told();
        said();

        desk.advance(Duration.ofSeconds(5).plus(TICK));

        assertThat(told()).hasExactlyElementsOfTypes(PresenceSet.class, ContactLeft.class);
        assertThat(said())
                .singleElement()
                .isInstanceOfSatisfying(
                        ContactReleased.class,
                        released -> assertThat(released.getContactId()).isEqualTo("unanswered"));
    }

    @Test
    void tellsAnAgentThatAContactIsHisNoLongerAsAnotherAnsweredItOrItEnded() {
        accepts(offered("answered", "ana"));
        accepts(made("ended"));
        OfferMade open = made("open");
        told();

        desk.read(Topics.MATCHING, new ChatAnswered("answered", desk.now(), "ben"));
        assertThat(told())
                .singleElement()
                .satisfies(told -> assertLeft(told, "answered elsewhere"));
        desk.read(Topics.MATCHING, new ChatEnded("ended", desk.now(), EndedBy.CUSTOMER));
        assertThat(told()).singleElement().satisfies(told -> assertLeft(told, "ended"));
        desk.read(Topics.MATCHING, new ChatAnswered(open.getContactId(), desk.now(), "ben"));
        assertThat(told())
                .singleElement()
                .isInstanceOfSatisfying(
                        OfferClosed.class,
                        closed -> {
                            assertThat(closed.getOutcome()).isEqualTo(OfferOutcome.RESCINDED);
                            assertThat(closed.getReason()).isEqualTo("answered elsewhere");
                        });
    }

    private static void assertLeft(SpecificRecord told, String reason) {
        assertThat(told)
                .isInstanceOfSatisfying(
                        ContactLeft.class,
                        left -> {
                            assertThat(left.getAgentId()).isEqualTo("ana");
                            assertThat(left.getReason()).isEqualTo(reason);
                        });
    }

    @Test
    void anAgentWhoCouldNotBeHeardIsNotTakenToBeOffline() {
        comes("ana");
        comes("ben");
        desk.knowOnlyUntil(desk.now());
        desk.advance(Duration.ofMinutes(2));
        desk.knowOnlyUntil(Instant.MAX);

        desk.advance(Duration.ofSeconds(5));
        desk.advance(Duration.ofSeconds(5));
        desk.read(Topics.AGENTS, new AgentSeen("ana", desk.now()));
        desk.advance(Duration.ofSeconds(39));
        assertThat(agents("offline")).as("the log was away, and not they").isZero();

        desk.advance(Duration.ofSeconds(2));
        assertThat(agents("offline")).as("ben, who has had as long as ever").isOne();
    }

    @Test
    void forgetsAnAgentWhoHasBeenOfflineForAQuarter() {
        comes("ana");
        fallsSilent();
        assertThat(agents("offline")).isOne();

        desk.advance(Duration.ofDays(89));
        assertThat(agents("offline")).isOne();
        desk.advance(Duration.ofDays(1));
        desk.advance(Duration.ofSeconds(1));

        assertThat(agents("offline")).isZero();
    }

    @Test
    void countsTheTimeOfflineAnewForAnAgentWhoCameBack() {
        comes("ana");
        fallsSilent();
        desk.advance(Duration.ofDays(89));
        comes("ana");
        fallsSilent();

        desk.advance(Duration.ofDays(89));

        assertThat(agents("offline")).isOne();
    }

    @Test
    void forgetsAnAgentWhomAnOlderReleaseLeftOfflineInAQuarter() {
        desk.close();
        desk = driverOverStoresWith(AgentState.unknown("ana", MORNING));
        desk.advance(Duration.ofSeconds(1));
        assertThat(agents("offline")).isOne();

        desk.advance(Duration.ofDays(89));
        assertThat(agents("offline")).isOne();
        desk.advance(Duration.ofDays(1));
        desk.advance(Duration.ofSeconds(1));

        assertThat(agents("offline")).isZero();
    }

    /** As a release that scheduled nothing for such an agent left them. */
    private DeskDriver driverOverStoresWith(AgentState agent) {
        DeskTopology topology =
                MatchingTask.topology("routing-service", policy, questions, metrics);
        return new DeskDriver(
                new DeskTopology(
                        topology.service(),
                        topology.inputs(),
                        topology.outputs(),
                        topology.stores(),
                        context -> {
                            KeyValueStore<String, KeptAgent> agents =
                                    context.store(MatchingTask.AGENTS);
                            agents.put(agent.agentId(), Kept.of(agent));
                            KeyValueStore<String, KeptQueue> queues =
                                    context.store(MatchingTask.QUEUES);
                            QueueState queue =
                                    QueueState.initial(
                                            Language.ES, guichet.policy.Channel.CHAT, MORNING);
                            queues.put(Kept.key(queue), Kept.of(queue));
                            return topology.tasks().open(context);
                        }),
                MORNING);
    }

    @Test
    void makesOffersByTheRulesOfTheirTime(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("policy.yaml");
        Files.writeString(
                file,
                """
                based-on: support-page
                ---
                from: 2026-01-07T14:01 Etc/UTC
                offers:
                  lasts: 40 seconds
                  missed-until-away: 2
                  preferred-agent-first: 1 minute
                  again-after-decline: 30 seconds
                  second-language-after: always
                  offline-after: 10 minutes
                """);
        desk.close();
        desk = driver(SupportPolicy.load(file.toUri().toString()));

        assertThat(offered("before", "ana").getExpiresAt()).isEqualTo(desk.now().plusSeconds(20));
        comes("ben", "en", "es");
        pass(Duration.ofSeconds(30));
        desk.read(Topics.AGENTS, new AgentSeen("ben", desk.now()));
        pass(Duration.ofSeconds(20));
        told();

        desk.advance(Duration.ofSeconds(10).plus(TICK));

        OfferMade second = (OfferMade) told().getLast();
        assertThat(second.getAgentId()).as("as a further language").isEqualTo("ben");
        assertThat(second.getExpiresAt()).isEqualTo(desk.now().plusSeconds(40));
        desk.read(Topics.AGENTS, new AgentSeen("ben", desk.now()));
        accepts(second);
        pass(Duration.ofMinutes(10).minusSeconds(1));
        assertThat(told()).doesNotHaveAnyElementsOfTypes(PresenceSet.class);
        desk.advance(Duration.ofSeconds(2));
        assertThat(told()).hasAtLeastOneElementOfType(PresenceSet.class);
    }

    @Test
    void aContactThatIsOfferedKeepsItsPlaceInLine() throws Exception {
        offered("c-1", "ana");
        queue("c-2");

        CompletableFuture<Integer> position =
                questions.ask(engine -> engine.position("c-1").orElseThrow());
        desk.advance(TICK);

        assertThat(position.get()).isEqualTo(1);
    }

    @Test
    void answersQuestionsAboutTheQueueFromOtherThreads() throws Exception {
        queue("c-1");
        queue("c-2");

        CompletableFuture<Integer> position =
                questions.ask(engine -> engine.position("c-2").orElseThrow());
        desk.advance(TICK);

        assertThat(position.get()).isEqualTo(2);
    }

    @Test
    void countsForDashboardsWhatWaitsAndWhatBecomesOfOffers() {
        queue("c-1");
        accepts(offered("c-2", "ana"));
        desk.advance(Duration.ofSeconds(1));

        assertThat(
                        meters.get(MatchingMetrics.WAITING)
                                .tags("language", "es", "channel", "CHAT", "priority", "normal")
                                .gauge()
                                .value())
                .isZero();
        assertThat(
                        meters.get(MatchingMetrics.OFFERS)
                                .tags("language", "es", "channel", "CHAT", "outcome", "taken")
                                .counter()
                                .count())
                .isOne();
        assertThat(meters.get(MatchingMetrics.AGENTS).tags("presence", "available").gauge().value())
                .isOne();
    }

    private double agents(String presence) {
        return meters.get(MatchingMetrics.AGENTS).tags("presence", presence).gauge().value();
    }

    private OfferMade offered(String contactId, String agentId) {
        comes(agentId);
        told();
        said();
        return made(contactId);
    }

    private OfferMade made(String contactId) {
        queue(contactId);
        said();
        return (OfferMade) told().getLast();
    }

    private void accepts(OfferMade offer) {
        desk.read(
                Topics.AGENTS,
                new OfferAccepted(
                        offer.getAgentId(), offer.getOfferId(), offer.getContactId(), desk.now()));
    }

    private OfferOutcome outcome() {
        return ((OfferClosed) told().getLast()).getOutcome();
    }

    private String refusal() {
        return ((OfferRefused) told().getLast()).getReason();
    }

    private void queue(String id) {
        desk.read(
                Topics.MATCHING,
                ContactQueued.newBuilder()
                        .setContactId(id)
                        .setQueuedAt(desk.now())
                        .setChannel(Channel.CHAT)
                        .setLanguage("es")
                        .setPriority(Priority.NORMAL)
                        .setDue(desk.now().plusSeconds(900))
                        .setPolicyVersion("any")
                        .build());
    }

    /** Second by second, as it does: who looks late has not listened meanwhile. */
    private void pass(Duration time) {
        for (long second = 0; second < time.toSeconds(); second++) {
            desk.advance(Duration.ofSeconds(1));
        }
    }

    /** Whoever is there is heard of no more, and found to be offline. */
    private void fallsSilent() {
        desk.advance(policy.offerRules(MORNING).offlineAfter().plus(TICK));
    }

    private void comes(String agentId) {
        comes(agentId, "es");
    }

    private void comes(String agentId, String... languages) {
        desk.read(
                Topics.AGENTS,
                AgentStatusChanged.newBuilder()
                        .setAgentId(agentId)
                        .setChangedAt(desk.now())
                        .setPresence(Presence.AVAILABLE)
                        .setLanguages(List.of(languages))
                        .setCapacity(List.of(new Capacity(Channel.CHAT, 3)))
                        .build());
    }

    private List<SpecificRecord> told() {
        return desk.written(Topics.DESKTOPS);
    }

    private List<SpecificRecord> said() {
        return desk.written(Topics.assignments("es"));
    }
}
