package guichet.acceptance;

import guichet.localstack.Ports;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Hands tests the whole desk under the demo policy, over a real broker and registry; started once
 * for all test classes. {@link DeskUnderTest} says how it runs.
 */
final class WholeDesk implements ParameterResolver {

    /** A running desk and the people around it. */
    record Running(DeskUnderTest desk, Customers customers, AgentTools agents, DeskLog log)
            implements AutoCloseable {

        static Running start() {
            try {
                return around(DeskUnderTest.start());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        private static Running around(DeskUnderTest desk) {
            try {
                return new Running(
                        desk,
                        new Customers(desk.intake(), desk.identity()),
                        new AgentTools(desk.bootstrapServers(), desk.registryUrl()),
                        new DeskLog(desk.bootstrapServers(), desk.registryUrl()));
            } catch (RuntimeException e) {
                desk.close();
                throw e;
            }
        }

        Ports ports() {
            return desk.ports();
        }

        @Override
        public void close() {
            log.close();
            agents.close();
            desk.close();
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
