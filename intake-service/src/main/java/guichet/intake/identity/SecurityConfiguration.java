package guichet.intake.identity;

import static org.springframework.security.authorization.AuthenticatedAuthorizationManager.anonymous;
import static org.springframework.security.authorization.AuthorityAuthorizationManager.hasAuthority;
import static org.springframework.security.authorization.AuthorizationManagers.anyOf;

import guichet.intake.problems.ProblemWriter;

import jakarta.servlet.DispatcherType;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;

import java.util.Objects;

/**
 * Who may call what. A path that is not listed is denied; a path that is listed is open to its
 * callers with every method, so that a wrong method is answered as such.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    private static final String CUSTOMER = "SCOPE_customer";

    @Bean
    SecurityFilterChain intakeSecurity(HttpSecurity http, ProblemWriter problems) {
        BearerTokenRefusals refusals = new BearerTokenRefusals(problems);
        return http.csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(
                        session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .oauth2ResourceServer(
                        server ->
                                server.jwt(
                                                jwt ->
                                                        jwt.jwtAuthenticationConverter(
                                                                new TokenReading()))
                                        .authenticationEntryPoint(refusals)
                                        .accessDeniedHandler(refusals)
                                        .withObjectPostProcessor(failuresTo(refusals)))
                .exceptionHandling(
                        handling ->
                                handling.authenticationEntryPoint(refusals)
                                        .accessDeniedHandler(refusals))
                .authorizeHttpRequests(
                        paths ->
                                paths.dispatcherTypeMatchers(DispatcherType.ERROR)
                                        .permitAll()
                                        .requestMatchers(
                                                "/actuator/health",
                                                "/actuator/health/**",
                                                "/actuator/prometheus",
                                                "/api/hours")
                                        .permitAll()
                                        .requestMatchers("/api/tickets")
                                        .access(anyOf(anonymous(), hasAuthority(CUSTOMER)))
                                        .requestMatchers("/api/chats", "/api/callbacks")
                                        .hasAuthority(CUSTOMER)
                                        .anyRequest()
                                        .denyAll())
                .build();
    }

    /** Beside Spring's own checks of signature, time and issuer: a token must not be for ever. */
    @Bean
    OAuth2TokenValidator<Jwt> expiry() {
        return new JwtClaimValidator<Object>(JwtClaimNames.EXP, Objects::nonNull);
    }

    private static ObjectPostProcessor<BearerTokenAuthenticationFilter> failuresTo(
            BearerTokenRefusals refusals) {
        return new ObjectPostProcessor<>() {
            @Override
            public <O extends BearerTokenAuthenticationFilter> O postProcess(O filter) {
                filter.setAuthenticationFailureHandler(refusals::commence);
                return filter;
            }
        };
    }
}
