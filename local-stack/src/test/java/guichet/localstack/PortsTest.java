package guichet.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.ServerSocket;

class PortsTest {

    @Test
    void areThoseThatToolsRelyOn() {
        assertThat(Ports.published())
                .isEqualTo(new Ports(9092, 8081, 8080, 8082, 8083, 8084, 8090));
    }

    @Test
    void saysWhichPortIsTakenAndWhatItIsFor() throws Exception {
        Ports ports = Ports.free();

        try (var other = new ServerSocket(ports.registry(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(ports.occupied(Platform.OWN))
                    .containsExactly(
                            "Port %d, which the desk needs for the schema registry, is taken."
                                    .formatted(other.getLocalPort()));
        }
    }

    @Test
    void asksForNoPortOfWhatRunsAlready() throws Exception {
        Ports ports = Ports.free();
        Platform platform = new Platform(null, "http://registry.example/apis/ccompat/v7", null);

        try (var other = new ServerSocket(ports.registry(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(other.isBound()).isTrue();
            assertThat(ports.occupied(platform)).isEmpty();
        }
    }

    @Test
    void findsNothingTakenWhereNobodyListens() {
        assertThat(Ports.free().occupied(Platform.OWN)).isEmpty();
    }
}
