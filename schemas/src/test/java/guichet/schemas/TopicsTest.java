package guichet.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.schemas.Topic.Key;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;

class TopicsTest {

    private static final Map<Key, String> ID_FIELD =
            Map.of(
                    Key.CONTACT, "contactId",
                    Key.CONTACT_IN_TURN, "contactId",
                    Key.AGENT, "agentId",
                    Key.CLOSURE, "closureId",
                    Key.ERASURE, "erasureId");

    @Test
    void everyEventBeginsWithTheKeyOfItsTopic() {
        for (Topic topic : Topics.all()) {
            assertThat(topic.events())
                    .extracting(event -> schema(event).getFields().getFirst().name())
                    .allMatch(name -> name.equals(ID_FIELD.get(topic.key())));
        }
    }

    @Test
    void everyEventAndEachOfItsFieldsSaysWhatItMeans() {
        List<Schema> events =
                Topics.all().stream()
                        .flatMap(topic -> topic.events().stream())
                        .map(TopicsTest::schema)
                        .toList();

        assertThat(events).allSatisfy(event -> assertThat(event.getDoc()).isNotBlank());
        assertThat(events)
                .flatExtracting(Schema::getFields)
                .allSatisfy(field -> assertThat(field.doc()).as(field.name()).isNotBlank());
    }

    @Test
    void allTopicsKeyedByContactHaveTheSameNumberOfPartitions() {
        assertThat(Topics.all())
                .filteredOn(topic -> topic.key() == Key.CONTACT)
                .extracting(topic -> topic.partitions(24))
                .hasSize(8)
                .containsOnly(24);
    }

    @Test
    void whatTheMatchingEngineReadsStandsInOneLine() {
        assertThat(List.of(Topics.MATCHING, Topics.AGENTS, Topics.DESKTOPS))
                .extracting(topic -> topic.partitions(24))
                .containsOnly(1);
    }

    @Test
    void whatPeopleSayIsGoneAMonthAndADayLaterAndWhoIsToBeForgottenIsKnownForLonger() {
        assertThat(List.of(Topics.TICKETS, Topics.CHATS, Topics.CALLBACKS, Topics.DEAD_LETTERS))
                .allSatisfy(
                        topic ->
                                assertThat(topic.asNewTopic(24, (short) 3).configs())
                                        .containsEntry("cleanup.policy", "delete")
                                        .containsEntry("retention.ms", millis(30))
                                        .containsEntry("segment.ms", millis(1)));
        assertThat(Topics.ERASURES.asNewTopic(24, (short) 3).configs())
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", millis(730))
                .containsEntry("segment.ms", millis(7));
    }

    @Test
    void whatIsAcknowledgedOutlivesTheLossOfABrokerWhereThereAreThree() {
        assertThat(Topics.all())
                .allSatisfy(
                        topic -> {
                            assertThat(topic.asNewTopic(24, (short) 3).configs())
                                    .containsEntry("min.insync.replicas", "2");
                            assertThat(topic.asNewTopic(4, (short) 1).configs())
                                    .containsEntry("min.insync.replicas", "1");
                            assertThat(topic.asNewTopic(4, (short) -1).configs())
                                    .as("the broker's to say, as are the copies")
                                    .doesNotContainKey("min.insync.replicas");
                        });
    }

    private static String millis(int days) {
        return Long.toString(Duration.ofDays(days).toMillis());
    }

    private static Schema schema(Class<?> event) {
        return SpecificData.get().getSchema(event);
    }
}
