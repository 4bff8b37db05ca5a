package guichet.sla;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Keeps the clock of each contact's first response. */
@SpringBootApplication(proxyBeanMethods = false)
public class SlaMonitorService {

    public static void main(String[] args) {
        start(args);
    }

    /**
     * Starts the service; its settings are in sla-monitor-service.yml, so that several services fit
     * in one JVM.
     */
    public static ConfigurableApplicationContext start(String... args) {
        return new SpringApplicationBuilder(SlaMonitorService.class)
                .properties("spring.config.name=sla-monitor-service")
                .run(args);
    }
}
