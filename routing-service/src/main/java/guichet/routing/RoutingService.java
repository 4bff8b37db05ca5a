package guichet.routing;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Gives each contact its language queue and its priority. */
@SpringBootApplication(proxyBeanMethods = false)
public class RoutingService {

    public static void main(String[] args) {
        start(args);
    }

    /**
     * Starts the service; its settings are in routing-service.yml, so that several services fit in
     * one JVM.
     */
    public static ConfigurableApplicationContext start(String... args) {
        return new SpringApplicationBuilder(RoutingService.class)
                .properties("spring.config.name=routing-service")
                .run(args);
    }
}
