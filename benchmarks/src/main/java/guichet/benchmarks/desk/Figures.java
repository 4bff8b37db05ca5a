package guichet.benchmarks.desk;

import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All that was measured, in order; printed as it comes. */
final class Figures {

    private static final double MEDIAN = 0.5;
    private static final double P99 = 0.99;

    /** What is measured under one heading. */
    interface Scenario {
        void measure() throws Exception;
    }

    private final List<Figure> figures = new ArrayList<>();
    private String scenario = "";

    /** What follows belongs to that scenario. */
    void begin(String newScenario) {
        scenario = newScenario;
        System.out.println(newScenario);
    }

    /** A scenario that fails is told as a limit missed, and leaves the others their figures. */
    void attempt(Scenario measured) throws InterruptedException {
        try {
            measured.measure();
        } catch (InterruptedException stopped) {
            throw stopped;
        } catch (Exception failed) {
            failed.printStackTrace();
            hold("it failed: " + failed.getMessage(), 1, "", new Limit.AtMost(0));
        }
    }

    void tell(String what, double value, String unit) {
        add(new Figure(scenario, what, value, unit, null));
    }

    void hold(String what, double value, String unit, Limit limit) {
        add(new Figure(scenario, what, value, unit, limit));
    }

    private void add(Figure figure) {
        System.out.println(figure);
        figures.add(figure);
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

    void write(Path file, Machine machine, Map<String, Object> sizes) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("machine", machine);
        all.putAll(sizes);
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
