package guichet.sla.clocks;

import guichet.chassis.DeskTopology;
import guichet.policy.SupportPolicy;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ClockConfiguration {

    @Bean
    DeskTopology clocks(@Value("${spring.application.name}") String service, SupportPolicy policy) {
        return ClockTask.topology(service, policy);
    }
}
