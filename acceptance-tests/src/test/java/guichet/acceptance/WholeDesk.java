package guichet.acceptance;

import guichet.localstack.Desk;
import guichet.localstack.Ports;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Hands tests the whole desk under the demo policy, over a real broker and registry; started once
 * for all test classes. {@link Ground} says where broker and registry run.
 */
final class WholeDesk implements ParameterResolver {

    /** A running desk and the people around it. */
    record Running(
            Ground ground,
            Desk desk,
            Ports ports,
            Customers customers,
            AgentTools agents,
            DeskLog log)
            implements AutoCloseable {

        static Running start() {
            Ground ground = Ground.chosen();
            try {
                return startOn(ground);
            } catch (IOException e) {
                ground.close();
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                ground.close();
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            } catch (RuntimeException e) {
                ground.close();
                throw e;
            }
        }

        private static Running startOn(Ground ground) throws IOException, InterruptedException {
            Path data = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "desk");
            Ports ports = Ports.free();
            Desk desk = Desk.start("demo", data, ports, ground.platform());
            return new Running(
                    ground,
                    desk,
                    ports,
                    new Customers(desk.intake(), desk.identity()),
                    new AgentTools(desk.bootstrapServers(), desk.registryUrl()),
                    new DeskLog(desk.bootstrapServers(), desk.registryUrl()));
        }

        @Override
        public void close() {
            log.close();
            agents.close();
            desk.close();
            ground.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == Running.class;
    }

    @Override
    public Running resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return test.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .computeIfAbsent(Running.class, none -> Running.start(), Running.class);
    }
}
