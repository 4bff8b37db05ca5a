package guichet.chassis;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;

class ReplicationWatchTest {

    private static final List<Node> BROKERS =
            IntStream.of(1, 2, 3).mapToObj(id -> new Node(id, "kafka-" + id, 9092)).toList();

    @Test
    void countsThePartitionsWithACopyThatIsNotInStep() {
        List<TopicDescription> topics =
                List.of(topic("a", 3, 2, 3), topic("b", 3, 3), topic("c", 0, 1));

        assertThat(ReplicationWatch.underReplicated(topics)).isEqualTo(3);
    }

    /** Of three copies that each partition has, so many are in step. */
    private static TopicDescription topic(String name, int... inStep) {
        return new TopicDescription(
                name,
                false,
                IntStream.range(0, inStep.length)
                        .mapToObj(
                                partition ->
                                        new TopicPartitionInfo(
                                                partition,
                                                null,
                                                BROKERS,
                                                BROKERS.subList(0, inStep[partition])))
                        .toList());
    }
}
