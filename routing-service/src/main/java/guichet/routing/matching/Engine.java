package guichet.routing.matching;

import guichet.chassis.door.Problems;

import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

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

    private final Questions questions;
    private final Supplier<@Nullable KafkaStreams> streams;
    private final String thisCopy;
    private final RestClient http;

    /**
     * @param thisCopy its own address, {@code host:port}, as Kafka Streams tells it to the others
     */
    Engine(
            Questions questions,
            Supplier<@Nullable KafkaStreams> streams,
            String thisCopy,
            RestClient http) {
        this.questions = questions;
        this.streams = streams;
        this.thisCopy = thisCopy;
        this.http = http;
    }

    /**
     * Asks it.
     *
     * @param question what to ask, where it runs here
     * @param path where another copy answers the same question
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

    private <T> Optional<T> askElsewhere(String path, Class<T> answer) {
        String address = address().orElseThrow(() -> isMoving(null));
        try {
            return Optional.ofNullable(
                    http.get()
                            .uri("http://" + address + path)
                            .headers(headers -> callersToken().ifPresent(headers::setBearerAuth))
                            .retrieve()
                            .body(answer));
        } catch (HttpClientErrorException.NotFound none) {
            return Optional.empty();
        } catch (RestClientException unreachable) {
            throw isMoving(unreachable);
        }
    }

    /** Of the copy that runs it; empty where that is not known, or is said to be this one. */
    private Optional<String> address() {
        KafkaStreams running = streams.get();
        if (running == null || !running.state().isRunningOrRebalancing()) {
            return Optional.empty();
        }
        KeyQueryMetadata owner =
                running.queryMetadataForKey(MatchingTask.CONTACTS, "", new StringSerializer());
        if (owner == null || owner.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
            return Optional.empty();
        }
        HostInfo host = owner.activeHost();
        return Optional.of(host.host() + ":" + host.port())
                .filter(address -> !address.equals(thisCopy));
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
}
