package guichet.benchmarks.desk;

import guichet.chassis.door.DoorConfiguration;
import guichet.chassis.door.DoorLanguage;
import guichet.chassis.door.DoorSecurity;
import guichet.chassis.door.Problems;
import guichet.policy.Language;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import java.util.List;
import java.util.UUID;

/**
 * The baseline of the customers' door: a controller that puts each body as it came into a record of
 * its own, waits until Kafka has it, and answers 201 with an id. It looks at nothing. Server,
 * threads and producer are set as the door's.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({BareDoor.Tickets.class, BareDoor.SignedIn.class})
class BareDoor {

    static final String NAME = "bare-door";
    static final String TOPIC = "bare-tickets";

    /** The profile in which a token is asked for and verified, as at the door. */
    static final String SIGNED_IN = "signed-in";

    /** Without that profile, Spring Security is not there at all. */
    private static final List<String> SECURITY =
            List.of(
                    "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration",
                    "org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration",
                    "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration",
                    "org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration",
                    "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
                    "org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration",
                    "org.springframework.boot.security.oauth2.server.resource.autoconfigure.web.OAuth2ResourceServerWebSecurityAutoConfiguration",
                    "guichet.chassis.DeskAutoConfiguration");

    /** Makes the record as large as that of the same ticket at the door, with what it says more. */
    private static final byte[] PADDING = new byte[200];

    public static void main(String[] args) {
        SpringApplicationBuilder bare =
                new SpringApplicationBuilder(BareDoor.class)
                        .properties(
                                "spring.config.name=none",
                                "spring.config.import=classpath:chassis.yml,classpath:door.yml",
                                "spring.application.name=" + NAME);
        if (!List.of(args).contains("--spring.profiles.active=" + SIGNED_IN)) {
            bare.properties("spring.autoconfigure.exclude=" + String.join(",", SECURITY));
        }
        bare.run(args);
    }

    @RestController
    static class Tickets {

        private final KafkaTemplate<String, byte[]> kafka;

        Tickets(KafkaTemplate<String, byte[]> kafka) {
            this.kafka = kafka;
        }

        @PostMapping("/api/tickets")
        ResponseEntity<String> take(@RequestBody byte[] body) {
            String id = UUID.randomUUID().toString();
            ProducerRecord<String, byte[]> written = new ProducerRecord<>(TOPIC, id, body);
            written.headers().add("padding", PADDING);
            kafka.send(written).join();
            return ResponseEntity.status(HttpStatus.CREATED)
                    .contentType(MediaType.APPLICATION_JSON)
                    .body("{\"id\":\"" + id + "\"}");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Profile(SIGNED_IN)
    @Import(DoorConfiguration.class)
    static class SignedIn {

        @Bean
        DoorLanguage english() {
            return request -> Language.EN;
        }

        @Bean
        HttpFirewall firewall() {
            return DoorSecurity.firewall();
        }

        @Bean
        SecurityFilterChain security(HttpSecurity http, DoorSecurity door) {
            return door.chain(
                    http,
                    new JwtAuthenticationConverter(),
                    Problems.unauthenticated(english -> "Sign in."),
                    Problems.forbidden(english -> "Sign in as a customer."),
                    paths -> paths.requestMatchers("/api/tickets").hasAuthority("SCOPE_customer"));
        }
    }
}
