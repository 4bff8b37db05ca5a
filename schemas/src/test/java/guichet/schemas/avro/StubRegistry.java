package guichet.schemas.avro;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import org.apache.avro.Schema;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server that answers as it was told and remembers what it was asked. */
final class StubRegistry implements AutoCloseable {

    record Request(String line, String authorization, String contentType, String body) {}

    private record Answer(int status, String json) {}

    private static final JsonMapper JSON = JsonMapper.shared();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    StubRegistry() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Further answers follow the ones before; the last one stays. */
    StubRegistry answers(String line, int status, String json) {
        answers.computeIfAbsent(line, _ -> new ArrayDeque<>()).add(new Answer(status, json));
        return this;
    }

    StubRegistry hasSchema(int id, Schema schema) {
        return answers("GET /schemas/ids/" + id, 200, json(Map.of("schema", schema.toString())));
    }

    static String json(Map<String, ?> content) {
        return JSON.writeValueAsString(content);
    }

    List<Request> requests() {
        return requests;
    }

    String url() {
        return "http://" + authority();
    }

    String authority() {
        return "localhost:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        var line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        var headers = exchange.getRequestHeaders();
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(
                new Request(
                        line,
                        headers.getFirst("Authorization"),
                        headers.getFirst("Content-Type"),
                        body));
        var answer = next(line);
        var bytes = answer.json().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private synchronized Answer next(String line) {
        var told = answers.get(line);
        if (told == null) {
            return new Answer(404, "no such page");
        }
        return told.size() > 1 ? told.removeFirst() : told.getFirst();
    }
}
