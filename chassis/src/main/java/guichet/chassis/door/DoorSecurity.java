package guichet.chassis.door;

import jakarta.servlet.DispatcherType;

import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/** What every door has in common: bearer tokens, refusals as problems, denied by default. */
public final class DoorSecurity {

    private final ProblemWriter problems;
    private final JwtDecoder tokens;

    /**
     * @param tokens verifies them
     */
    DoorSecurity(ProblemWriter problems, JwtDecoder tokens) {
        this.problems = problems;
        this.tokens = tokens;
    }

    /**
     * A door with health and metrics open. A path that is not listed is denied; a path that is
     * listed should be open to its callers with every method, so that a wrong method is answered as
     * such.
     *
     * @param callers turns a verified token into who calls
     * @param unauthenticated what callers are told who bring no good token
     * @param forbidden what callers are told whose token does not suffice
     * @param paths who may call what
     */
    public SecurityFilterChain chain(
            HttpSecurity http,
            Converter<Jwt, AbstractAuthenticationToken> callers,
            Problem unauthenticated,
            Problem forbidden,
            Customizer<
                            AuthorizeHttpRequestsConfigurer<HttpSecurity>
                                    .AuthorizationManagerRequestMatcherRegistry>
                    paths) {
        BearerTokenRefusals refusals =
                new BearerTokenRefusals(problems, unauthenticated, forbidden);
        return http.csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(
                        session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .oauth2ResourceServer(
                        server ->
                                server.bearerTokenResolver(new BearerHeader())
                                        .jwt(
                                                jwt ->
                                                        jwt.decoder(tokens)
                                                                .jwtAuthenticationConverter(
                                                                        callers))
                                        .authenticationEntryPoint(refusals)
                                        .accessDeniedHandler(refusals)
                                        .withObjectPostProcessor(failuresTo(refusals)))
                .exceptionHandling(
                        handling ->
                                handling.authenticationEntryPoint(refusals)
                                        .accessDeniedHandler(refusals))
                .authorizeHttpRequests(
                        requests -> {
                            requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                                    .permitAll()
                                    .requestMatchers(
                                            "/actuator/health",
                                            "/actuator/health/**",
                                            "/actuator/prometheus")
                                    .permitAll();
                            paths.customize(requests);
                            requests.anyRequest().denyAll();
                        })
                .build();
    }

    /**
     * Spring's strict firewall, for a door to have as a bean. Spring's own would match each header
     * with a regular expression, a long token as well; what it lets in is the same.
     */
    public static StrictHttpFirewall firewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setAllowedHeaderValues(DoorSecurity::isHeaderValue);
        return firewall;
    }

    private static boolean isHeaderValue(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!Character.isDefined(c) || Character.isISOControl(c) && c != '\t') {
                return false;
            }
        }
        return true;
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
