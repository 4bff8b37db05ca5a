package guichet.routing.queueing;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** The routing service's queueing stage in a process of its own. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(QueueingConfiguration.class)
public class QueueingStage {

    public static final String NAME = "queueing-stage";

    /**
     * @param args the settings of the routing service, and a name
     */
    public static void main(String[] args) {
        new SpringApplicationBuilder(QueueingStage.class)
                .properties("spring.config.name=routing-service")
                .run(args);
    }
}
