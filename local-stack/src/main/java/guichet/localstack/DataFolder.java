package guichet.localstack;

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
            List.of("attachments", "identity", "kafka", "log", "postgres", "registry", "streams");

    Path logs() {
        return path.resolve("log");
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
