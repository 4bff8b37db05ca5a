package guichet.routing.matching;

import guichet.chassis.door.Problems;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.util.UriUtils;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The desk's engine, wherever it runs: asked here, or at the copy of the service that runs it, in
 * the name of whoever asks.
 */
final class Engine {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration TO_CONNECT = Duration.ofSeconds(1);

    private static final String ASKED_BY_A_COPY = "Guichet-Asked-By-A-Copy";

    private final Questions questions;
    private final Supplier<Optional<String>> elsewhere;
    private final RestClient http;

    /**
     * @param elsewhere address of the copy that runs it, {@code host:port}; empty where that is not
     *     known, or is said to be this one
     */
    Engine(Questions questions, Supplier<Optional<String>> elsewhere) {
        this.questions = questions;
        this.elsewhere = elsewhere;
        JdkClientHttpRequestFactory requests =
                new JdkClientHttpRequestFactory(
                        HttpClient.newBuilder().connectTimeout(TO_CONNECT).build());
        // It waits for the engine as long as this copy would.
        requests.setReadTimeout(PATIENCE.plus(TO_CONNECT));
        this.http = RestClient.builder().requestFactory(requests).build();
    }

    /**
     * Asks it.
     *
     * @param question what to ask, where it runs here
     * @param path where another copy answers the same question, encoded
     * @return empty where the answer is that there is no such thing
     * @throws ErrorResponseException 503 while the engine moves from one copy to another
     */
    <T> Optional<T> ask(
            Function<MatchingEngine, Optional<T>> question, String path, Class<T> answer) {
        try {
            return questions.isHere()
                    ? questions.ask(question).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    : askElsewhere(path, answer);
        } catch (ExecutionException | TimeoutException moving) {
            throw isMoving(moving);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw isMoving(stopping);
        }
    }

    /**
     * Where another copy answers a question about a contact.
     *
     * @param question last segment of the path
     */
    static String pathTo(String contactId, String question) {
        return "/api/contacts/%s/%s"
                .formatted(UriUtils.encodePathSegment(contactId, StandardCharsets.UTF_8), question);
    }

    private <T> Optional<T> askElsewhere(String path, Class<T> answer) {
        if (isAskedByAnotherCopy()) {
            throw isMoving(null);
        }
        String address = elsewhere.get().orElseThrow(() -> isMoving(null));
        try {
            return Optional.ofNullable(
                    http.get()
                            .uri(URI.create("http://" + address + path))
                            .header(ASKED_BY_A_COPY, "true")
                            .headers(headers -> callersToken().ifPresent(headers::setBearerAuth))
                            .retrieve()
                            .body(answer));
        } catch (HttpClientErrorException.NotFound none) {
            return Optional.empty();
        } catch (RestClientException unreachable) {
            throw isMoving(unreachable);
        }
    }

    /** Else two copies that each take the other to run the engine would ask each other for ever. */
    private static boolean isAskedByAnotherCopy() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes asked
                && asked.getRequest().getHeader(ASKED_BY_A_COPY) != null;
    }

    private static Optional<String> callersToken() {
        return SecurityContextHolder.getContext().getAuthentication()
                        instanceof JwtAuthenticationToken caller
                ? Optional.of(caller.getToken().getTokenValue())
                : Optional.empty();
    }

    private static ErrorResponseException isMoving(@Nullable Throwable cause) {
        ErrorResponseException problem =
                new ErrorResponseException(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        Problems.problem(
                                HttpStatus.SERVICE_UNAVAILABLE,
                                "engine-moving",
                                "The desk's queues cannot be seen just now",
                                "Another copy of the service is taking them over. Ask again in a"
                                        + " few seconds."),
                        cause);
        problem.getHeaders().set(HttpHeaders.RETRY_AFTER, Problems.RETRY_AFTER_SECONDS);
        return problem;
    }

    /** What a caller is told of a contact that is not there for them. */
    static ErrorResponseException notInLine() {
        return new ErrorResponseException(
                HttpStatus.NOT_FOUND,
                Problems.problem(
                        HttpStatus.NOT_FOUND,
                        "not-in-line",
                        "No such contact is in line",
                        "It does not exist, waits for its line to open, is with an agent, or is"
                                + " over."),
                null);
    }
}
