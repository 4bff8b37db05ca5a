package guichet.intake;

import guichet.chassis.door.DoorConfiguration;
import guichet.chassis.door.DoorLanguage;
import guichet.intake.words.CustomersLanguage;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import java.util.UUID;
import java.util.function.Supplier;

@Configuration(proxyBeanMethods = false)
@Import(DoorConfiguration.class)
class IntakeConfiguration {

    @Bean
    DoorLanguage customersLanguage() {
        return CustomersLanguage::of;
    }

    @Bean
    Supplier<UUID> freshIds() {
        return UUID::randomUUID;
    }
}
