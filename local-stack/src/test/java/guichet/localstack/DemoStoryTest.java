package guichet.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import guichet.localstack.console.DeskConsole;
import guichet.localstack.console.LineFormat;
import guichet.localstack.traffic.DemoTraffic;
import guichet.policy.SupportPolicy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

@Isolated("its ninety seconds are those of a machine that does nothing else")
class DemoStoryTest {

    private static final Duration PROMISED = Duration.ofSeconds(90);

    private final ByteArrayOutputStream console = new ByteArrayOutputStream();
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    @TempDir private Path data;

    @Test
    void showsEveryKindOfOutcomeWithinNinetySeconds() throws Exception {
        try (Desk desk = Desk.start("demo", data, Ports.free(), Platform.OWN);
                DeskConsole watching =
                        DeskConsole.start(
                                desk.bootstrapServers(),
                                desk.registryUrl(),
                                new LineFormat(false, ZoneOffset.UTC),
                                new PrintStream(console, true, StandardCharsets.UTF_8));
                DemoTraffic traffic = DemoTraffic.start(stage(desk), complaints::add)) {

            await().atMost(PROMISED)
                    .untilAsserted(
                            () ->
                                    assertThat(console.toString(StandardCharsets.UTF_8))
                                            .contains("queued in en", "queued in pt")
                                            .contains("queued in es")
                                            .contains("DUE SOON", "MET", "BREACHED")
                                            .containsPattern("CONVERTED: chat in .. becomes ticket")
                                            .containsPattern(
                                                    "CONVERTED: call in .. becomes ticket"));
        }
        assertThat(complaints).isEmpty();
    }

    private static DemoTraffic.Stage stage(Desk desk) {
        SupportPolicy policy = SupportPolicy.load("demo");
        Instant now = Instant.now();
        return new DemoTraffic.Stage(
                desk.bootstrapServers(),
                desk.registryUrl(),
                desk.intake(),
                desk::token,
                policy.conversationLimit(now),
                policy.offerRules(now),
                4,
                7,
                1);
    }
}
