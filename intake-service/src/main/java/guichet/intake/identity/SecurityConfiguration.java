package guichet.intake.identity;

import static org.springframework.security.authorization.AuthenticatedAuthorizationManager.anonymous;
import static org.springframework.security.authorization.AuthorityAuthorizationManager.hasAuthority;
import static org.springframework.security.authorization.AuthorizationManagers.anyOf;

import guichet.chassis.door.DoorSecurity;
import guichet.chassis.door.Problems;
import guichet.intake.words.Words;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.HttpFirewall;

/** Who may call what of the customers' door. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    private static final String CUSTOMER = "SCOPE_customer";
    private static final String AGENT = "SCOPE_agent";
    private static final String SUPERVISOR = "SCOPE_supervisor";

    @Bean
    SecurityFilterChain intakeSecurity(HttpSecurity http, DoorSecurity door) {
        return door.chain(
                http,
                new TokenReading(),
                Problems.unauthenticated(Words.sentence("unauthenticated")),
                Problems.forbidden(Words.sentence("forbidden")),
                paths ->
                        paths.requestMatchers(
                                        "/api/hours",
                                        "/api/guidance",
                                        "/api/openapi",
                                        "/api/asyncapi")
                                .permitAll()
                                .requestMatchers("/api/tickets")
                                .access(anyOf(anonymous(), hasAuthority(CUSTOMER)))
                                .requestMatchers(
                                        "/api/chats",
                                        "/api/callbacks",
                                        "/api/requests",
                                        "/api/requests/*")
                                .hasAuthority(CUSTOMER)
                                .requestMatchers("/api/requests/*/attachments/*")
                                .hasAnyAuthority(CUSTOMER, AGENT)
                                .requestMatchers(
                                        "/api/closures", "/api/closures/*", "/api/erasures")
                                .hasAuthority(SUPERVISOR));
    }

    @Bean
    HttpFirewall firewall() {
        return DoorSecurity.firewall();
    }
}
