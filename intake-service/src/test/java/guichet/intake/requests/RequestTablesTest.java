package guichet.intake.requests;

import static guichet.intake.requests.Events.at;
import static guichet.intake.requests.KeptRequests.ANA;
import static guichet.intake.requests.KeptRequests.BO;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import guichet.events.CallAnswered;
import guichet.events.ChatAnswered;
import guichet.events.ChatEnded;
import guichet.events.ContactAssigned;
import guichet.events.ContactConverted;
import guichet.events.ContactReleased;
import guichet.events.EndedBy;
import guichet.events.Origin;
import guichet.events.TicketAnswered;
import guichet.events.TicketSolved;
import guichet.intake.TestDatabase;
import guichet.intake.identity.Pseudonyms;
import guichet.intake.requests.ErasedRequests.Erasure;
import guichet.intake.requests.ErasedRequests.Remains;
import guichet.intake.requests.MeasuredWaits.Queue;
import guichet.intake.requests.Progress.Advance;
import guichet.policy.Channel;
import guichet.policy.Language;
import guichet.schemas.Topics;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The tables of requests in a real PostgreSQL. */
class RequestTablesTest {

    private static final TopicPartition CALLS = new TopicPartition(Topics.CALLBACKS.name(), 0);
    private static final Selection ALL = new Selection(null, null, null, 100);

    private static KeptRequests kept;

    @BeforeAll
    static void open() throws InterruptedException {
        kept = KeptRequests.open();
    }

    @AfterAll
    static void close() throws InterruptedException {
        kept.close();
    }

    @BeforeEach
    void clear() {
        kept.clear();
    }

    @Test
    void tellsTheMedianWaitOfThoseWhomAgentsTookOfLate() {
        int[] waits = {5, 600, 40};
        for (int i = 0; i < waits.length; i++) {
            String id = "c" + i;
            apply(Events.chat(id, "ana", 0));
            apply(Events.queued(id));
            apply(new ContactAssigned(id, "offer-" + i, "agent-1", at(waits[i])));
        }
        apply(Events.chat("waits", "ana", 0));
        apply(Events.queued("waits"));

        Queue chats = new Queue(Language.EN, Channel.CHAT);
        assertThat(kept.requests().waits(at(0))).isEqualTo(Map.of(chats, Duration.ofSeconds(40)));
        assertThat(kept.requests().waits(at(100)))
                .isEqualTo(Map.of(chats, Duration.ofSeconds(600)));
        assertThat(kept.requests().waits(at(600))).isEmpty();
    }

    @Test
    void anyOrderAndAnyRepeatsOfTheSameRecordsGiveTheSameRows() {
        List<List<Change>> records = aDay();
        records.forEach(kept.writer()::apply);
        List<Map<String, Object>> inOrder = kept.rows();

        for (int seed = 0; seed < 25; seed++) {
            Random random = new Random(seed);
            List<List<Change>> shuffled = new ArrayList<>(records);
            shuffled.addAll(records.stream().filter(change -> random.nextInt(3) == 0).toList());
            Collections.shuffle(shuffled, random);
            kept.clear();
            while (!shuffled.isEmpty()) {
                List<List<Change>> batch =
                        shuffled.subList(0, Math.min(1 + random.nextInt(6), shuffled.size()));
                kept.writer().apply(batch.stream().flatMap(List::stream).toList());
                batch.clear();
            }

            assertThat(kept.rows()).as("seed %d", seed).isEqualTo(inOrder);
        }
    }

    @Test
    void c3TellsWhatBecameOfEachRequest() {
        aDay().forEach(kept.writer()::apply);

        assertThat(kept.requests().list(ALL, ANA))
                .extracting(KnownRequest::id, KnownRequest::state)
                .containsExactly(
                        tuple("converted", RequestState.CLOSED),
                        tuple("left", RequestState.WITHDRAWN),
                        tuple("waiting", RequestState.WAITING),
                        tuple("taken", RequestState.ASSIGNED),
                        tuple("long", RequestState.CONVERTED));
        KnownRequest original = kept.of(ANA, "long");
        KnownRequest ticket = kept.of(ANA, "converted");
        assertThat(original.convertedTo()).isEqualTo("converted");
        assertThat(original.due()).isEqualTo(at(90));
        assertThat(ticket.convertedFrom()).isEqualTo("long");
        assertThat(Step.timeline(original, kept.requests().steps("long")))
                .extracting(Step::what)
                .containsExactly(
                        StepKind.CREATED,
                        StepKind.ASSIGNED,
                        StepKind.RELEASED,
                        StepKind.DUE_MOVED,
                        StepKind.ANSWERED,
                        StepKind.CONVERTED);
    }

    @Test
    void c3ListsOwnAndCopiedRequestsNewestFirstAndNobodyElses() {
        apply(Events.ticket("mine", "ana", 1, "bo@example.com"));
        apply(Events.ticket("bos", "bo", 2));
        apply(Events.ticket("copied-to-me", "bo", 3, "ANA@example.com"));
        apply(Events.ticket("both", "ana", 4, "ana@example.com"));

        assertThat(kept.requests().list(ALL, ANA))
                .extracting(KnownRequest::id, KnownRequest::own)
                .containsExactly(
                        tuple("both", true), tuple("copied-to-me", false), tuple("mine", true));
        assertThat(kept.requests().find("bos", ANA)).isEmpty();
        assertThat(kept.requests().find("none", ANA)).isEmpty();
        assertThat(kept.requests().find("mine", BO)).get().returns(false, KnownRequest::own);
        assertThat(kept.requests().find("mine", KeptRequests.person("cy", null))).isEmpty();
    }

    @Test
    void whoIsCopiedOnASecondRequestWithTheSameIdSeesNothing() {
        kept.writer().apply(Changes.of(Events.ticket("t", "ana", 1), 4));
        kept.writer().apply(Changes.of(Events.ticket("t", "ana", 2, "bo@example.com"), 9));

        assertThat(kept.requests().find("t", BO)).isEmpty();
    }

    @Test
    void pagesMissNothingAndRepeatNothing() {
        List<String> ids = IntStream.range(0, 47).mapToObj("request-%02d"::formatted).toList();
        ids.forEach(id -> apply(Events.chat(id, "ana", id.hashCode() % 5)));

        List<String> seen = new ArrayList<>();
        Cursor after = null;
        int pages = 0;
        do {
            List<KnownRequest> page =
                    kept.requests().list(new Selection(null, Channel.CHAT, after, 10), ANA);
            apply(Events.chat("new-" + pages++, "ana", 1_000));
            boolean more = page.size() > 10;
            page.stream().limit(10).map(KnownRequest::id).forEach(seen::add);
            after = more ? new Cursor(page.get(9).createdAt(), page.get(9).id()) : null;
        } while (after != null);

        assertThat(seen).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(kept.requests().list(new Selection(null, Channel.WEB, null, 10), ANA)).isEmpty();
        assertThat(kept.requests().list(new Selection(RequestState.CLOSED, null, null, 10), ANA))
                .isEmpty();
    }

    @Test
    void whatWasPromisedHoldsUntilTheDeskSaysOtherwise() {
        kept.writer()
                .apply(
                        List.of(
                                new Change.Promised("c", "pt", at(60)),
                                new Change.Promised("c", "es", at(61))));
        apply(Events.chat("c", "ana", 0));
        assertThat(kept.of(ANA, "c").due()).isEqualTo(at(60));

        apply(Events.due("c", 0, null, at(50)));

        assertThat(kept.of(ANA, "c").due()).isEqualTo(at(50));
    }

    @Test
    void aCopyThatHasLostAPartitionChangesNothing() {
        assertThat(kept.progress().nextOffset(CALLS)).isZero();
        List<Change> begun = Changes.of(Events.callback("c", "ana", "+14155552671", 0), 0);

        assertThat(kept.progress().advance(begun, List.of(new Advance(CALLS, 0, 10)))).isTrue();
        assertThat(
                        kept.progress()
                                .advance(
                                        Changes.of(new CallAnswered("c", at(1), "a"), 5),
                                        List.of(new Advance(CALLS, 0, 6))))
                .isFalse();

        assertThat(kept.progress().nextOffset(CALLS)).isEqualTo(10);
        assertThat(kept.of(ANA, "c").state()).isEqualTo(RequestState.WAITING);
    }

    @Test
    void c5FindsTheCallThatAlreadyWaits() {
        String number = "+14155552671";
        apply(Events.callback("first", "ana", number, 0));
        apply(Events.callback("second", "ana", number, 9));
        apply(Events.callback("bos", "bo", number, -9));
        kept.progress().nextOffset(CALLS);
        assertThat(kept.requests().waitingCall("ana", number, at(-60)))
                .as("it may be over by now")
                .isEmpty();

        kept.progress().current(List.of(CALLS));

        assertThat(kept.requests().waitingCall("ana", number, at(-60)))
                .get()
                .returns("first", KnownRequest::id);
        assertThat(kept.requests().waitingCall("ana", "+14155552672", at(-60))).isEmpty();
        assertThat(kept.requests().waitingCall("ana", number, at(60))).isEmpty();
        apply(new CallAnswered("first", at(30), "agent-1"));
        assertThat(kept.requests().waitingCall("ana", number, at(-60)))
                .get()
                .returns("second", KnownRequest::id);
    }

    @Test
    void tellsWhenAContactBeganUnlessItIsErased() {
        UUID chat = new UUID(7, 1);
        UUID erased = new UUID(7, 2);
        apply(Events.chat(chat.toString(), "ana", 5));
        apply(Events.chat(erased.toString(), "bo", 5));
        apply(Events.erasure("e", 9, Pseudonyms.ofCustomer("bo")));

        assertThat(kept.requests().createdAt(chat, at(-60))).contains(at(5));
        assertThat(kept.requests().createdAt(chat, at(60))).as("too long ago").isEmpty();
        assertThat(kept.requests().createdAt(erased, at(-60))).isEmpty();
        assertThat(kept.requests().createdAt(new UUID(7, 3), at(-60))).isEmpty();
    }

    @Test
    void whoIsErasedLeavesNothingAndIsCopiedOnNothing() {
        aDay().forEach(kept.writer()::apply);

        assertThat(kept.requests().list(ALL, BO))
                .extracting(KnownRequest::id)
                .as("what came after the erasure")
                .containsExactly("new");
        assertThat(kept.requests().list(ALL, KeptRequests.person("fay", "fay@example.com")))
                .as("not by their address, which the erasure did not have")
                .extracting(KnownRequest::id)
                .containsExactly("dans");
        assertThat(kept.requests().list(ALL, KeptRequests.person("cy", "cy@example.com")))
                .isEmpty();
        assertThat(kept.rows().toString()).doesNotContain("@");
        assertThat(
                        kept.rows().stream()
                                .filter(row -> row.containsKey("customer"))
                                .toList()
                                .toString())
                .doesNotContain(Pseudonyms.ofCustomer("fay"))
                .contains(Pseudonyms.ofCustomer("dan"), Pseudonyms.ofAddress("fay@example.com"));
        assertThat(kept.erasures().erasures(10))
                .containsExactly(
                        new Erasure("of-fay", at(95), "supervisor-1", 2, false),
                        new Erasure("of-bo", at(90), "supervisor-1", 1, false));
    }

    @Test
    void tellsWhatErasuresLeaveUntilItIsCleared() {
        AtomicInteger told = new AtomicInteger();
        kept.erasures().whenErased(told::incrementAndGet);
        apply(Events.chat("open", "ana", 0));
        apply(Events.ticket("over", "ana", 1));
        apply(new TicketSolved("over", at(2), "agent-1"));
        apply(Events.ticket("bos", "bo", 1, "ana@example.com"));
        assertThat(told).hasValue(0);

        apply(Events.erasure("e", 9, Pseudonyms.ofCustomer("ana")));

        assertThat(told).hasValue(1);
        assertThat(kept.erasures().remains(10))
                .containsExactly(
                        new Remains("open", Channel.CHAT, true),
                        new Remains("over", Channel.WEB, false));
        kept.erasures().cleared("open");
        kept.erasures().cleared("over");
        apply(Events.erasure("e", 9, Pseudonyms.ofCustomer("ana")));
        assertThat(kept.erasures().remains(10)).isEmpty();
        assertThat(told).as("what is not read yet may remain").hasValue(2);
        assertThat(kept.erasures().erasures(10))
                .containsExactly(new Erasure("e", at(9), "supervisor-1", 2, true));

        apply(Events.ticket("over", "ana", 1));
        assertThat(kept.erasures().remains(10))
                .as("it may have brought its files again")
                .containsExactly(new Remains("over", Channel.WEB, false));
    }

    @Test
    void anErasureIsDoneWhenTheChannelsHaveBeenReadToTheirEndsSince() {
        int now = (int) Duration.between(Events.START, Instant.now()).toSeconds();
        apply(Events.erasure("before", now - 3_600, Pseudonyms.ofCustomer("ana")));
        assertThat(done("before")).as("nobody reads").isTrue();
        assertThat(kept.erasures().mayRemainUnread()).isFalse();

        kept.progress().nextOffset(CALLS);
        assertThat(done("before")).as("never read to its end").isFalse();
        assertThat(kept.erasures().mayRemainUnread()).isTrue();

        kept.progress().current(List.of(CALLS));
        assertThat(done("before")).isTrue();
        assertThat(kept.erasures().mayRemainUnread()).isFalse();

        apply(Events.erasure("after", now + 3_600, Pseudonyms.ofCustomer("bo")));
        assertThat(done("after")).as("read to its end before the order").isFalse();
        assertThat(done("before")).isTrue();
        assertThat(kept.erasures().mayRemainUnread()).isTrue();
    }

    @Test
    void theLogHasARecordOfATicketThatIsErased() {
        UUID ticket = new UUID(7, 1);
        TopicPartition tickets = new TopicPartition(Topics.TICKETS.name(), 0);
        kept.progress().nextOffset(tickets);
        kept.progress().current(List.of(tickets));
        apply(Events.ticket(ticket.toString(), "ana", 1));
        apply(Events.erasure("e", 9, Pseudonyms.ofCustomer("ana")));

        assertThat(kept.withoutRecord(Set.of(ticket, new UUID(7, 2)), 1))
                .containsExactly(new UUID(7, 2));
    }

    @Test
    void whoErasesWaitsForThoseWhoWrite() throws Exception {
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> writing =
                    others.submit(
                            () ->
                                    kept.database()
                                            .change(
                                                    statements -> {
                                                        int rows = insertAChat(statements);
                                                        written.countDown();
                                                        awaitQuietly(goOn);
                                                        return rows;
                                                    }));
            written.await();
            Future<?> erasing =
                    others.submit(
                            () -> apply(Events.erasure("e", 9, Pseudonyms.ofCustomer("ana"))));
            await().until(RequestTablesTest::somebodyWaitsForALock);
            goOn.countDown();
            writing.get();
            erasing.get();
        }

        assertThat(kept.requests().find("c", ANA)).isEmpty();
    }

    @Test
    void dataThatPostgresDoesNotTakeAreToldFromADatabaseThatIsAway() {
        Change refused = new Change.Promised("c", "nul\0", null);

        assertThatExceptionOfType(RefusedData.class)
                .isThrownBy(() -> kept.writer().apply(List.of(refused)));
        assertThat(kept.database().isThere()).isTrue();
    }

    @Test
    void aLaterEditionKeepsWhatTheTopicsMayNotHaveAnyMoreAndWhoIsErased() throws Exception {
        String schema = TestDatabase.schema();
        int hour = (int) Duration.between(Events.START, Instant.now()).toSeconds() - 3_600;
        int month = hour - (int) Duration.ofDays(29).toSeconds();
        try (KeptRequests first = KeptRequests.open(schema, 1)) {
            first.writer().apply(Changes.of(Events.chat("old", "ana", month), 0));
            first.writer().apply(Changes.of(Events.chat("recent", "ana", hour), 1));
            first.writer().apply(Changes.of(new ChatAnswered("old", at(hour), "agent-1"), 2));
            first.writer().apply(Changes.of(new ChatAnswered("recent", at(hour), "agent-1"), 3));
            first.writer()
                    .apply(Changes.of(Events.erasure("e", hour, Pseudonyms.ofCustomer("bo")), 0));
        }
        try (KeptRequests next = KeptRequests.open(schema, 2)) {
            assertThat(next.requests().list(ALL, ANA))
                    .extracting(KnownRequest::id)
                    .containsExactly("old");
            assertThat(next.requests().steps("old")).isNotEmpty();
            assertThat(next.requests().steps("recent")).isEmpty();
            next.writer().apply(Changes.of(Events.chat("recent", "bo", hour), 1));
            assertThat(next.requests().list(ALL, BO)).isEmpty();
        }
    }

    @Test
    void rowsOfTheFirstReleaseAreFoundByTheSamePeopleAndErased() throws Exception {
        String schema = TestDatabase.schema();
        Flyway.configure()
                .dataSource(TestDatabase.url(), "postgres", "")
                .schemas(schema)
                .locations("classpath:guichet/intake/requests/tables")
                .target("1")
                .load()
                .migrate();
        try (Connection connection = DriverManager.getConnection(TestDatabase.url())) {
            connection
                    .createStatement()
                    .execute(
                            "insert into %s.request (id, customer_id, channel, plan, created_at, copied_to) values ('t', 'ana', 'WEB', 'BASIC', '2026-11-24', '{bo@example.com}'), ('u', 'bo', 'WEB', 'BASIC', '2026-11-24', '{}')"
                                    .formatted(schema));
        }

        try (KeptRequests now = KeptRequests.open(schema, 1)) {
            assertThat(now.requests().list(ALL, ANA))
                    .extracting(KnownRequest::id)
                    .containsExactly("t");
            assertThat(now.requests().list(ALL, BO))
                    .extracting(KnownRequest::id)
                    .containsExactlyInAnyOrder("t", "u");
            now.writer()
                    .apply(
                            Changes.of(
                                    Events.erasure(
                                            "e",
                                            9,
                                            Pseudonyms.ofCustomer("bo"),
                                            Pseudonyms.ofAddress("bo@example.com")),
                                    0));
            assertThat(now.requests().list(ALL, BO)).isEmpty();
            assertThat(now.requests().list(ALL, ANA)).hasSize(1);
        }
    }

    @Test
    void aLaterEditionIsReadAgainAndAnEarlierOneLeavesItAlone() throws Exception {
        String schema = TestDatabase.schema();
        int hour = (int) Duration.between(Events.START, Instant.now()).toSeconds() - 3_600;
        try (KeptRequests first = KeptRequests.open(schema, 1)) {
            first.progress().nextOffset(CALLS);
            first.writer().apply(Changes.of(Events.chat("c", "ana", hour), 0));
        }
        try (KeptRequests same = KeptRequests.open(schema, 1)) {
            assertThat(same.requests().list(ALL, ANA)).hasSize(1);
        }
        try (KeptRequests next = KeptRequests.open(schema, 2)) {
            assertThat(next.requests().list(ALL, ANA)).isEmpty();
            assertThat(next.progress().nextOffset(CALLS)).isZero();
            next.writer().apply(Changes.of(Events.chat("c", "ana", hour), 0));
        }
        try (KeptRequests earlier = KeptRequests.open(schema, 1)) {
            assertThat(earlier.requests().list(ALL, ANA)).hasSize(1);
        }
    }

    private static boolean done(String erasure) {
        return kept.erasures().erasures(10).stream()
                .filter(it -> it.id().equals(erasure))
                .findFirst()
                .orElseThrow()
                .done();
    }

    private static int insertAChat(NamedParameterJdbcTemplate statements) {
        return statements.update(
                "insert into request (id, customer, channel, created_at) values ('c', :ana, 'CHAT',"
                        + " '2026-11-24')",
                Map.of("ana", Pseudonyms.ofCustomer("ana")));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean somebodyWaitsForALock() {
        return kept.database()
                .ask(
                        statements ->
                                Boolean.TRUE.equals(
                                        statements.queryForObject(
                                                "select exists (select 1 from pg_locks where not granted)",
                                                Map.of(),
                                                Boolean.class)));
    }

    private static void apply(SpecificRecord event) {
        kept.writer().apply(Changes.of(event, 0));
    }

    /** What each record of a day changes; the offsets are those of the topics. */
    private static List<List<Change>> aDay() {
        Origin fays = new Origin("fays-chat", guichet.events.Channel.CHAT, "agent-1", null, null);
        Origin origin = new Origin("long", guichet.events.Channel.CHAT, "agent-1", null, null);
        Stream<List<Change>> topics =
                Stream.of(
                                on(
                                        Events.ticket("converted", "ana", 300, origin),
                                        Events.ticket("t", "bo", 5, "cy@example.com"),
                                        Events.ticket("t", "bo", 6, "dee@example.com"),
                                        Events.ticket("new", "bo", 91),
                                        Events.ticket(
                                                "dans",
                                                "dan",
                                                8,
                                                "bo@example.com",
                                                "fay@example.com"),
                                        Events.ticket("fays-ticket", "fay", 310, fays),
                                        new TicketAnswered("t", at(40), "agent-1"),
                                        new TicketAnswered("t", at(50), "agent-2"),
                                        new TicketAnswered("converted", at(350), "agent-1"),
                                        new TicketSolved("converted", at(400), "agent-1")),
                                on(
                                        Events.chat("long", "ana", 0),
                                        Events.chat("taken", "ana", 1),
                                        Events.chat("fays-chat", "fay", 10),
                                        Events.chat("waiting", "ana", 2),
                                        Events.chat("left", "ana", 3),
                                        new ChatEnded("left", at(8), EndedBy.CUSTOMER),
                                        new ChatEnded("left", at(9), EndedBy.SYSTEM),
                                        new ChatAnswered("long", at(70), "agent-1")),
                                on(
                                        Events.queued("long"),
                                        Events.queued("taken"),
                                        new ContactAssigned("long", "o-1", "agent-2", at(20)),
                                        new ContactReleased(
                                                "long", "agent-2", at(25), "agent offline"),
                                        new ContactAssigned("taken", "o-2", "agent-2", at(26)),
                                        new ContactAssigned("waiting", "o-3", "agent-2", at(27)),
                                        new ContactReleased(
                                                "waiting", "agent-2", at(27), "declined")),
                                on(
                                        Events.due("long", 0, null, at(60)),
                                        Events.due("taken", 1, null, at(61)),
                                        Events.due("long", 30, at(60), at(90))),
                                on(
                                        new ContactConverted(
                                                "long",
                                                "converted",
                                                guichet.events.Channel.CHAT,
                                                "en",
                                                "agent-1",
                                                at(70),
                                                at(300),
                                                "v",
                                                List.of())),
                                on(
                                        Events.erasure(
                                                "of-bo",
                                                90,
                                                Pseudonyms.ofAddress("Bo@example.com")),
                                        Events.erasure("of-fay", 90, Pseudonyms.ofCustomer("fay")),
                                        Events.erasure("of-fay", 95, Pseudonyms.ofCustomer("fay"))))
                        .flatMap(List::stream);
        return topics.toList();
    }

    private static List<List<Change>> on(SpecificRecord... topic) {
        List<SpecificRecord> events = Arrays.asList(topic);
        return IntStream.range(0, events.size())
                .mapToObj(offset -> Changes.of(events.get(offset), offset))
                .toList();
    }
}
