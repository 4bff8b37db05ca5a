package guichet.localstack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks a service how it is. */
final class Health {

    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final String UP = "up";
    private static final Duration POLL = Duration.ofMillis(100);

    private Health() {}

    /**
     * Returns when the service is up.
     *
     * @throws IllegalStateException when that takes over two minutes; the message holds its answer
     */
    static void awaitUp(URI service) throws InterruptedException {
        HttpRequest question =
                HttpRequest.newBuilder(service.resolve("/actuator/health"))
                        .timeout(Duration.ofSeconds(5))
                        .build();
        long end = System.nanoTime() + LIMIT.toNanos();
        try (HttpClient http = HttpClient.newHttpClient()) {
            String answer = ask(http, question);
            while (!answer.equals(UP)) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException(
                            "it was not up within %d s; %s answers: %s"
                                    .formatted(LIMIT.toSeconds(), question.uri(), answer));
                }
                Thread.sleep(POLL);
                answer = ask(http, question);
            }
        }
    }

    private static String ask(HttpClient http, HttpRequest question) throws InterruptedException {
        try {
            HttpResponse<String> answer = http.send(question, BodyHandlers.ofString());
            return answer.statusCode() == 200 ? UP : answer.statusCode() + " " + answer.body();
        } catch (IOException e) {
            return e.toString();
        }
    }
}
