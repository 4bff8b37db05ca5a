package guichet.chassis.traces;

import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.exporter.SpanExportingPredicate;
import io.micrometer.tracing.otel.bridge.Slf4JEventListener;
import io.micrometer.tracing.propagation.Propagator;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * What the desk adds to Spring Boot's tracing, which is there only where it is {@link TracingOff
 * not off}.
 */
@AutoConfiguration(before = OpenTelemetryTracingAutoConfiguration.class)
class TracesAutoConfiguration {

    @Bean
    MessageSpans messageSpans(
            ObjectProvider<Tracer> tracer, ObjectProvider<Propagator> propagator) {
        Tracer present = tracer.getIfAvailable();
        return present == null
                ? MessageSpans.OFF
                : MessageSpans.of(present, propagator.getObject());
    }

    /** The names that the Elastic Common Schema has for them. */
    @Bean
    Slf4JEventListener idsInLogLines() {
        return new Slf4JEventListener("trace.id", "span.id");
    }

    /** Questions about health and metrics come every few seconds. */
    @Bean
    SpanExportingPredicate noQuestionsAboutHealth() {
        return span -> !span.getTags().getOrDefault("uri", "").startsWith("/actuator");
    }
}
