package guichet.routing.queueing;

import guichet.chassis.DeskTopology;
import guichet.policy.SupportPolicy;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class QueueingConfiguration {

    @Bean
    DeskTopology queueing(
            @Value("${spring.application.name}") String service, SupportPolicy policy) {
        return QueueingTask.topology(service, policy);
    }
}
