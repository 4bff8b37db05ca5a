package guichet.acceptance;

import static guichet.acceptance.Patience.LONG_ENOUGH;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import guichet.events.ContactQueued;
import guichet.schemas.Contract;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a desk costs on which nobody asks for anything. */
@OnTheWholeDesk
class IdleDeskTest {

    private static final int CONTACTS = 12;
    private static final Duration A_WHILE = Duration.ofSeconds(5);

    /**
     * Records of the desk's own, and of Kafka's about it: some ten for each commit of a service.
     */
    private static final long HARDLY_ANY = 60 * A_WHILE.toSeconds();

    private final WholeDesk.Running desk;

    IdleDeskTest(WholeDesk.Running desk) {
        this.desk = desk;
    }

    /** Timers look about many times a second, and Kafka Streams takes each look for work done. */
    @Test
    void hardlyWritesToKafkaWhileNothingHappens() throws Exception {
        List<String> contacts = IntStream.range(0, CONTACTS).mapToObj(number -> chat()).toList();
        await("every task has read something")
                .atMost(LONG_ENOUGH)
                .until(
                        () ->
                                desk.log()
                                        .events(ContactQueued.class)
                                        .map(Contract::keyOf)
                                        .toList()
                                        .containsAll(contacts));

        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", desk.desk().bootstrapServers()))) {
            List<Long> seen = new ArrayList<>(List.of(written(admin)));
            await("the last contact's timers are over")
                    .atMost(LONG_ENOUGH)
                    .pollDelay(A_WHILE)
                    .pollInterval(A_WHILE)
                    .untilAsserted(
                            () -> {
                                seen.add(written(admin));
                                assertThat(seen.getLast() - seen.get(seen.size() - 2))
                                        .isLessThan(HARDLY_ANY);
                            });
        }
    }

    private static long written(Admin admin) throws Exception {
        Set<String> topics =
                admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get();
        Map<TopicPartition, OffsetSpec> ends =
                admin.describeTopics(topics).allTopicNames().get().values().stream()
                        .flatMap(
                                topic ->
                                        topic.partitions().stream()
                                                .map(
                                                        partition ->
                                                                new TopicPartition(
                                                                        topic.name(),
                                                                        partition.partition())))
                        .collect(
                                Collectors.toMap(
                                        Function.identity(), partition -> OffsetSpec.latest()));
        return admin.listOffsets(ends).all().get().values().stream()
                .mapToLong(ListOffsetsResultInfo::offset)
                .sum();
    }

    private String chat() {
        return desk.customers()
                .post(
                        "/api/chats",
                        "team",
                        UUID.randomUUID().toString(),
                        Map.of("language", "en", "question", "How do I rename my site?"))
                .id();
    }
}
