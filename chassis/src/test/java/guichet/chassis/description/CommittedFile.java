package guichet.chassis.description;

import static org.assertj.core.api.Assertions.assertThat;

import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A file in {@code docs} that is generated and kept under version control. A test holds it against
 * what would be generated now; with {@code -Dguichet.descriptions=write} it is written anew.
 */
public final class CommittedFile {

    private static final String HEADER =
            "# Generated, and checked by the build; -Dguichet.descriptions=write writes it anew.\n";

    private final Path path;

    private CommittedFile(Path path) {
        this.path = path;
    }

    /** The one of that name; tests run in the folder of their module. */
    public static CommittedFile inDocs(String name) {
        return new CommittedFile(Path.of("..", "docs").resolve(name));
    }

    /** Holds the file against what it should say. */
    public void mustSay(Map<String, ?> content) {
        String text = HEADER + yaml().dump(content);
        try {
            if ("write".equals(System.getProperty("guichet.descriptions"))) {
                Files.createDirectories(path.getParent());
                Files.writeString(path, text);
            }
            assertThat(Files.readString(path))
                    .as("%s; if the change is meant, run with -Dguichet.descriptions=write", path)
                    .isEqualTo(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Yaml yaml() {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setDereferenceAliases(true);
        options.setWidth(110);
        return new Yaml(options);
    }
}
