package guichet.escalation.conversion;

import guichet.chassis.DeskTopology;
import guichet.policy.SupportPolicy;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ConversionConfiguration {

    @Bean
    DeskTopology conversions(
            @Value("${spring.application.name}") String service,
            SupportPolicy policy,
            MeterRegistry meters) {
        return ConversionTask.topology(service, policy, meters);
    }
}
