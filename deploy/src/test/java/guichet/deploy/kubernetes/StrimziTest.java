package guichet.deploy.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.schemas.Principal;
import guichet.schemas.Topics;

import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.topic.KafkaTopicSpec;
import io.strimzi.api.kafka.model.user.KafkaUser;
import io.strimzi.api.kafka.model.user.KafkaUserAuthorizationSimple;
import io.strimzi.api.kafka.model.user.KafkaUserScramSha512ClientAuthentication;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Strimzi's operators understand what stands in {@code deploy/kafka}. */
class StrimziTest {

    @Test
    void eachTopicIsATopicOfStrimzis() throws IOException {
        assertThat(read("topics.yaml").all(KafkaTopic.class))
                .hasSize(Topics.all().size())
                .extracting(KafkaTopic::getSpec)
                .allMatch(topic -> topic.getPartitions() > 0 && topic.getReplicas() > 0)
                .extracting(KafkaTopicSpec::getConfig)
                .allMatch(config -> !config.isEmpty());
    }

    @Test
    void eachUserIsAUserOfStrimzisWithAPasswordAndRules() throws IOException {
        assertThat(read("users.yaml").all(KafkaUser.class))
                .extracting(user -> user.getMetadata().getName())
                .containsExactlyElementsOf(
                        Arrays.stream(Principal.values()).map(Principal::user).toList());
        assertThat(read("users.yaml").all(KafkaUser.class))
                .extracting(KafkaUser::getSpec)
                .allSatisfy(
                        user -> {
                            assertThat(user.getAuthentication())
                                    .isInstanceOf(KafkaUserScramSha512ClientAuthentication.class);
                            assertThat(
                                            ((KafkaUserAuthorizationSimple) user.getAuthorization())
                                                    .getAcls())
                                    .isNotEmpty()
                                    .allMatch(rule -> !rule.getOperations().isEmpty())
                                    .allMatch(rule -> rule.getResource() != null);
                        });
    }

    private static Manifests read(String file) throws IOException {
        return Manifests.read(Files.readString(Path.of("kafka", file)));
    }
}
