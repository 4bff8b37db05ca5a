package guichet.intake.requests;

import static guichet.intake.requests.Events.at;
import static guichet.intake.requests.KeptRequests.ANA;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.events.ChatEnded;
import guichet.events.ContactAssigned;
import guichet.events.EndedBy;
import guichet.intake.identity.Pseudonyms;
import guichet.policy.Channel;
import guichet.schemas.Topics;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntConsumer;

/** However many requests there are, what a customer waits for takes no longer. */
class LargeTablesTest {

    /** A driver plans a statement for good when it has been asked often enough. */
    private static final int OFTEN = 15;

    private static KeptRequests kept;

    @BeforeAll
    static void fill() throws InterruptedException {
        kept = KeptRequests.open();
        change(
                """
                insert into request (id, first_offset, customer, address, channel, plan, subject, created_at, phone_number,
                  copied, converted_from, language, assigned_at, answered_at, ended_at, erasure, cleared)
                select 'r' || n, n, md5('c' || n / 30), md5('a' || n / 30), (array['WEB', 'CHAT', 'PHONE'])[1 + n % 3], 'BASIC',
                  'Where is it?', timestamptz '2026-11-24T20:00:00Z' - n * interval '1 minute', '+1' || n,
                  case n % 10 when 0 then array[md5('a' || n)] else '{}' end,
                  case n % 20 when 0 then 'r' || n + 1 end, 'en',
                  timestamptz '2026-11-24T20:05:00Z' - n * interval '1 minute',
                  timestamptz '2026-11-24T20:05:00Z' - n * interval '1 minute',
                  case when n > 100 then timestamptz '2026-11-24T20:15:00Z' - n * interval '1 minute' end,
                  case n % 300 when 0 then 'e' || n end, n % 300 = 0 and n > 300
                from generate_series(1, 30000) as n""");
        change(
                """
                insert into step select 'r' || n / 3, timestamptz '2026-11-24T20:00:00Z' + n * interval '1 second',
                  'QUEUED', null from generate_series(3, 90000) as n""");
        change(
                """
                insert into erasure select 'e' || n * 300, timestamptz '2026-11-20T20:00:00Z' - n * interval '1 hour',
                  'supervisor', array[md5('e' || n), md5('f' || n)] from generate_series(1, 100) as n""");
        change("analyze request");
        change("analyze step");
        change("analyze erasure");
    }

    @AfterAll
    static void close() throws InterruptedException {
        kept.close();
    }

    @Test
    void noQuestionAndNoChangeReadsAllOfThem() {
        RequestTable requests = kept.requests();
        Progress progress = kept.progress();
        ErasureTable erasures = kept.erasures();
        TopicPartition calls = new TopicPartition(Topics.CALLBACKS.name(), 0);
        progress.nextOffset(calls);
        long before = readWhole();

        often(n -> apply(Events.chat("own-" + n, ANA.subject(), n)));
        often(n -> apply(Events.queued("own-" + n)));
        often(n -> apply(new ContactAssigned("own-" + n, "offer", "agent", at(n))));
        often(n -> apply(new ChatEnded("own-" + n, at(n), EndedBy.AGENT)));
        often(n -> apply(Events.ticket("copied-" + n, "bo", n, ANA.email())));
        often(n -> apply(Events.erasure("order-" + n, n, Pseudonyms.ofCustomer("nobody-" + n))));
        often(n -> requests.find("own-" + n, ANA).orElseThrow());
        often(n -> requests.find("r" + n, ANA));
        often(n -> requests.list(new Selection(null, null, null, 20), ANA));
        often(n -> requests.list(new Selection(RequestState.CLOSED, Channel.CHAT, null, 20), ANA));
        often(
                n ->
                        requests.list(
                                new Selection(null, null, new Cursor(at(n), "own-" + n), 20), ANA));
        often(n -> requests.steps("own-" + n));
        often(n -> progress.current(Set.of(calls)));
        often(n -> requests.waitingCall(ANA.subject(), "+14155552671", at(0)));
        often(n -> requests.createdAt(UUID.randomUUID(), at(0)));
        often(n -> requests.waits(at(-600)));
        often(n -> kept.withoutRecord(Set.of(UUID.randomUUID()), 1));
        often(n -> erasures.erasures(100));
        often(n -> erasures.remains(100));
        often(n -> erasures.mayRemainUnread());
        often(n -> erasures.cleared("r" + 300 * (n + 1)));

        assertThat(readWhole()).isEqualTo(before);
        kept.database()
                .ask(
                        statements ->
                                statements.queryForObject(
                                        "select max(subject) from request",
                                        Map.of(),
                                        String.class));
        assertThat(readWhole()).isEqualTo(before + 1);
    }

    private static void often(IntConsumer action) {
        for (int n = 0; n < OFTEN; n++) {
            action.accept(n);
        }
    }

    private static void apply(SpecificRecord event) {
        kept.writer().apply(Changes.of(event, 1_000_000));
    }

    private static void change(String sql) {
        kept.database().change(statements -> statements.getJdbcTemplate().update(sql));
    }

    /** How often a request or its steps were looked for by reading all. */
    private static long readWhole() {
        kept.database()
                .ask(
                        statements ->
                                statements.queryForList(
                                        "select pg_stat_force_next_flush()", Map.of()));
        return Objects.requireNonNull(
                kept.database()
                        .ask(
                                statements ->
                                        statements.queryForObject(
                                                "select sum(seq_scan) from pg_stat_user_tables where"
                                                        + " schemaname = current_schema() and relname"
                                                        + " in ('request', 'step')",
                                                Map.of(),
                                                Long.class)));
    }
}
