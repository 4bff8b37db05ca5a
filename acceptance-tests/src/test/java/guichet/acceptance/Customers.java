package guichet.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** What customers' browsers do: ask over HTTP, with the token of a demo account. */
final class Customers {

    /**
     * What intake answered.
     *
     * @param retryAfter as the answer said; null where it did not
     */
    record Reply(int status, @Nullable String retryAfter, JsonNode body) {

        String id() {
            return body.get("id").asString();
        }
    }

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final URI intake;
    private final URI identity;
    private final Map<String, String> tokens = new ConcurrentHashMap<>();

    Customers(URI intake, URI identity) {
        this.intake = intake;
        this.identity = identity;
    }

    /**
     * Posts to intake.
     *
     * @param account basic, team, agency or enterprise; empty for a visitor
     */
    Reply post(String path, String account, String idempotencyKey, Map<String, ?> body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(intake.resolve(path))
                        .timeout(Duration.ofSeconds(10))
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", idempotencyKey)
                        .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)));
        if (!account.isEmpty()) {
            request.header("Authorization", "Bearer " + token(account));
        }
        return send(request.build());
    }

    /** Sends a ticket with a text file, as a browser's form does. */
    Reply ticketWithFile(String account, Map<String, String> fields, String content) {
        StringBuilder form = new StringBuilder();
        fields.forEach((name, value) -> part(form, "name=\"" + name + "\"", value));
        part(form, "name=\"attachments\"; filename=\"steps.txt\"", content);
        return send(
                HttpRequest.newBuilder(intake.resolve("/api/tickets"))
                        .timeout(Duration.ofSeconds(10))
                        .header("Authorization", "Bearer " + token(account))
                        .header("Content-Type", "multipart/form-data; boundary=----form")
                        .POST(BodyPublishers.ofString(form + "------form--\r\n"))
                        .build());
    }

    private static void part(StringBuilder form, String disposition, String content) {
        form.append("------form\r\nContent-Disposition: form-data; ")
                .append(disposition)
                .append("\r\n\r\n")
                .append(content)
                .append("\r\n");
    }

    /**
     * Deletes at intake; the reply's body is empty where intake says nothing.
     *
     * @param account supervisor, or one that may not
     */
    Reply delete(String path, String account) {
        return send(
                HttpRequest.newBuilder(intake.resolve(path))
                        .timeout(Duration.ofSeconds(10))
                        .header("Authorization", "Bearer " + token(account))
                        .DELETE()
                        .build());
    }

    /** Asks intake. */
    Reply get(String path, String account) {
        return send(
                HttpRequest.newBuilder(intake.resolve(path))
                        .timeout(Duration.ofSeconds(10))
                        .header("Authorization", "Bearer " + token(account))
                        .build());
    }

    /** Posts a plain ticket of a basic account. */
    Reply ticket() {
        return ticket("basic");
    }

    /** Posts a plain ticket; that of an agency is due sooner. */
    Reply ticket(String account) {
        return post(
                "/api/tickets",
                account,
                UUID.randomUUID().toString(),
                Map.of("impact", "LOW", "language", "en", "description", "How do I add a page?"));
    }

    private String token(String account) {
        return tokens.computeIfAbsent(account, this::fetchToken);
    }

    private String fetchToken(String account) {
        return exchange(HttpRequest.newBuilder(identity.resolve("/token/" + account)).build())
                .body();
    }

    private Reply send(HttpRequest request) {
        HttpResponse<String> response = exchange(request);
        return new Reply(
                response.statusCode(),
                response.headers().firstValue("Retry-After").orElse(null),
                JSON.readTree(response.body()));
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
