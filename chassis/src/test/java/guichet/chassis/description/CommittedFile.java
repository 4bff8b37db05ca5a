package guichet.chassis.description;

import static org.assertj.core.api.Assertions.assertThat;

import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A file that is generated and kept under version control. A test holds it against what would be
 * generated now; with {@code -Dguichet.descriptions=write} it is written anew.
 */
public final class CommittedFile {

    private static final String HEADER =
            "# Generated, and checked by the build; -Dguichet.descriptions=write writes it anew.\n";

    private final Path path;

    private CommittedFile(Path path) {
        this.path = path;
    }

    /** The one of that name in {@code docs}; tests run in the folder of their module. */
    public static CommittedFile inDocs(String name) {
        return new CommittedFile(Path.of("..", "docs").resolve(name));
    }

    /** The one of that name in {@code deploy/kafka}. */
    static CommittedFile inDeployKafka(String name) {
        return new CommittedFile(Path.of("..", "deploy", "kafka").resolve(name));
    }

    /** Holds the file against what it should say. */
    public void mustSay(Map<String, ?> content) {
        mustSayText(HEADER + yaml().dump(content));
    }

    /** Holds a file of several documents against what they should say. */
    void mustSay(List<Map<String, Object>> documents) {
        mustSayText(
                documents.stream()
                        .map(yaml()::dump)
                        .collect(Collectors.joining("---\n", HEADER, "")));
    }

    /** Holds a script against what it should do. */
    void mustRun(List<String> commands) {
        mustSayText("#!/bin/sh\n" + HEADER + String.join("\n", commands) + "\n");
    }

    private void mustSayText(String text) {
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
