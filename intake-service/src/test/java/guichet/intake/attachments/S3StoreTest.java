package guichet.intake.attachments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import guichet.intake.attachments.AttachmentSettings.S3Settings;
import guichet.intake.contacts.StoreUnavailable;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the store says to a bucket and makes of its answers. The bucket here is a stand-in that
 * checks no signature; that a real one agrees is not shown.
 */
class S3StoreTest extends StoreContract {

    private record Kept(String type, String name, byte[] content, Instant at) {}

    private final Map<String, Kept> objects = new ConcurrentHashMap<>();
    private HttpServer bucket;
    private S3Store store;

    @BeforeEach
    void start() throws IOException {
        bucket = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        bucket.createContext("/files/desk/", this::answer);
        bucket.createContext("/files", this::list);
        bucket.start();
        store = storeAt(bucket.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        store.close();
        bucket.stop(0);
    }

    @Override
    AttachmentStore store() {
        return store;
    }

    /** The SDK looks for it by name, and without it passes a pod's role over without a word. */
    @Test
    void whatExchangesAPodsTokenForARoleIsThere() {
        assertThatCode(
                        () ->
                                Class.forName(
                                        "software.amazon.awssdk.services.sts.internal.StsWebIdentityCredentialsProviderFactory"))
                .doesNotThrowAnyException();
    }

    @Test
    void saysThatTheStoreIsAwayWhereNobodyAnswers() throws IOException {
        bucket.stop(0);

        assertThatThrownBy(() -> store.find(new UUID(7, 1), new UUID(7, 2)))
                .isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void saysThatTheStoreIsAwayWhereItRefuses() {
        bucket.removeContext("/files/desk/");
        bucket.removeContext("/files");
        bucket.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(403, -1);
                    exchange.close();
                });

        assertThatThrownBy(() -> store.find(new UUID(7, 1), new UUID(7, 2)))
                .isInstanceOf(StoreUnavailable.class);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            assertThat(exchange.getRequestHeaders().getFirst("Authorization"))
                    .startsWith("AWS4-HMAC-SHA256 ");
            String key = exchange.getRequestURI().getPath();
            byte[] sent = exchange.getRequestBody().readAllBytes();
            if (exchange.getRequestMethod().equals("PUT")) {
                objects.put(
                        key,
                        new Kept(
                                exchange.getRequestHeaders().getFirst("Content-Type"),
                                exchange.getRequestHeaders().getFirst("x-amz-meta-name"),
                                sent,
                                Instant.now()));
                exchange.sendResponseHeaders(200, -1);
            } else if (exchange.getRequestMethod().equals("DELETE")) {
                objects.remove(key);
                exchange.sendResponseHeaders(204, -1);
            } else {
                give(exchange, objects.get(key));
            }
        }
    }

    /** A file to a page, as a bucket may. */
    private void list(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> asked =
                    Stream.of(exchange.getRequestURI().getQuery().split("&"))
                            .map(parameter -> parameter.split("=", 2))
                            .collect(Collectors.toMap(it -> it[0], it -> it[1]));
            assertThat(asked).containsEntry("list-type", "2");
            assertThat(asked.get("prefix")).startsWith("desk/");
            List<Map.Entry<String, Kept>> left =
                    new TreeMap<>(objects)
                                    .tailMap(asked.getOrDefault("continuation-token", ""), false)
                                    .entrySet()
                                    .stream()
                                    .filter(
                                            object ->
                                                    object.getKey()
                                                            .startsWith(
                                                                    "/files/"
                                                                            + asked.get("prefix")))
                                    .toList();
            String page =
                    left.isEmpty()
                            ? ""
                            : "<Contents><Key>%s</Key><LastModified>%s</LastModified></Contents><NextContinuationToken>%s</NextContinuationToken>"
                                    .formatted(
                                            left.getFirst().getKey().substring("/files/".length()),
                                            left.getFirst().getValue().at(),
                                            left.getFirst().getKey());
            byte[] answer =
                    "<ListBucketResult><IsTruncated>%s</IsTruncated>%s</ListBucketResult>"
                            .formatted(left.size() > 1, page)
                            .getBytes(UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private static void give(HttpExchange exchange, Kept kept) throws IOException {
        int status = kept == null ? 404 : 200;
        byte[] content =
                kept == null
                        ? "<Error><Code>NoSuchKey</Code></Error>".getBytes(UTF_8)
                        : kept.content();
        if (kept != null) {
            exchange.getResponseHeaders().set("Content-Type", kept.type());
            exchange.getResponseHeaders().set("x-amz-meta-name", kept.name());
        }
        exchange.sendResponseHeaders(status, content.length);
        exchange.getResponseBody().write(content);
    }

    private static S3Store storeAt(int port) {
        return new S3Store(
                new S3Settings(
                        "files", "us-east-1", URI.create("http://localhost:" + port), "desk/"),
                StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")));
    }
}
