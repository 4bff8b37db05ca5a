package guichet.routing.queueing;

import guichet.chassis.AnnouncedClosuresConfiguration;
import guichet.chassis.Announcements;
import guichet.chassis.DeskTopology;
import guichet.policy.SupportPolicy;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;

@Configuration(proxyBeanMethods = false)
@Import(AnnouncedClosuresConfiguration.class)
class QueueingConfiguration {

    @Bean
    @Order(0)
    DeskTopology queueing(
            @Value("${spring.application.name}") String service,
            SupportPolicy policy,
            Announcements announcements) {
        return QueueingTask.topology(service, policy, announcements);
    }
}
