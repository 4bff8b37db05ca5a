package guichet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import guichet.schemas.TopicCreation;
import guichet.schemas.Topics;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;

@OnTheWholeDesk
class TopicCreationTest {

    private final Admin admin;

    TopicCreationTest(WholeDesk.Running desk) {
        this.admin =
                Admin.create(
                        Map.of(
                                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                                desk.desk().bootstrapServers()));
    }

    @AfterEach
    void close() {
        admin.close();
    }

    @Test
    void theServicesHaveCreatedEveryTopicOfTheCatalogueAndMayDoSoAgain() throws Exception {
        TopicCreation.createMissing(admin, 4, (short) 1);
        TopicCreation.check(admin, 4);

        assertThat(admin.listTopics().names().get())
                .containsAll(Topics.all().stream().map(topic -> topic.name()).toList());
    }

    @Test
    void topicsKeepTheirRecordsAsTheCatalogueSays() throws Exception {
        assertThat(config("support.closures").get("cleanup.policy").value()).isEqualTo("compact");
        assertThat(config("support.tickets").get("retention.ms").value())
                .isEqualTo(Long.toString(Duration.ofDays(30).toMillis()));
    }

    @Test
    void whatAStoreHasForgottenLeavesItsChangelogWithinAWeek() throws Exception {
        assertThat(
                        config("escalation-service-conversations-changelog")
                                .get("max.compaction.lag.ms")
                                .value())
                .isEqualTo(Long.toString(Duration.ofDays(7).toMillis()));
    }

    @Test
    void aDeskDoesNotStartOnAnotherNumberOfPartitions() {
        assertThatThrownBy(() -> TopicCreation.createMissing(admin, 5, (short) 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("support.tickets has 4 partitions, not 5")
                .hasMessageContaining("guichet.topics.partitions");
    }

    private Config config(String topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return admin.describeConfigs(List.of(resource)).all().get().get(resource);
    }
}
