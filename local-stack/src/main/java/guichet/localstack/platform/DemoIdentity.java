package guichet.localstack.platform;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * An identity provider without a door lock: whoever asks gets a signed token, so that the desk can
 * be tried without accounts. Never for anything but a demo; it listens on the loopback address,
 * unless it is told another.
 *
 * <p>{@code GET /token/basic|team|agency|enterprise|agent|supervisor} answers a bearer token as
 * plain text; {@code ?sub=} and {@code ?email=} make it somebody else's. The signing key is made on
 * the first start and kept, so that tokens outlive a restart.
 */
public final class DemoIdentity implements AutoCloseable {

    private static final Duration VALIDITY = Duration.ofHours(24);
    private static final String AUDIENCE = "guichet";
    private static final String TOKENS = "/token/";
    private static final String KEYS = "/.well-known/jwks.json";
    private static final String DISCOVERY = "/.well-known/openid-configuration";

    private final HttpServer server;
    private final ExecutorService executor;
    private final RSAKey key;
    private final InstantSource clock;

    private DemoIdentity(HttpServer server, RSAKey key, InstantSource clock) {
        this.server = server;
        this.executor = Executors.newVirtualThreadPerTaskExecutor();
        this.key = key;
        this.clock = clock;
    }

    /**
     * Starts to serve.
     *
     * @param folder where the signing key lies; created when missing
     * @param port where to listen; 0 for any free one
     * @param clock says when tokens begin and end
     */
    public static DemoIdentity start(Path folder, int port, InstantSource clock) {
        return start(folder, new InetSocketAddress(InetAddress.getLoopbackAddress(), port), clock);
    }

    /**
     * As above, at an address from which others may reach it. Its tokens are issued by {@code
     * localhost} all the same.
     */
    public static DemoIdentity start(Path folder, InetSocketAddress address, InstantSource clock) {
        try {
            var identity = new DemoIdentity(HttpServer.create(address, 0), key(folder), clock);
            identity.serve();
            return identity;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot serve demo tokens on port " + address.getPort(), e);
        }
    }

    /** The {@code iss} of its tokens and an address it serves. */
    public String issuer() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** Where services find the public key. */
    public String jwkSetUri() {
        return issuer() + KEYS;
    }

    /** A token of one of the demo people, valid for 24 hours. */
    public String token(DemoPerson person) {
        return token(person, "demo-" + person.id(), person.id() + "@demo.example");
    }

    /**
     * A token of somebody with the rights of one of the demo people.
     *
     * @param subject stable id of the person
     * @param email the person's e-mail address
     */
    public String token(DemoPerson person, String subject, String email) {
        Instant now = clock.instant();
        JWTClaimsSet.Builder claims =
                new JWTClaimsSet.Builder()
                        .issuer(issuer())
                        .audience(AUDIENCE)
                        .subject(subject)
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(VALIDITY)))
                        .claim("name", subject)
                        .claim("email", email)
                        .claim("scope", person.scope());
        if (person.plan() != null) {
            claims.claim(
                    "accounts",
                    List.of(
                            Map.of(
                                    "id",
                                    "account-of-" + subject,
                                    "plan",
                                    person.plan(),
                                    "role",
                                    "OWNER")));
        }
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build();
        SignedJWT token = new SignedJWT(header, claims.build());
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("The demo key does not sign", e);
        }
        return token.serialize();
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    private void serve() {
        server.setExecutor(executor);
        server.createContext(TOKENS, this::answerToken);
        server.createContext(
                KEYS,
                exchange ->
                        answer(
                                exchange,
                                200,
                                "application/json",
                                new JWKSet(key.toPublicJWK()).toString()));
        server.createContext(
                DISCOVERY,
                exchange -> answer(exchange, 200, "application/json", discoveryDocument()));
        server.start();
    }

    private String discoveryDocument() {
        return JSONObjectUtils.toJSONString(
                Map.of(
                        "issuer", issuer(),
                        "jwks_uri", jwkSetUri(),
                        "token_endpoint", issuer() + TOKENS,
                        "response_types_supported", List.of("token"),
                        "subject_types_supported", List.of("public"),
                        "id_token_signing_alg_values_supported", List.of("RS256")));
    }

    private void answerToken(HttpExchange exchange) throws IOException {
        String asked = exchange.getRequestURI().getPath().substring(TOKENS.length());
        Optional<DemoPerson> person =
                Arrays.stream(DemoPerson.values()).filter(p -> p.id().equals(asked)).findAny();
        if (person.isEmpty()) {
            String known =
                    Arrays.stream(DemoPerson.values())
                            .map(p -> TOKENS + p.id())
                            .collect(Collectors.joining(", "));
            answer(exchange, 404, "text/plain", "No such person; there are " + known + "\n");
            return;
        }
        Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
        String subject = query.getOrDefault("sub", "demo-" + asked);
        String fallback = (query.containsKey("sub") ? subject : asked) + "@demo.example";
        String email = query.getOrDefault("email", fallback);
        answer(exchange, 200, "text/plain", token(person.get(), subject, email));
    }

    private static Map<String, String> query(@Nullable String raw) {
        if (raw == null) {
            return Map.of();
        }
        return Arrays.stream(raw.split("&"))
                .map(part -> part.split("=", 2))
                .filter(part -> part.length == 2)
                .collect(
                        Collectors.toMap(
                                part -> part[0],
                                part -> URLDecoder.decode(part[1], StandardCharsets.UTF_8),
                                (first, second) -> second));
    }

    private static void answer(HttpExchange exchange, int status, String type, String body)
            throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type + ";charset=utf-8");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static RSAKey key(Path folder) throws IOException {
        Path file = folder.resolve("signing-key.json");
        try {
            if (Files.exists(file)) {
                return RSAKey.parse(Files.readString(file));
            }
            RSAKey made =
                    new RSAKeyGenerator(2048)
                            .keyUse(KeyUse.SIGNATURE)
                            .algorithm(JWSAlgorithm.RS256)
                            .keyIDFromThumbprint(true)
                            .generate();
            Files.createDirectories(folder);
            Path written = Files.createTempFile(folder, "key", null);
            Files.writeString(written, made.toJSONString());
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
            return made;
        } catch (ParseException e) {
            throw new IOException(
                    "The demo signing key in " + file + " is damaged; delete it for a new one", e);
        } catch (JOSEException e) {
            throw new IllegalStateException("This JVM makes no RSA keys", e);
        }
    }
}
