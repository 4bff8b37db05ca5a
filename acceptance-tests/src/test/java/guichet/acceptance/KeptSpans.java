package guichet.acceptance;

import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SpanExporters;
import org.springframework.context.annotation.Bean;

import java.util.List;
import java.util.Map;

/**
 * Keeps the spans of all services that are started while {@link #settings} are among the system's
 * properties, instead of sending them anywhere.
 */
@AutoConfiguration(before = OpenTelemetryTracingAutoConfiguration.class)
@ConditionalOnBooleanProperty(KeptSpans.CHOSEN)
class KeptSpans {

    static final String CHOSEN = "guichet.test.keep-spans";

    private static final InMemorySpanExporter KEPT = InMemorySpanExporter.create();

    @Bean
    SpanExporters keptSpans() {
        return SpanExporters.of(List.of(KEPT));
    }

    static Map<String, String> settings() {
        return Map.of(
                CHOSEN,
                "true",
                "management.opentelemetry.tracing.export.otlp.endpoint",
                "http://localhost:1/v1/traces",
                "management.opentelemetry.tracing.export.schedule-delay",
                "100ms",
                "management.tracing.sampling.probability",
                "1.0");
    }

    /** Those that have ended so far. */
    static List<SpanData> ended() {
        return KEPT.getFinishedSpanItems();
    }
}
