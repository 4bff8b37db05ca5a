package guichet.chassis.door;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/** What is around a door in a test over HTTP: the log, the clock and the key of the tokens. */
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

    @Bean
    JwtDecoder jwtDecoder() {
        return Tokens.decoder();
    }
}
