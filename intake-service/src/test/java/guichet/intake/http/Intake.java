package guichet.intake.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.test.web.servlet.client.RestTestClient;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.Map;
import java.util.function.Consumer;

/** What a client of the service sees of it. */
class Intake {

    private static final JsonMapper JSON = new JsonMapper();

    private final ServletWebServerApplicationContext service;

    Intake(ServletWebServerApplicationContext service) {
        this.service = service;
    }

    record Response(int status, HttpHeaders headers, String text) {

        JsonNode body() {
            return JSON.readTree(text);
        }

        String message(String field) {
            return body().get("errors")
                    .valueStream()
                    .filter(error -> error.get("field").stringValue().equals(field))
                    .map(error -> error.get("message").stringValue())
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no error for " + field + ": " + text));
        }
    }

    static Consumer<HttpHeaders> token(String token) {
        return headers -> headers.setBearerAuth(token);
    }

    static Consumer<HttpHeaders> key(String key) {
        return headers -> headers.set("Idempotency-Key", key);
    }

    @SafeVarargs
    final Response post(String path, Map<String, ?> body, Consumer<HttpHeaders>... headers) {
        return post(path, JSON.writeValueAsString(body), headers);
    }

    @SafeVarargs
    final Response post(String path, String body, Consumer<HttpHeaders>... headers) {
        return post(path, MediaType.APPLICATION_JSON, body, headers);
    }

    @SafeVarargs
    final Response post(
            String path, MediaType type, String body, Consumer<HttpHeaders>... headers) {
        var request = client().post().uri(path).contentType(type).body(body);
        for (Consumer<HttpHeaders> header : headers) {
            request.headers(header);
        }
        return response(request.exchange());
    }

    @SafeVarargs
    final Response get(String path, Consumer<HttpHeaders>... headers) {
        var request = client().get().uri(path);
        for (Consumer<HttpHeaders> header : headers) {
            request.headers(header);
        }
        return response(request.exchange());
    }

    @SafeVarargs
    final Response delete(String path, Consumer<HttpHeaders>... headers) {
        var request = client().delete().uri(path);
        for (Consumer<HttpHeaders> header : headers) {
            request.headers(header);
        }
        return response(request.exchange());
    }

    /** Sends a request as it stands, which need not be HTTP at all. */
    String raw(String request) {
        try (Socket socket = new Socket("localhost", service.getWebServer().getPort())) {
            socket.getOutputStream().write(request.getBytes(UTF_8));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RestTestClient client() {
        return RestTestClient.bindToServer(new JdkClientHttpRequestFactory())
                .baseUrl("http://localhost:" + service.getWebServer().getPort())
                .build();
    }

    private static Response response(RestTestClient.ResponseSpec exchange) {
        var result = exchange.returnResult(String.class);
        String text = result.getResponseBody();
        return new Response(
                result.getStatus().value(), result.getResponseHeaders(), text == null ? "" : text);
    }
}
