package guichet.intake;

import guichet.policy.SupportPolicy;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IntakeSettings.class)
class IntakeConfiguration {

    @Bean
    SupportPolicy supportPolicy(IntakeSettings settings) {
        return SupportPolicy.load(settings.policy());
    }

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    Supplier<UUID> freshIds() {
        return UUID::randomUUID;
    }
}
