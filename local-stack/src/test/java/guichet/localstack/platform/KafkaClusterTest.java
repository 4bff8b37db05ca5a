package guichet.localstack.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;

class KafkaClusterTest {

    @TempDir Path folder;

    @Test
    void keepsItsIdOverARestartAndSharesItWithNoOther() throws InterruptedException {
        KafkaCluster first = startAndAsk("first");
        KafkaCluster again = startAndAsk("first");
        KafkaCluster other = startAndAsk("other");

        assertThat(again).isEqualTo(first);
        assertThat(first.brokers()).isEqualTo(1);
        assertThat(other.id()).isNotEqualTo(first.id());
    }

    @Test
    void saysWhereNobodyAnswers() {
        String nobody = "localhost:" + FreePort.orFree(0);

        assertThatThrownBy(() -> KafkaCluster.at(nobody, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(nobody);
    }

    private KafkaCluster startAndAsk(String cluster) throws InterruptedException {
        try (KafkaBroker broker = KafkaBroker.start(folder.resolve(cluster), 0)) {
            return KafkaCluster.at(broker.bootstrapServers());
        }
    }
}
