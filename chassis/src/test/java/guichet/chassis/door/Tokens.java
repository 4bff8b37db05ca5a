package guichet.chassis.door;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

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

    private Tokens() {}

    public static JwtDecoder decoder() {
        try {
            return NimbusJwtDecoder.withPublicKey(KEY.toRSAPublicKey()).build();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
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

    private static JWTClaimsSet.Builder claims(String scope) {
        return new JWTClaimsSet.Builder()
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
