package guichet.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.localstack.platform.ChildJvm;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;

class LocalStackTest {

    private final StringWriter errors = new StringWriter();
    private final StringWriter output = new StringWriter();
    private final Ports ports = Ports.free();

    @TempDir Path data;

    @Test
    void refusesToStartWhereAPortIsTaken() throws Exception {
        try (var other = new ServerSocket(ports.kafka(), 1, InetAddress.getLoopbackAddress())) {
            int code = run("--data", data.toString());

            assertThat(code).isEqualTo(1);
            assertThat(errors.toString())
                    .contains("Port %d".formatted(other.getLocalPort()), "for Kafka");
            assertThat(data).isEmptyDirectory();
        }
    }

    @Test
    void saysWhyAPartDoesNotComeUpAndLogsIt() throws Exception {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                ChildJvm desk =
                        ChildJvm.run(
                                DeskOnFreePorts.class,
                                "--data",
                                data.toString(),
                                "--kafka",
                                "localhost:" + silent.getLocalPort(),
                                "--registry",
                                "http://localhost:" + silent.getLocalPort(),
                                "--database",
                                "jdbc:postgresql://localhost:1/guichet")) {
            assertThat(desk.lineAfter("PostgreSQL did not come up: "))
                    .contains("localhost:1", "--database wants", "Connection refused");
            assertThat(desk.process().waitFor()).isEqualTo(1);
            assertThat(data.resolve("log/desk.log"))
                    .content()
                    .contains("The desk did not start", "PSQLException");
        }
    }

    @Test
    void namesAPolicyItDoesNotKnow() {
        int code = run("--policy", "holiday");

        assertThat(code).isEqualTo(2);
        assertThat(errors.toString()).contains("--policy", "holiday");
    }

    @Test
    void namesARateThatMakesNoSense() {
        int code = run("--rate", "0");

        assertThat(code).isEqualTo(2);
        assertThat(errors.toString()).contains("--rate must be above 0");
    }

    @Test
    void helpsWithItsOptions() {
        int code = run("--help");

        assertThat(code).isZero();
        assertThat(output.toString())
                .contains("--no-traffic", "--seed", "--fresh", "explain", "week", "judge");
    }

    private int run(String... arguments) {
        PrintStream desk = new PrintStream(new ByteArrayOutputStream());
        return LocalStack.commands(ports, desk)
                .setErr(new PrintWriter(errors, true))
                .setOut(new PrintWriter(output, true))
                .execute(arguments);
    }
}
