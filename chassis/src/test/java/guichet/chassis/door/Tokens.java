package guichet.chassis.door;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;

/**
 * Bearer tokens signed with a key of the tests; their person is person-7 unless another is named.
 */
public final class Tokens {

    private static final RSAKey KEY = newKey();
    private static final String ISSUER = "https://identity.example";
    private static final String AUDIENCE = "guichet";

    private Tokens() {}

    /** Makes a service believe these tokens; they are meant for whom a door expects by itself. */
    public static final class Provider
            implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        private static final URI KEYS = serveKeys();

        @Override
        public void initialize(ConfigurableApplicationContext service) {
            String jwt = "spring.security.oauth2.resourceserver.jwt.";
            service.getEnvironment()
                    .getPropertySources()
                    .addFirst(
                            new MapPropertySource(
                                    "tokens",
                                    Map.of(
                                            jwt + "issuer-uri",
                                            ISSUER,
                                            jwt + "jwk-set-uri",
                                            KEYS.toString())));
        }

        private static URI serveKeys() {
            try {
                HttpServer server =
                        HttpServer.create(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
                byte[] keys = new JWKSet(KEY.toPublicJWK()).toString().getBytes(UTF_8);
                server.createContext(
                        "/",
                        exchange -> {
                            try (exchange) {
                                exchange.getResponseHeaders()
                                        .set("Content-Type", "application/json");
                                exchange.sendResponseHeaders(200, keys.length);
                                exchange.getResponseBody().write(keys);
                            }
                        });
                server.start();
                return URI.create("http://localhost:%d/".formatted(server.getAddress().getPort()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    public static String customer(String... plans) {
        return signed(
                KEY,
                claims("customer")
                        .claim(
                                "accounts",
                                Arrays.stream(plans)
                                        .map(
                                                plan ->
                                                        Map.of(
                                                                "id", "a-1", "plan", plan, "role",
                                                                "owner"))
                                        .toList())
                        .build());
    }

    public static String withScope(String scope) {
        return signed(KEY, claims(scope).build());
    }

    public static String of(String subject, String scope) {
        return signed(KEY, claims(scope).subject(subject).build());
    }

    public static String of(String subject, String scope, String email) {
        return signed(KEY, claims(scope).subject(subject).claim("email", email).build());
    }

    public static String expired(String scope) {
        return signed(
                KEY,
                claims(scope)
                        .expirationTime(Date.from(Instant.now().minus(Duration.ofHours(1))))
                        .build());
    }

    public static String forged(String scope) {
        return signed(newKey(), claims(scope).build());
    }

    public static String withoutSubject(String scope) {
        return signed(KEY, claims(scope).subject(null).build());
    }

    public static String ofAnotherIssuer(String scope) {
        return signed(KEY, claims(scope).issuer("https://elsewhere.example").build());
    }

    public static String forAnotherAudience(String scope) {
        return signed(KEY, claims(scope).audience("another service").build());
    }

    public static String withoutEnd(String scope) {
        return signed(KEY, claims(scope).expirationTime(null).build());
    }

    private static JWTClaimsSet.Builder claims(String scope) {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject("person-7")
                .claim("name", "Ana Prado")
                .claim("email", "ana@example.com")
                .claim("scope", scope)
                .claim("accounts", List.of())
                .expirationTime(Date.from(Instant.now().plus(Duration.ofHours(1))));
    }

    private static String signed(RSAKey key, JWTClaimsSet claims) {
        try {
            SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), claims);
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(2048).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
