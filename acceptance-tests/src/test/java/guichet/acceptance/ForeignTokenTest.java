package guichet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.intake.IntakeService;
import guichet.localstack.Ports;
import guichet.localstack.platform.DemoIdentity;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.context.ConfigurableApplicationContext;

import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/** A good signature is not enough: the token must come from the provider that intake believes. */
@Execution(ExecutionMode.CONCURRENT)
class ForeignTokenTest {

    private static final Map<String, String> NO_QUESTION = Map.of("site", "no site at all");

    @Test
    void aTokenOfAnotherIssuerIsRefusedThoughItsKeyIsKnown(@TempDir Path folder) {
        int port = Ports.free().intake();
        URI address = URI.create("http://localhost:" + port);
        try (DemoIdentity believed = identity(folder);
                DemoIdentity foreign = identity(folder);
                ConfigurableApplicationContext intake =
                        IntakeService.start(
                                "--server.port=" + port,
                                "--guichet.requests.password=",
                                "--guichet.attachments.folder=" + folder.resolve("attachments"),
                                "--spring.security.oauth2.resourceserver.jwt.issuer-uri="
                                        + believed.issuer(),
                                "--spring.security.oauth2.resourceserver.jwt.jwk-set-uri="
                                        + believed.jwkSetUri())) {

            assertThat(intake.isRunning()).isTrue();
            assertThat(chat(address, believed)).isEqualTo(400);
            assertThat(chat(address, foreign)).isEqualTo(401);
        }
    }

    /** 400 for a caller who is let in, as the request has a fault. */
    private static int chat(URI address, DemoIdentity identity) {
        return new Customers(address, URI.create(identity.issuer()))
                .post("/api/chats", "basic", "key", NO_QUESTION)
                .status();
    }

    private static DemoIdentity identity(Path folder) {
        return DemoIdentity.start(folder, 0, InstantSource.system());
    }
}
