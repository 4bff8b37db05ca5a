package guichet.deploy;

import org.yaml.snakeyaml.Yaml;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A dashboard as people write it, in {@code deploy/grafana/boards}. */
record Board(String title, String uid, String description, List<Row> rows) {

    private static final JsonMapper STRICT =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                    .build();

    record Row(String title, List<Panel> panels) {}

    /**
     * One picture.
     *
     * @param as how it is drawn; {@code null} for lines over time
     * @param unit as Grafana names it
     * @param queries PromQL by what the legend says
     */
    record Panel(
            String title, Kind as, String unit, String description, Map<String, String> queries) {

        Kind kind() {
            return as == null ? Kind.LINES : as;
        }
    }

    enum Kind {
        STAT,
        LINES
    }

    static Board read(Path file) {
        try {
            return STRICT.convertValue(new Yaml().load(Files.readString(file)), Board.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Stream<Panel> panels() {
        return rows.stream().flatMap(row -> row.panels().stream());
    }
}
