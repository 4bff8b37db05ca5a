package guichet.localstack.platform;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.file.Path;

class RegistryProbeTest {

    @TempDir static Path folder;

    private static RegistryProcess registry;

    @BeforeAll
    static void startRegistry() throws InterruptedException {
        registry = RegistryProcess.start(folder, 0);
    }

    @AfterAll
    static void stopRegistry() {
        registry.close();
    }

    @Test
    void findsARegistry() {
        assertThatCode(() -> RegistryProbe.check(registry.url())).doesNotThrowAnyException();
    }

    @Test
    void findsNoneUnderAnotherPathOfTheSameServer() {
        String root = URI.create(registry.url()).resolve("/").toString();

        assertThatThrownBy(() -> RegistryProbe.check(root))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("path");
    }

    @Test
    void findsNoneWhereNobodyAnswers() {
        String nobody = "http://localhost:%d/apis/ccompat/v7".formatted(FreePort.orFree(0));

        assertThatThrownBy(() -> RegistryProbe.check(nobody))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("No schema registry answers");
    }

    @Test
    void saysThatAnAddressIsNone() {
        assertThatThrownBy(() -> RegistryProbe.check("localhost:8081"))
                .isInstanceOf(ConfigException.class);
    }
}
