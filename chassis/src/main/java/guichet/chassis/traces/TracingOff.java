package guichet.chassis.traces;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

import java.util.List;

/**
 * Leaves Spring Boot's tracing out where there is nobody to send traces to. Without this it would
 * make a span of each request and throw it away.
 */
final class TracingOff implements AutoConfigurationImportFilter, EnvironmentAware {

    private static final String ENDPOINT = "management.opentelemetry.tracing.export.otlp.endpoint";

    private static final List<String> TRACING =
            List.of(
                    "org.springframework.boot.micrometer.tracing.",
                    "org.springframework.boot.opentelemetry.");

    private boolean isOff;

    @Override
    public void setEnvironment(Environment environment) {
        isOff = !StringUtils.hasText(environment.getProperty(ENDPOINT));
    }

    /** An entry of the array is null where another filter has left it out. */
    @Override
    public boolean[] match(@Nullable String[] configurations, AutoConfigurationMetadata metadata) {
        boolean[] stays = new boolean[configurations.length];
        for (int i = 0; i < stays.length; i++) {
            String name = configurations[i];
            stays[i] = !isOff || name == null || TRACING.stream().noneMatch(name::startsWith);
        }
        return stays;
    }
}
