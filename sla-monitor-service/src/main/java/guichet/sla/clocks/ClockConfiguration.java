package guichet.sla.clocks;

import guichet.chassis.AnnouncedClosuresConfiguration;
import guichet.chassis.Announcements;
import guichet.chassis.DeskTopology;
import guichet.policy.SupportPolicy;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@Configuration(proxyBeanMethods = false)
@Import(AnnouncedClosuresConfiguration.class)
class ClockConfiguration {

    @Bean
    DeskTopology clocks(
            @Value("${spring.application.name}") String service,
            SupportPolicy policy,
            Announcements announcements,
            MeterRegistry meters) {
        return ClockTask.topology(service, policy, announcements, new ClockMetrics(meters));
    }
}
