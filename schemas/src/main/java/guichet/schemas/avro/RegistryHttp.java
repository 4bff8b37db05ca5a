package guichet.schemas.avro;

import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.utils.ExponentialBackoff;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends a question to the registry's servers until one of them answers it. No connection, a
 * time-out, 429 and 5xx send it to the next server, and after the last server to the first again
 * after a wait; any other status is an answer.
 */
final class RegistryHttp implements AutoCloseable {

    /** An answer, to {@code question} such as {@code GET http://host/schemas/ids/1}. */
    record Reply(String question, int status, byte[] body) {}

    private static final Logger log = LoggerFactory.getLogger(RegistryHttp.class);
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final String ACCEPT = CONTENT_TYPE + ", application/json";
    private static final double JITTER = 0.2;

    private final RegistryAddress.Remote address;
    private final HttpClient client;
    private final ExponentialBackoff wait;
    private volatile int preferred;

    RegistryHttp(RegistryAddress.Remote address) {
        this.address = address;
        this.client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(address.connectTimeout())
                        .followRedirects(HttpClient.Redirect.NORMAL)
                        .build();
        this.wait =
                new ExponentialBackoff(
                        address.firstWait().toMillis(),
                        2,
                        address.longestWait().toMillis(),
                        JITTER);
    }

    Reply get(String path) {
        return ask(path, HttpRequest.newBuilder().GET());
    }

    Reply post(String path, String json) {
        return ask(
                path,
                HttpRequest.newBuilder()
                        .POST(BodyPublishers.ofString(json))
                        .header("Content-Type", CONTENT_TYPE));
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private Reply ask(String path, HttpRequest.Builder question) {
        for (int attempt = 0; ; attempt++) {
            try {
                return askEachServer(path, question);
            } catch (IOException e) {
                if (attempt == address.retries()) {
                    throw new RegistryUnavailable(
                            "No schema registry answers ("
                                    + e.getMessage()
                                    + ") after "
                                    + (attempt + 1)
                                    + " rounds: check schema.registry.url",
                            e);
                }
                pause(wait.backoff(attempt), e);
            }
        }
    }

    private Reply askEachServer(String path, HttpRequest.Builder question) throws IOException {
        int servers = address.servers().size();
        int first = preferred;
        IOException failure = new IOException();
        for (int i = 0; i < servers; i++) {
            int chosen = (first + i) % servers;
            try {
                var reply = askServer(address.servers().get(chosen), path, question.copy());
                preferred = chosen;
                return reply;
            } catch (IOException e) {
                failure = e;
            }
        }
        throw failure;
    }

    private Reply askServer(
            RegistryAddress.Server server, String path, HttpRequest.Builder question)
            throws IOException {
        var authorization = server.authorization();
        if (authorization != null) {
            question.header("Authorization", authorization.value());
        }
        var request =
                question.uri(URI.create(server.base() + path)).header("Accept", ACCEPT).build();
        var reply = exchange(request);
        if (reply.status() == 429 || reply.status() >= 500) {
            throw new IOException(reply.question() + " was answered " + reply.status());
        }
        return reply;
    }

    private Reply exchange(HttpRequest request) throws IOException {
        var what = request.method() + " " + request.uri();
        var exchange = client.sendAsync(request, BodyHandlers.ofByteArray());
        try {
            var limit = address.connectTimeout().plus(address.readTimeout());
            var response = exchange.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return new Reply(what, response.statusCode(), response.body());
        } catch (ExecutionException e) {
            throw new IOException(what + " failed: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            exchange.cancel(true);
            throw new IOException(what + " took too long", e);
        } catch (InterruptedException e) {
            exchange.cancel(true);
            throw new InterruptException(e);
        }
    }

    private static void pause(long millis, IOException why) {
        log.warn("{}; asking again in {} ms", why.getMessage(), millis);
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
