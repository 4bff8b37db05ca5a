package guichet.routing.agents;

import guichet.chassis.door.EventWindow;

import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Optional;

/** What an agent's browser sends to the door, and sees of it. */
class Browser {

    static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final ServletWebServerApplicationContext service;

    Browser(ServletWebServerApplicationContext service) {
        this.service = service;
    }

    record Response(int status, HttpHeaders headers, String text) {

        JsonNode body() {
            return JSON.readTree(text);
        }

        String type() {
            return headers.firstValue("Content-Type").orElse("");
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

    /** Sends a request with a JSON body, or none where it is empty. */
    Response send(String method, String path, Optional<String> token, String body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(path))
                        .method(
                                method,
                                body.isEmpty()
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        token.ifPresent(it -> request.header("Authorization", "Bearer " + it));
        try {
            HttpResponse<String> response =
                    http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Response(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Response post(String path, String token) {
        return send("POST", path, Optional.of(token), "");
    }

    Response post(String path, String token, String body) {
        return send("POST", path, Optional.of(token), body);
    }

    Response put(String path, String token, String body) {
        return send("PUT", path, Optional.of(token), body);
    }

    EventWindow open(String token) {
        return EventWindow.open(uri("/api/agents/me/offers"), token, Optional.empty());
    }

    EventWindow open(String token, Object lastEventId) {
        return EventWindow.open(
                uri("/api/agents/me/offers"), token, Optional.of(lastEventId.toString()));
    }

    URI uri(String path) {
        return URI.create("http://localhost:" + service.getWebServer().getPort() + path);
    }
}
