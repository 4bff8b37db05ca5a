package guichet.escalation;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Turns chats and calls that last too long into web tickets. */
@SpringBootApplication(proxyBeanMethods = false)
public class EscalationService {

    public static void main(String[] args) {
        start(args);
    }

    /**
     * Starts the service; its settings are in escalation-service.yml, so that several services fit
     * in one JVM.
     */
    public static ConfigurableApplicationContext start(String... args) {
        return new SpringApplicationBuilder(EscalationService.class)
                .properties("spring.config.name=escalation-service")
                .run(args);
    }
}
