package guichet.routing.matching;

import guichet.chassis.DeskTopology;
import guichet.policy.SupportPolicy;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

@Configuration(proxyBeanMethods = false)
class MatchingConfiguration {

    @Bean
    Questions questions() {
        return new Questions();
    }

    @Bean
    @Order(1)
    DeskTopology matching(
            @Value("${spring.application.name}") String service,
            SupportPolicy policy,
            Questions questions,
            MeterRegistry meters) {
        return MatchingTask.topology(service, policy, questions, new MatchingMetrics(meters));
    }
}
