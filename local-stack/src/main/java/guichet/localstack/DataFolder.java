package guichet.localstack;

import guichet.localstack.platform.KafkaCluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where a local desk keeps everything between two runs. */
record DataFolder(Path path) {

    private static final List<String> OURS =
            List.of(
                    "attachments",
                    "attachments-of",
                    "identity",
                    "kafka",
                    "log",
                    "postgres",
                    "registry",
                    "streams");

    Path logs() {
        return path.resolve("log");
    }

    Path stores(KafkaCluster cluster) {
        return path.resolve("streams").resolve(cluster.id());
    }

    /** Each Kafka has its own: a file of which it knows no ticket is an orphan and is deleted. */
    Path attachments(Platform platform, KafkaCluster cluster) {
        return platform.kafka() == null
                ? path.resolve("attachments")
                : path.resolve("attachments-of").resolve(cluster.id());
    }

    /** Deletes what a desk keeps here, and nothing else that may lie beside it. */
    void clear() {
        OURS.stream().map(path::resolve).filter(Files::exists).forEach(DataFolder::delete);
    }

    private static void delete(Path tree) {
        try (Stream<Path> entries = Files.walk(tree)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(entry);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + tree, e);
        }
    }
}
