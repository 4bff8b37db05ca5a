package guichet.intake;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The customers' door: requests come in over HTTP and go out as events. */
@SpringBootApplication(proxyBeanMethods = false)
public class IntakeService {

    public static void main(String[] args) {
        start(args);
    }

    /**
     * Starts the service; its settings are in intake-service.yml, so that several services fit in
     * one JVM.
     */
    public static ConfigurableApplicationContext start(String... args) {
        return new SpringApplicationBuilder(IntakeService.class)
                .properties("spring.config.name=intake-service")
                .run(args);
    }
}
