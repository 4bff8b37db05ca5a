package guichet.intake.requests;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.schemas.Topics;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What is said to be missing from the log, in a real PostgreSQL: files are deleted for it. */
class KnownTicketsTest {

    private static final int PARTITIONS = 2;
    private static final UUID TICKET = new UUID(7, 1);
    private static final UUID ANOTHER = new UUID(7, 2);

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
    void namesThoseThatHaveNoRecordWhenAllPartitionsHaveBeenRead() {
        readToTheEnd(0);
        readToTheEnd(1);
        kept.writer().apply(Changes.of(Events.ticket(TICKET.toString(), "ana", 0), 0));

        assertThat(withoutRecord()).containsExactly(ANOTHER);
    }

    @Test
    void namesNoneWhileAPartitionLags() {
        readToTheEnd(0);
        kept.progress().nextOffset(tickets(1));

        assertThat(withoutRecord()).isEmpty();
    }

    @Test
    void namesNoneWhileNobodyHasBegunToReadAPartition() {
        readToTheEnd(0);

        assertThat(withoutRecord()).isEmpty();
    }

    @Test
    void namesNoneWhereTheLastReadingToTheEndIsLongAgo() {
        readToTheEnd(0);
        readToTheEnd(1);
        kept.database()
                .change(
                        statements ->
                                statements.update(
                                        "update progress set current_at = now() - interval '2"
                                                + " minutes' where partition = 1",
                                        Map.of()));

        assertThat(withoutRecord()).isEmpty();
    }

    @Test
    void namesNoneWhereAnotherTopicWasRead() {
        readToTheEnd(0);
        TopicPartition callbacks = new TopicPartition(Topics.CALLBACKS.name(), 1);
        kept.progress().nextOffset(callbacks);
        kept.progress().current(List.of(callbacks));

        assertThat(withoutRecord()).isEmpty();
    }

    @Test
    void namesNoneOnceALaterEditionIsReadFromTheBeginning() {
        readToTheEnd(0);
        readToTheEnd(1);
        kept.clear();

        assertThat(withoutRecord()).isEmpty();
    }

    @Test
    void aRecordThatSaysNothingElseIsARecord() {
        readToTheEnd(0);
        readToTheEnd(1);
        kept.writer().apply(List.of(new Change.Mentioned(TICKET.toString())));

        assertThat(withoutRecord()).containsExactly(ANOTHER);
    }

    private static Set<UUID> withoutRecord() {
        return kept.withoutRecord(Set.of(TICKET, ANOTHER), PARTITIONS);
    }

    private static void readToTheEnd(int partition) {
        kept.progress().nextOffset(tickets(partition));
        kept.progress().current(List.of(tickets(partition)));
    }

    private static TopicPartition tickets(int partition) {
        return new TopicPartition(Topics.TICKETS.name(), partition);
    }
}
