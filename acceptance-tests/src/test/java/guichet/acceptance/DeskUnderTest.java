package guichet.acceptance;

import guichet.localstack.Desk;
import guichet.localstack.Ports;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A whole desk under the demo policy, however it runs. The system property {@value #CHOICE}
 * chooses: {@code own}, the default, is one JVM with broker and registry of its own; {@code
 * containers} has those in containers; {@code images} is all of docker-compose.yml.
 */
interface DeskUnderTest extends AutoCloseable {

    String CHOICE = "guichet.platform";

    /** Starts what was chosen. */
    static DeskUnderTest start() throws IOException, InterruptedException {
        String choice = System.getProperty(CHOICE, "own");
        return switch (choice) {
            case "own" -> InOneProcess.start(new Ground.Own());
            case "containers" -> InOneProcess.start(Containers.start());
            case ComposedDesk.CHOSEN -> ComposedDesk.start();
            default ->
                    throw new IllegalArgumentException(
                            "-D%s is own, containers or images, not %s".formatted(CHOICE, choice));
        };
    }

    Ports ports();

    /** What {@code bootstrap.servers} of a client must say. */
    String bootstrapServers();

    /** What {@code schema.registry.url} of a client must say. */
    String registryUrl();

    /** Address of the intake service. */
    URI intake();

    /** Address of the demo identity provider. */
    URI identity();

    @Override
    void close();

    /** Services in this JVM. */
    record InOneProcess(Ground ground, Ports ports, Desk desk) implements DeskUnderTest {

        static InOneProcess start(Ground ground) throws IOException, InterruptedException {
            try {
                Path data = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "desk");
                Ports ports = Ports.free();
                Desk desk = Desk.start("demo", data, ports, ground.platform());
                return new InOneProcess(ground, ports, desk);
            } catch (IOException | InterruptedException | RuntimeException e) {
                ground.close();
                throw e;
            }
        }

        @Override
        public String bootstrapServers() {
            return desk.bootstrapServers();
        }

        @Override
        public String registryUrl() {
            return desk.registryUrl();
        }

        @Override
        public URI intake() {
            return desk.intake();
        }

        @Override
        public URI identity() {
            return desk.identity();
        }

        @Override
        public void close() {
            desk.close();
            ground.close();
        }
    }
}
