package guichet.routing.agents;

import guichet.chassis.door.DoorSecurity;
import guichet.chassis.door.Problems;

import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/** Who may call what of the agents' door. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    private static final String AGENT = "SCOPE_agent";
    private static final String SUPERVISOR = "SCOPE_supervisor";

    /** Customers are told the ids of their own contacts alone, and nobody can guess one. */
    private static final String CUSTOMER = "SCOPE_customer";

    @Bean
    SecurityFilterChain routingSecurity(HttpSecurity http, DoorSecurity door) {
        return door.chain(
                http,
                new AgentReading(),
                Problems.unauthenticated(
                        english -> "Sign in and send the token as 'Authorization: Bearer …'."),
                Problems.forbidden(
                        english ->
                                "The agents' door needs a token with the scope 'agent', the queues one"
                                        + " with 'agent' or 'supervisor', a position also 'customer'."),
                paths ->
                        paths.requestMatchers("/api/openapi")
                                .permitAll()
                                .requestMatchers(
                                        "/api/agents/me/status",
                                        "/api/agents/me/seen",
                                        "/api/agents/me/offers",
                                        "/api/agents/me/contacts",
                                        "/api/offers/**",
                                        "/api/contacts/*/answered",
                                        "/api/contacts/*/ended",
                                        "/api/contacts/*/solved",
                                        "/api/contacts/*/holder")
                                .hasAuthority(AGENT)
                                .requestMatchers("/api/queues")
                                .hasAnyAuthority(AGENT, SUPERVISOR)
                                .requestMatchers("/api/contacts/*/position")
                                .hasAnyAuthority(AGENT, SUPERVISOR, CUSTOMER));
    }

    /** Ids are part of paths, and the id of an offer has a slash; many clients encode it. */
    @Bean
    HttpFirewall slashesInIds() {
        StrictHttpFirewall firewall = DoorSecurity.firewall();
        firewall.setAllowUrlEncodedSlash(true);
        return firewall;
    }

    /** The container refuses an encoded slash before the firewall sees it, unless told not to. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> slashesInPaths() {
        return tomcat ->
                tomcat.addConnectorCustomizers(
                        connector ->
                                connector.setEncodedSolidusHandling(
                                        EncodedSolidusHandling.DECODE.getValue()));
    }
}
