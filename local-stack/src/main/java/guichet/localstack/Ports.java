package guichet.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where each part of the desk listens. */
public record Ports(
        int kafka,
        int registry,
        int intake,
        int routing,
        int slaMonitor,
        int escalation,
        int identity) {

    /** The ports that tools and documents rely on. */
    public static Ports published() {
        return new Ports(9092, 8081, 8080, 8082, 8083, 8084, 8090);
    }

    /** Seven different ports that were free a moment ago, for tests. */
    public static Ports free() {
        return free(1).getFirst();
    }

    /** As above, for several desks side by side: no port is given twice. */
    public static List<Ports> free(int desks) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < desks * 7; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            List<Ports> free = new ArrayList<>();
            for (int first = 0; first < held.size(); first += 7) {
                free.add(of(held.subList(first, first + 7)));
            }
            for (ServerSocket socket : held) {
                socket.close();
            }
            return List.copyOf(free);
        } catch (IOException e) {
            throw new UncheckedIOException("No free ports on the loopback address", e);
        }
    }

    private static Ports of(List<ServerSocket> seven) {
        List<Integer> found = seven.stream().map(ServerSocket::getLocalPort).toList();
        return new Ports(
                found.get(0),
                found.get(1),
                found.get(2),
                found.get(3),
                found.get(4),
                found.get(5),
                found.get(6));
    }

    /** One sentence for each port that somebody else holds; empty when the desk can start. */
    List<String> occupied(Platform platform) {
        return uses(platform).entrySet().stream()
                .filter(use -> !isFree(use.getKey()))
                .map(
                        use ->
                                "Port %d, which the desk needs for %s, is taken."
                                        .formatted(use.getKey(), use.getValue()))
                .toList();
    }

    private Map<Integer, String> uses(Platform platform) {
        Map<Integer, String> uses = new LinkedHashMap<>();
        if (platform.kafka() == null) {
            uses.put(kafka, "Kafka");
        }
        if (platform.registry() == null) {
            uses.put(registry, "the schema registry");
        }
        uses.put(intake, "the intake service");
        uses.put(routing, "the routing service");
        uses.put(slaMonitor, "the SLA monitor");
        uses.put(escalation, "the escalation service");
        uses.put(identity, "demo tokens");
        return uses;
    }

    /** Tries both addresses: some systems let the general one stand beside a taken special one. */
    private static boolean isFree(int port) {
        return canBind(new InetSocketAddress(port))
                && canBind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    private static boolean canBind(InetSocketAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(address);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
