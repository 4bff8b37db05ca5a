package guichet.deploy;

import guichet.deploy.Board.Panel;
import guichet.deploy.Board.Row;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A board in the JSON that Grafana loads: panels from left to right, each row under the last. */
final class GrafanaDashboard {

    /** That of {@code deploy/grafana/provisioning/datasources}. */
    private static final Map<String, Object> PROMETHEUS =
            map("type", "prometheus", "uid", "prometheus");

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static final int COLUMNS = 24;

    private final Board board;
    private final List<Object> panels = new ArrayList<>();
    private int x;
    private int y;
    private int rowEndsAt;

    private GrafanaDashboard(Board board) {
        this.board = board;
    }

    static String of(Board board) {
        return JSON.writeValueAsString(new GrafanaDashboard(board).dashboard()) + "\n";
    }

    private Map<String, Object> dashboard() {
        board.rows().forEach(this::add);
        return map(
                "title",
                board.title(),
                "uid",
                board.uid(),
                "description",
                board.description(),
                "tags",
                List.of("guichet"),
                "schemaVersion",
                39,
                "editable",
                false,
                "graphTooltip",
                1,
                "refresh",
                "10s",
                "time",
                map("from", "now-3h", "to", "now"),
                "timezone",
                "browser",
                "panels",
                panels);
    }

    private void add(Row row) {
        y = rowEndsAt;
        panels.add(
                map(
                        "id",
                        panels.size() + 1,
                        "type",
                        "row",
                        "title",
                        row.title(),
                        "collapsed",
                        false,
                        "gridPos",
                        map("x", 0, "y", y, "w", COLUMNS, "h", 1),
                        "panels",
                        List.of()));
        x = 0;
        y++;
        rowEndsAt = y;
        row.panels().forEach(this::add);
    }

    private void add(Panel panel) {
        int height =
                switch (panel.kind()) {
                    case STAT -> 5;
                    case LINES -> 8;
                };
        int width =
                switch (panel.kind()) {
                    case STAT -> 4;
                    case LINES -> 8;
                };
        if (x + width > COLUMNS) {
            x = 0;
            y = rowEndsAt;
        }
        panels.add(
                map(
                        "id",
                        panels.size() + 1,
                        "type",
                        switch (panel.kind()) {
                            case STAT -> "stat";
                            case LINES -> "timeseries";
                        },
                        "title",
                        panel.title(),
                        "description",
                        panel.description(),
                        "datasource",
                        PROMETHEUS,
                        "gridPos",
                        map("x", x, "y", y, "w", width, "h", height),
                        "fieldConfig",
                        map(
                                "defaults",
                                map("unit", panel.unit(), "min", 0),
                                "overrides",
                                List.of()),
                        "targets",
                        targets(panel)));
        x += width;
        rowEndsAt = Math.max(rowEndsAt, y + height);
    }

    private static List<Object> targets(Panel panel) {
        List<Object> targets = new ArrayList<>();
        panel.queries()
                .forEach(
                        (legend, query) ->
                                targets.add(
                                        map(
                                                "refId",
                                                Character.toString('A' + targets.size()),
                                                "datasource",
                                                PROMETHEUS,
                                                "expr",
                                                query,
                                                "legendFormat",
                                                legend)));
        return targets;
    }

    /** In the order given, so that the file reads and compares well. */
    private static Map<String, Object> map(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
