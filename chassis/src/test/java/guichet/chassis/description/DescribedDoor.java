package guichet.chassis.description;

import static guichet.chassis.description.DoorDescription.listed;
import static guichet.chassis.description.DoorDescription.map;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.chassis.description.DoorDescription.Operation;

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
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** A running door, called as its description says, each answer held against what it says. */
public final class DescribedDoor {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String KNOWN = "the fields are ";

    /** What the door answered. */
    public record Reply(int status, String type, String text) {

        public JsonNode body() {
            return JSON.readTree(text);
        }
    }

    /** Changes a request before it goes out. */
    @FunctionalInterface
    public interface Twist extends UnaryOperator<HttpRequest.Builder> {}

    private final HttpClient http = HttpClient.newHttpClient();
    private final DoorDescription description;
    private final URI address;
    private final Map<String, String> pathParameters;

    /**
     * @param pathParameters what to put in the place of each, for a call that goes well; by {@code
     *     name} or {@code METHOD path name}
     */
    public DescribedDoor(
            DoorDescription description, URI address, Map<String, String> pathParameters) {
        this.description = description;
        this.address = address;
        this.pathParameters = pathParameters;
    }

    /**
     * Calls an endpoint and holds the answer against the description.
     *
     * @param body null for none
     * @param query what follows the question mark; empty for none
     */
    public Reply call(
            Operation operation, Optional<String> token, String query, Object body, Twist twist) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(operation, query)).timeout(Duration.ofSeconds(20));
        if (body == null) {
            request.method(operation.method(), BodyPublishers.noBody());
        } else {
            String text = body instanceof String raw ? raw : JSON.writeValueAsString(body);
            request.method(operation.method(), BodyPublishers.ofString(text))
                    .header("Content-Type", "application/json");
        }
        token.ifPresent(it -> request.header("Authorization", "Bearer " + it));
        HttpResponse<String> response = send(twist.apply(request).build());
        Reply reply =
                new Reply(
                        response.statusCode(),
                        response.headers().firstValue("Content-Type").orElse("").split(";")[0],
                        response.body());
        isAsDescribed(operation, reply, response);
        return reply;
    }

    /** The names of the fields that the endpoint reads, as it tells whoever sends another. */
    public Set<String> fields(Operation operation, Optional<String> token) {
        Reply reply =
                operation.body().isPresent()
                        ? call(operation, token, "", Map.of("no-such-field", "x"), it -> it)
                        : call(operation, token, "no-such-field=x", null, it -> it);
        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        String message =
                reply.body()
                        .get("errors")
                        .valueStream()
                        .filter(error -> error.get("field").stringValue().equals("no-such-field"))
                        .map(error -> error.get("message").stringValue())
                        .findFirst()
                        .orElseThrow();
        return new TreeSet<>(
                Arrays.asList(
                        message.substring(message.indexOf(KNOWN) + KNOWN.length()).split(", ")));
    }

    /**
     * Bodies that each go over one limit that the description sets, made of a good one, by the
     * field that is over.
     */
    public Map<String, Map<String, Object>> overLimits(Operation operation) {
        Map<String, Map<String, Object>> bodies = new LinkedHashMap<>();
        map(operation.body().orElseThrow().get("properties"))
                .forEach(
                        (field, schema) ->
                                overLimit(description.resolve(schema))
                                        .ifPresent(
                                                value -> {
                                                    Map<String, Object> body =
                                                            new LinkedHashMap<>(
                                                                    map(
                                                                            operation
                                                                                    .examples()
                                                                                    .getFirst()));
                                                    body.put(field, value);
                                                    bodies.put(field, body);
                                                }));
        return bodies;
    }

    /** The names of all properties that a body may have. */
    public static Set<String> described(Operation operation) {
        return operation
                .body()
                .<Set<String>>map(body -> new TreeSet<>(map(body.get("properties")).keySet()))
                .orElseGet(() -> new TreeSet<>(operation.parameters("query").keySet()));
    }

    /** The endpoints that read a form, from a body or a query. */
    public List<Operation> forms() {
        return description.operations().stream().filter(it -> !described(it).isEmpty()).toList();
    }

    private Optional<Object> overLimit(Map<String, Object> schema) {
        if (schema.get("maxLength") instanceof Integer longest) {
            return Optional.of("x".repeat(longest + 1));
        }
        if (schema.get("maxItems") instanceof Integer most) {
            Object entry =
                    listed(description.resolve(schema.get("items")).get("examples")).getFirst();
            return Optional.of(Collections.nCopies(most + 1, entry));
        }
        if (schema.get("enum") != null) {
            return Optional.of("NEITHER");
        }
        return Optional.empty();
    }

    private void isAsDescribed(Operation operation, Reply reply, HttpResponse<String> response) {
        Map<String, Object> answer = operation.answer(reply.status());
        Map<String, Object> content = map(answer.get("content"));
        if (content.isEmpty()) {
            assertThat(reply.text()).as("%s, status %d", operation, reply.status()).isEmpty();
        } else {
            assertThat(content).as("%s: %s", operation, reply.text()).containsKey(reply.type());
            Object schema = map(content.get(reply.type())).get("schema");
            if (reply.type().endsWith("json")) {
                assertThat(JsonSchema.faults(description, schema, reply.body()))
                        .as("%s: %s", operation, reply.text())
                        .isEmpty();
            }
        }
        map(answer.get("headers"))
                .forEach(
                        (name, header) -> {
                            if (Boolean.TRUE.equals(description.resolve(header).get("required"))) {
                                assertThat(response.headers().firstValue(name))
                                        .as("%s, status %d, %s", operation, reply.status(), name)
                                        .isPresent();
                            }
                        });
    }

    private URI uri(Operation operation, String query) {
        String path = operation.path();
        for (String name : operation.parameters("path").keySet()) {
            String value =
                    pathParameters.getOrDefault(
                            operation + " " + name, pathParameters.getOrDefault(name, "none"));
            path = path.replace("{" + name + "}", value);
        }
        return address.resolve(query.isEmpty() ? path : path + "?" + query);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
