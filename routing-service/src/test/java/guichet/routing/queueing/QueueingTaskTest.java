package guichet.routing.queueing;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.chassis.Announcements.Board;
import guichet.chassis.Announcements.Notice;
import guichet.chassis.DeskDriver;
import guichet.chassis.DeskTopology;
import guichet.events.CallbackRequested;
import guichet.events.Channel;
import guichet.events.ChatAnswered;
import guichet.events.ChatEnded;
import guichet.events.ChatStarted;
import guichet.events.ContactQueued;
import guichet.events.ContactReleased;
import guichet.events.Customer;
import guichet.events.EndedBy;
import guichet.events.Impact;
import guichet.events.Origin;
import guichet.events.Plan;
import guichet.events.Priority;
import guichet.events.ResponseDueChanged;
import guichet.events.TicketCreated;
import guichet.events.TicketSolved;
import guichet.policy.AnnouncedClosure;
import guichet.policy.SupportPolicy;
import guichet.schemas.Contract;
import guichet.schemas.Topics;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

class QueueingTaskTest {

    /** A Wednesday, 11:00 in São Paulo, 06:00 in Los Angeles. */
    private static final Instant MORNING = Instant.parse("2026-01-07T14:00:00Z");

    /** 12:00 and 13:00 in São Paulo: the Spanish lines are closed in between (H2). */
    private static final Instant LUNCH = Instant.parse("2026-01-07T15:00:00Z");

    private static final Instant AFTERNOON = Instant.parse("2026-01-07T16:00:00Z");

    private final SupportPolicy policy = SupportPolicy.load("support-page");
    private Board board = Board.EMPTY;
    private DeskDriver desk = new DeskDriver(topology(), MORNING);

    private DeskTopology topology() {
        return QueueingTask.topology("routing-service", policy, () -> board);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void l1_queuesAContactInTheLanguageItDeclares() {
        desk.read(Topics.CHATS, chat("c-1", "pt-BR", "Hello there", Plan.BASIC));

        ContactQueued queued = queued("pt");
        assertThat(queued.getContactId()).isEqualTo("c-1");
        assertThat(queued.getLanguage()).isEqualTo("pt");
        assertThat(queued.getQueuedAt()).isEqualTo(MORNING);
        assertThat(queued.getPolicyVersion()).isEqualTo(policy.version());
        assertThat(queued.getReasons()).isNotEmpty();
    }

    @Test
    void l1_detectsTheLanguageOfTheTextWhenNoneIsDeclared() {
        desk.read(
                Topics.CALLBACKS,
                callback(
                        "c-1",
                        "No puedo publicar mi sitio desde ayer por la tarde y mis clientes no pueden entrar."));

        assertThat(queued("es").getChannel()).isEqualTo(Channel.PHONE);
    }

    @Test
    void t2_carriesWhenTheFirstResponseIsDue() {
        desk.read(Topics.CHATS, chat("c-1", "es", "Hola", Plan.BASIC));

        assertThat(queued("es").getDue()).isEqualTo(MORNING.plus(Duration.ofMinutes(15)));
    }

    @Test
    void t4_givesAnAgencyAHeadStart() {
        desk.read(Topics.CHATS, chat("basic", "es", "Hola", Plan.BASIC));
        desk.read(Topics.CHATS, chat("agency", "es", "Hola", Plan.AGENCY));

        List<SpecificRecord> queued = desk.written(Topics.assignments("es"));
        assertThat(((ContactQueued) queued.get(1)).getHeadStartMillis())
                .isGreaterThan(((ContactQueued) queued.get(0)).getHeadStartMillis());
    }

    @Test
    void s2_queuesATicketThatIsOutOfScopeWithoutADueAndLast() {
        TicketCreated ticket = ticket("t-1").setOutOfScope(true).build();

        desk.read(Topics.TICKETS, ticket);

        ContactQueued queued = queued("en");
        assertThat(queued.getOutOfScope()).isTrue();
        assertThat(queued.getDue()).isNull();
        assertThat(queued.getPriority()).isEqualTo(Priority.LOW);
    }

    @Test
    void e1_offersAConvertedTicketToTheSameAgentFirst() {
        TicketCreated ticket =
                ticket("t-1")
                        .setConvertedFrom(
                                Origin.newBuilder()
                                        .setContactId("c-1")
                                        .setChannel(Channel.CHAT)
                                        .setAgentId("agent-7")
                                        .build())
                        .build();

        desk.read(Topics.TICKETS, ticket);

        assertThat(queued("en").getPreferredAgent()).isEqualTo("agent-7");
    }

    @Test
    void queuesAContactOnceHoweverOftenItIsAnnounced() {
        desk.read(Topics.CHATS, chat("c-1", "en", "Hello", Plan.BASIC));
        desk.read(Topics.CHATS, chat("c-1", "en", "Hello", Plan.BASIC));
        desk.advance(Duration.ofDays(1));
        desk.read(Topics.CHATS, chat("c-1", "en", "Hello", Plan.BASIC));

        assertThat(desk.written(Topics.assignments("en"))).hasSize(1);
    }

    @Test
    void forgetsAfterAMonthWhomItHasQueued() {
        desk.read(Topics.CHATS, chat("c-1", "en", "Hello", Plan.BASIC));
        desk.advance(Duration.ofDays(29));
        desk.read(Topics.CHATS, chat("c-2", "en", "Hello", Plan.BASIC));
        desk.advance(Duration.ofDays(2));

        desk.read(Topics.CHATS, chat("c-1", "en", "Hello", Plan.BASIC));
        desk.read(Topics.CHATS, chat("c-2", "en", "Hello", Plan.BASIC));

        assertThat(desk.written(Topics.assignments("en")))
                .as("the first one again, as a new contact")
                .hasSize(3);
    }

    @Test
    void aTicketThatIsSolvedAfterItWasForgottenStillLeavesItsAgent() {
        TicketSolved solved = new TicketSolved("t-1", MORNING.plus(Duration.ofDays(40)), "agent-1");
        desk.read(Topics.TICKETS, ticket("t-1").build());
        desk.advance(Duration.ofDays(40));

        desk.read(Topics.TICKETS, solved);

        assertThat(desk.written(Topics.MATCHING)).endsWith(solved);
    }

    @Test
    void tellsTheMatchingEngineOfAContactOfItsDueAndOfWhatEndsItsWait() {
        ChatAnswered answered = new ChatAnswered("c-1", MORNING.plusSeconds(60), "agent-1");
        ResponseDueChanged moved = dueMoved("c-1", MORNING.plusSeconds(3600));
        desk.read(Topics.CHATS, chat("c-1", "es", "Hola", Plan.BASIC));
        desk.read(Topics.SLA, moved);
        desk.read(Topics.CHATS, answered);

        assertThat(desk.written(Topics.MATCHING)).containsExactly(queued("es"), moved, answered);
    }

    @Test
    void whoseAnswerIsReadBeforeTheBeginningHasTheContact() {
        ChatAnswered answered = new ChatAnswered("c-1", MORNING, "agent-1");
        desk.read(Topics.CHATS, answered);
        desk.read(Topics.CHATS, new ChatAnswered("c-1", MORNING, "agent-2"));
        assertThat(desk.written(Topics.MATCHING)).as("of a contact that is forgotten").hasSize(2);

        desk.read(Topics.CHATS, chat("c-1", "es", "Hola", Plan.BASIC));

        assertThat(desk.written(Topics.MATCHING)).containsExactly(queued("es"), answered);
    }

    @Test
    void findsNoAgentForAContactWhoseEndIsReadBeforeItsBeginning() {
        desk.read(Topics.CHATS, new ChatAnswered("c-1", MORNING, "agent-1"));
        desk.read(Topics.CHATS, new ChatEnded("c-1", MORNING, EndedBy.CUSTOMER));
        desk.read(Topics.CHATS, chat("c-1", "es", "Hola", Plan.BASIC));

        assertThat(desk.written(Topics.MATCHING))
                .hasSize(2)
                .noneMatch(ContactQueued.class::isInstance);
        assertThat(desk.written(Topics.assignments("es")))
                .hasSize(2)
                .endsWith(new ContactReleased("c-1", null, MORNING, "withdrawn"));
    }

    @Test
    void h6_isDueByTheClosuresThatStandAnnounced() {
        board = board(closure("meeting", 60, 180));

        desk.read(Topics.CHATS, chat("c-1", "es", "Hola", Plan.BASIC, afternoon(55)));

        assertThat(queued("es").getDue()).isEqualTo(afternoon(190));
    }

    @Test
    void h6_whatTheMonitorSaysFirstCountsWhereItDiffers() {
        ResponseDueChanged same = firstDue("c-1", MORNING.plusSeconds(900));
        ResponseDueChanged other = firstDue("c-2", MORNING.plusSeconds(3600));
        desk.read(Topics.CHATS, chat("c-1", "es", "Hola", Plan.BASIC));
        desk.read(Topics.CHATS, chat("c-2", "es", "Hola", Plan.BASIC));
        desk.read(Topics.SLA, same);
        desk.read(Topics.SLA, other);

        assertThat(desk.written(Topics.MATCHING)).hasSize(3).endsWith(other).doesNotContain(same);
    }

    @Test
    void h6_whatTheMonitorSaysFirstCountsWhileItsLineIsClosed() {
        desk.read(Topics.CHATS, chat("c-1", "es", "Hola", Plan.BASIC, LUNCH));
        desk.read(Topics.SLA, firstDue("c-1", afternoon(45)));
        desk.advance(Duration.between(MORNING, AFTERNOON).plusMillis(100));

        assertThat(((ContactQueued) desk.written(Topics.MATCHING).getFirst()).getDue())
                .isEqualTo(afternoon(45));
    }

    @Test
    void ranksAContactByTheDueThatWasReadBeforeItsBeginning() {
        desk.read(Topics.SLA, dueMoved("c-1", MORNING.plusSeconds(3600)));
        desk.read(Topics.CHATS, chat("c-1", "es", "Hola", Plan.BASIC));

        assertThat(((ContactQueued) desk.written(Topics.MATCHING).getFirst()).getDue())
                .isEqualTo(MORNING.plusSeconds(3600));
    }

    @Test
    void c6_aChatThatCameWhileClosedWaitsForTheOpening() {
        desk.read(Topics.CHATS, chat("c-1", "es", "Hola", Plan.BASIC, LUNCH));
        desk.read(Topics.CHATS, chat("gone", "es", "Hola", Plan.BASIC, LUNCH));
        desk.read(Topics.TICKETS, ticket("t-1").setLanguage("es").setCreatedAt(LUNCH).build());
        desk.read(Topics.CHATS, new ChatEnded("gone", LUNCH, EndedBy.CUSTOMER));
        assertThat(waiting()).containsExactly("t-1");

        desk.advance(Duration.between(MORNING, AFTERNOON).minusMillis(1));
        assertThat(waiting()).isEmpty();

        desk.advance(Duration.ofMillis(100));
        assertThat(waiting()).containsExactly("c-1");
    }

    @Test
    void h6_aChatWaitsForTheEndOfAnAnnouncedClosureOrForItsCallingOff() {
        aChatComesDuringADrill();
        desk.advance(Duration.ofMinutes(1));
        assertThat(waiting()).isEmpty();

        board = drill(Optional.of(desk.now()));
        desk.advance(Duration.ofSeconds(1));
        desk.advance(Duration.ofMillis(20));

        assertThat(waiting()).containsExactly("c-1");
    }

    @Test
    void h6_aCallingOffThatNobodyWasThereToHeedCountsForWhoeverTakesOver() {
        aChatComesDuringADrill();
        ContactQueued left = queued("es");

        takeOverWith(
                left, AFTERNOON.plusSeconds(60), drill(Optional.of(AFTERNOON.plusSeconds(30))));
        desk.advance(Duration.ofSeconds(1));
        desk.advance(Duration.ofMillis(20));

        assertThat(waiting()).containsExactly("c-1");
    }

    @Test
    void h6_aClosureThatIsCalledOffLetsNobodyInWhileAnotherIsInForce() {
        AnnouncedClosure drill = closure("drill", 0, 60);
        AnnouncedClosure meeting = closure("meeting", 5, 120);
        board = board(drill);
        desk.advance(Duration.between(MORNING, afternoon(2)));
        desk.read(Topics.CHATS, chat("c-1", "es", "Hola", Plan.BASIC, afternoon(2)));
        board = board(drill, meeting);
        desk.advance(Duration.ofMinutes(4));

        Instant calledOffAt = desk.now();
        board = board(Optional.of(calledOffAt), drill, meeting);
        desk.advance(Duration.between(calledOffAt, afternoon(120)).minusMillis(1));
        assertThat(waiting()).isEmpty();

        desk.advance(Duration.ofMillis(100));
        assertThat(waiting()).containsExactly("c-1");
    }

    @Test
    void h6_aClosureCountsFromTheMomentThatItIsRead() {
        desk.read(Topics.CHATS, chat("before", "es", "Hola", Plan.BASIC, LUNCH));
        desk.advance(Duration.between(MORNING, AFTERNOON).minusMillis(1));
        board = drill(Optional.empty());
        desk.advance(Duration.ofMillis(100));
        desk.read(Topics.CHATS, chat("after", "es", "Hola", Plan.BASIC, desk.now()));
        assertThat(waiting()).isEmpty();

        board = board(closure("drill", 0, 60), closure("meeting", 60, 90));
        desk.read(Topics.CHATS, chat("then", "es", "Hola", Plan.BASIC, afternoon(75)));
        assertThat(waiting()).isEmpty();
    }

    @Test
    void c6_anOpeningThatNobodyWasThereToSeeCountsForWhoeverTakesOver() {
        desk.read(Topics.CHATS, chat("c-1", "es", "Hola", Plan.BASIC, LUNCH));
        ContactQueued left = queued("es");

        takeOverWith(left, LUNCH.plus(Duration.ofHours(20)), Board.EMPTY);
        desk.advance(Duration.ofSeconds(1));
        desk.advance(Duration.ofSeconds(1));

        assertThat(waiting()).as("the lines are closed again").containsExactly("c-1");
    }

    @Test
    void c6_whoAnswersBeforeTheOpeningHasTheContact() {
        ChatAnswered answered = new ChatAnswered("c-1", LUNCH.plusSeconds(60), "eva");
        desk.read(Topics.CHATS, chat("c-1", "es", "Hola", Plan.BASIC, LUNCH));
        desk.read(Topics.CHATS, answered);

        assertThat(desk.written(Topics.MATCHING)).containsExactly(queued("es"), answered);
    }

    @Test
    void c6_aChatThatEndsBeforeTheOpeningLeavesItsQueue() {
        desk.read(Topics.CHATS, chat("c-1", "es", "Hola", Plan.BASIC, LUNCH));
        desk.read(Topics.CHATS, new ChatEnded("c-1", LUNCH.plusSeconds(60), EndedBy.CUSTOMER));

        assertThat(desk.written(Topics.assignments("es")))
                .hasSize(2)
                .endsWith(new ContactReleased("c-1", null, LUNCH.plusSeconds(60), "withdrawn"));
        assertThat(waiting()).isEmpty();
    }

    /** Another copy takes the partition over, with one contact that waits for its opening. */
    private void takeOverWith(ContactQueued left, Instant at, Board known) {
        desk.close();
        board = known;
        DeskTopology topology = topology();
        desk =
                new DeskDriver(
                        new DeskTopology(
                                topology.service(),
                                topology.inputs(),
                                topology.outputs(),
                                topology.stores(),
                                context -> {
                                    KeyValueStore<String, ContactQueued> untilOpening =
                                            context.store(QueueingTask.CLOSED);
                                    untilOpening.put(left.getContactId(), left);
                                    return topology.tasks().open(context);
                                }),
                        at);
    }

    private void aChatComesDuringADrill() {
        desk.advance(Duration.between(MORNING, AFTERNOON));
        board = drill(Optional.empty());
        desk.advance(Duration.ofSeconds(1));
        desk.read(Topics.CHATS, chat("c-1", "es", "Hola", Plan.BASIC, AFTERNOON));
    }

    private static Board drill(Optional<Instant> calledOffAt) {
        return board(calledOffAt, closure("drill", 0, 60));
    }

    /** From and to so many minutes after the lines open in the afternoon. */
    private static AnnouncedClosure closure(String id, int from, int to) {
        return new AnnouncedClosure(
                id,
                afternoon(from),
                afternoon(to),
                Set.of(guichet.policy.Channel.CHAT),
                Set.of(),
                "a " + id);
    }

    private static Instant afternoon(int minutes) {
        return AFTERNOON.plus(Duration.ofMinutes(minutes));
    }

    private static Board board(AnnouncedClosure... closures) {
        return board(Optional.empty(), closures);
    }

    /** The first of them may have been called off. */
    private static Board board(Optional<Instant> firstCalledOffAt, AnnouncedClosure... closures) {
        Map<String, Notice> notices = new HashMap<>();
        for (AnnouncedClosure closure : closures) {
            notices.put(
                    closure.id(),
                    new Notice(
                            closure,
                            MORNING,
                            notices.isEmpty() ? firstCalledOffAt : Optional.empty()));
        }
        return new Board(true, notices, Set.of());
    }

    private List<String> waiting() {
        return desk.written(Topics.MATCHING).stream().map(Contract::keyOf).toList();
    }

    /** As the monitor says of each contact. */
    private static ResponseDueChanged firstDue(String id, Instant due) {
        return ResponseDueChanged.newBuilder(dueMoved(id, due)).setPreviousDue(null).build();
    }

    private static ResponseDueChanged dueMoved(String id, Instant due) {
        return ResponseDueChanged.newBuilder()
                .setContactId(id)
                .setChangedAt(MORNING)
                .setChannel(Channel.CHAT)
                .setLanguage("es")
                .setPreviousDue(MORNING)
                .setDue(due)
                .setOpenMillis(0)
                .setPolicyVersion("any")
                .build();
    }

    private ContactQueued queued(String language) {
        List<SpecificRecord> written = desk.written(Topics.assignments(language));
        assertThat(written).hasSize(1);
        return (ContactQueued) written.getFirst();
    }

    private static Customer customer(Plan plan) {
        return Customer.newBuilder().setCustomerId("customer-1").setPlan(plan).build();
    }

    private static ChatStarted chat(String id, String language, String question, Plan plan) {
        return chat(id, language, question, plan, MORNING);
    }

    private static ChatStarted chat(
            String id, String language, String question, Plan plan, Instant at) {
        return ChatStarted.newBuilder()
                .setContactId(id)
                .setStartedAt(at)
                .setCustomer(customer(plan))
                .setLanguage(language)
                .setQuestion(question)
                .build();
    }

    private static CallbackRequested callback(String id, String question) {
        return CallbackRequested.newBuilder()
                .setContactId(id)
                .setRequestedAt(MORNING)
                .setCustomer(customer(Plan.BASIC))
                .setPhoneNumber("+5511987654321")
                .setQuestion(question)
                .build();
    }

    private static TicketCreated.Builder ticket(String id) {
        return TicketCreated.newBuilder()
                .setContactId(id)
                .setCreatedAt(MORNING)
                .setCustomer(customer(Plan.BASIC))
                .setLanguage("en")
                .setImpact(Impact.URGENT)
                .setDescription("The editor does not open.");
    }
}
