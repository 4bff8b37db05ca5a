package guichet.chassis.traces;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

class TracingOffTest {

    private static final String ENDPOINT = "management.opentelemetry.tracing.export.otlp.endpoint";

    private static final List<String> ALL =
            ImportCandidates.load(AutoConfiguration.class, null).getCandidates();

    @Test
    void leavesNothingOfTracingWhereThereIsNoEndpoint() {
        assertThat(left(Map.of()))
                .isNotEmpty()
                .noneMatch(name -> name.contains(".tracing.") || name.contains("opentelemetry"));
        assertThat(left(Map.of(ENDPOINT, ""))).isEqualTo(left(Map.of()));
    }

    @Test
    void leavesAllWhereThereIsOne() {
        assertThat(left(Map.of(ENDPOINT, "http://collector:4318/v1/traces"))).isEqualTo(ALL);
    }

    private static List<String> left(Map<String, Object> settings) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", settings));
        TracingOff filter = new TracingOff();
        filter.setEnvironment(environment);
        boolean[] stays = filter.match(ALL.toArray(String[]::new), null);
        return IntStream.range(0, stays.length).filter(i -> stays[i]).mapToObj(ALL::get).toList();
    }
}
