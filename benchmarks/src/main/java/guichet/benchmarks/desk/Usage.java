package guichet.benchmarks.desk;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** How much of the processors each process has used since. */
final class Usage {

    private final Map<String, ChildJvm> children;
    private final Map<String, Duration> before = new LinkedHashMap<>();
    private final long began = System.nanoTime();

    /**
     * @param children by name; this JVM is told as "the driver"
     */
    Usage(Map<String, ChildJvm> children) {
        this.children = children;
        before.putAll(now());
    }

    void tell(Figures figures) {
        double elapsed = System.nanoTime() - began;
        now().forEach(
                        (name, used) ->
                                figures.tell(
                                        "cores used by " + name,
                                        used.minus(before.get(name)).toNanos() / elapsed,
                                        "cores"));
    }

    private Map<String, Duration> now() {
        Map<String, Duration> now = new LinkedHashMap<>();
        children.forEach((name, child) -> now.put(name, child.processorTime()));
        now.put("the driver", ProcessHandle.current().info().totalCpuDuration().orElseThrow());
        return now;
    }
}
