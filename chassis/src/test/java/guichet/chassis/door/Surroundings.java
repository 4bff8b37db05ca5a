package guichet.chassis.door;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** What is around a door in a test over HTTP: the log and the clock. */
@Configuration(proxyBeanMethods = false)
public class Surroundings {

    @Bean
    @Primary
    InMemoryEventLog inMemoryEventLog() {
        return new InMemoryEventLog();
    }

    @Bean
    @Primary
    SettableClock settableClock() {
        return new SettableClock();
    }
}
