package guichet.localstack.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;

class RegistryProcessTest {

    private static final String SCHEMA = "{\"schema\": \"{\\\"type\\\": \\\"string\\\"}\"}";

    @TempDir Path folder;

    @Test
    void keepsASchemaThatWasAcknowledgedRightBeforeAKill() throws Exception {
        String answer;
        try (RegistryProcess first = RegistryProcess.start(folder, 0)) {
            answer = register(first);
            ProcessHandle.of(first.pid()).orElseThrow().destroyForcibly();
        }

        try (RegistryProcess second = RegistryProcess.start(folder, 0)) {
            assertThat(register(second)).isEqualTo(answer);
        }
    }

    @Test
    void endsWithAParentThatIsKilled() throws Exception {
        ProcessHandle registry;
        try (ChildJvm parent = ChildJvm.run(RegistryParent.class, folder.toString())) {
            long pid = Long.parseLong(parent.lineAfter(RegistryParent.SAYS));
            registry = ProcessHandle.of(pid).orElseThrow();
            parent.kill();
        }

        await().until(() -> !registry.isAlive());
    }

    @Test
    void saysWhyItDoesNotStart() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int port = taken.getLocalPort();

            assertThatIllegalStateException()
                    .isThrownBy(() -> RegistryProcess.start(folder, port))
                    .withMessageContaining("port " + port)
                    .withMessageContaining("already");
        }
    }

    private static String register(RegistryProcess registry)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(registry.url() + "/subjects/words/versions"))
                        .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                        .POST(BodyPublishers.ofString(SCHEMA))
                        .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            var response = http.send(request, BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            return response.body();
        }
    }
}
