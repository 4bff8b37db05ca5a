package guichet.benchmarks.timers;

import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All that was measured, in order. */
final class Figures {

    private static final double MEDIAN = 0.5;
    private static final double P99 = 0.99;

    private final List<Figure> figures = new ArrayList<>();
    private String scenario = "";

    /** What follows belongs to that scenario. */
    void begin(String newScenario) {
        scenario = newScenario;
        System.out.println("... " + newScenario);
    }

    void tell(String what, double value, String unit) {
        figures.add(new Figure(scenario, what, value, unit, null));
    }

    void hold(String what, double value, String unit, Limit limit) {
        figures.add(new Figure(scenario, what, value, unit, limit));
    }

    /** Median, 99th percentile and maximum. */
    void tell(String of, Lateness lateness) {
        tell(of + ", median", lateness.percentile(MEDIAN), "ms");
        tell(of + ", p99", lateness.percentile(P99), "ms");
        tell(of + ", max", lateness.max(), "ms");
    }

    /** As above, the 99th percentile being held to a limit. */
    void hold(String of, Lateness lateness, Limit p99) {
        tell(of + ", median", lateness.percentile(MEDIAN), "ms");
        hold(of + ", p99", lateness.percentile(P99), "ms", p99);
        tell(of + ", max", lateness.max(), "ms");
    }

    /** None may be missed, doubled or false. */
    void hold(Outcomes.Verdict verdict) {
        Limit none = new Limit.AtMost(0);
        tell("fired", verdict.fired(), "");
        hold("missed", verdict.missed(), "", none);
        hold("fired twice", verdict.doubled(), "", none);
        hold(
                "fired though answered in time, early, or for another due",
                verdict.falsely(),
                "",
                none);
    }

    boolean areKept() {
        return figures.stream().allMatch(Figure::isKept);
    }

    void print() {
        String printed = "";
        for (Figure figure : figures) {
            if (!figure.scenario().equals(printed)) {
                printed = figure.scenario();
                System.out.println(printed);
            }
            System.out.println(figure);
        }
    }

    void write(Path file, Machine machine, int count) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("machine", machine);
        all.put("count", count);
        all.put("kept", areKept());
        all.put("figures", figures.stream().map(Figures::inJson).toList());
        JsonMapper.builder()
                .build()
                .writerWithDefaultPrettyPrinter()
                .writeValue(file.toFile(), all);
    }

    private static Map<String, Object> inJson(Figure figure) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("scenario", figure.scenario());
        json.put("what", figure.what());
        json.put("value", figure.value());
        json.put("unit", figure.unit());
        if (figure.limit() != null) {
            json.put("limit", figure.limit().toString());
            json.put("kept", figure.isKept());
        }
        return json;
    }
}
