package guichet.chassis.door;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.web.BearerTokenAuthenticationEntryPoint;
import org.springframework.security.oauth2.server.resource.web.access.BearerTokenAccessDeniedHandler;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

import java.io.IOException;

/**
 * Refusals of callers as problem details, beside the {@code WWW-Authenticate} header of RFC 6750:
 * 401 for a missing or bad token, 403 for one that does not suffice, 503 while the identity
 * provider's keys cannot be fetched.
 */
final class BearerTokenRefusals implements AuthenticationEntryPoint, AccessDeniedHandler {

    private final AuthenticationEntryPoint challenge = new BearerTokenAuthenticationEntryPoint();
    private final AccessDeniedHandler denial = new BearerTokenAccessDeniedHandler();
    private final ProblemWriter problems;
    private final Problem unauthenticated;
    private final Problem forbidden;

    BearerTokenRefusals(ProblemWriter problems, Problem unauthenticated, Problem forbidden) {
        this.problems = problems;
        this.unauthenticated = unauthenticated;
        this.forbidden = forbidden;
    }

    @Override
    public void commence(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException fault)
            throws IOException, jakarta.servlet.ServletException {
        if (fault instanceof AuthenticationServiceException) {
            problems.write(request, response, Problems.identityUnavailable());
            return;
        }
        challenge.commence(request, response, fault);
        problems.write(request, response, unauthenticated);
    }

    @Override
    public void handle(
            HttpServletRequest request, HttpServletResponse response, AccessDeniedException fault)
            throws IOException, jakarta.servlet.ServletException {
        denial.handle(request, response, fault);
        problems.write(request, response, forbidden);
    }
}
