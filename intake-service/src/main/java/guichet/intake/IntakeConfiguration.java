package guichet.intake;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;

@Configuration(proxyBeanMethods = false)
class IntakeConfiguration {

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    Supplier<UUID> freshIds() {
        return UUID::randomUUID;
    }
}
