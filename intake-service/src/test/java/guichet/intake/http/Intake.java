package guichet.intake.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.policy.Language;

import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.test.web.servlet.client.RestTestClient;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
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

    /** A form with files, as browsers send it. */
    static final class FormBody {

        private static final String BOUNDARY = "----guichet";

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        FormBody field(String name, String value) {
            return part("name=\"" + name + "\"", value.getBytes(UTF_8));
        }

        FormBody file(String fileName, byte[] content) {
            return part("name=\"attachments\"; filename=\"" + fileName + "\"", content);
        }

        FormBody part(String disposition, byte[] content) {
            bytes.writeBytes(
                    "--%s\r\nContent-Disposition: form-data; %s\r\n\r\n"
                            .formatted(BOUNDARY, disposition)
                            .getBytes(UTF_8));
            bytes.writeBytes(content);
            bytes.writeBytes("\r\n".getBytes(UTF_8));
            return this;
        }

        private byte[] complete() {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(bytes.toByteArray());
            all.writeBytes("--%s--\r\n".formatted(BOUNDARY).getBytes(UTF_8));
            return all.toByteArray();
        }
    }

    record Download(int status, HttpHeaders headers, byte[] content) {}

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

    static Consumer<HttpHeaders> reading(Language language) {
        return headers -> headers.set(HttpHeaders.ACCEPT_LANGUAGE, language.tag());
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
    final Response post(String path, FormBody form, Consumer<HttpHeaders>... headers) {
        var request =
                client().post()
                        .uri(path)
                        .header(
                                HttpHeaders.CONTENT_TYPE,
                                "multipart/form-data; boundary=" + FormBody.BOUNDARY)
                        .body(form.complete());
        for (Consumer<HttpHeaders> header : headers) {
            request.headers(header);
        }
        return response(request.exchange());
    }

    @SafeVarargs
    final Download download(String path, Consumer<HttpHeaders>... headers) {
        var request = client().get().uri(path);
        for (Consumer<HttpHeaders> header : headers) {
            request.headers(header);
        }
        var result = request.exchange().returnResult(byte[].class);
        byte[] content = result.getResponseBody();
        return new Download(
                result.getStatus().value(),
                result.getResponseHeaders(),
                content == null ? new byte[0] : content);
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
