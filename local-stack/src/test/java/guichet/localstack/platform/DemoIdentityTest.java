package guichet.localstack.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;

class DemoIdentityTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    @TempDir Path folder;

    @Test
    void answersASignedTokenForACustomerOfAPlan() throws Exception {
        try (DemoIdentity identity = start()) {
            SignedJWT token = SignedJWT.parse(get(identity, "/token/team").body());

            JWTClaimsSet claims = token.getJWTClaimsSet();
            assertThat(isSignedBy(identity, token)).isTrue();
            assertThat(claims.getIssuer()).isEqualTo(identity.issuer());
            assertThat(claims.getAudience()).containsExactly("guichet");
            assertThat(claims.getSubject()).isEqualTo("demo-team");
            assertThat(claims.getStringClaim("email")).isEqualTo("team@demo.example");
            assertThat(claims.getStringClaim("scope")).isEqualTo("customer");
            assertThat(claims.getClaim("accounts"))
                    .isEqualTo(
                            List.of(
                                    Map.of(
                                            "id", "account-of-demo-team",
                                            "plan", "TEAM",
                                            "role", "OWNER")));
            assertThat(claims.getExpirationTime())
                    .isEqualTo(Date.from(Instant.parse("2026-03-03T12:00:00Z")));
        }
    }

    @Test
    void playsOtherPeople() throws Exception {
        try (DemoIdentity identity = start()) {
            String body = get(identity, "/token/basic?sub=ana&email=ana%40site.example").body();

            JWTClaimsSet claims = SignedJWT.parse(body).getJWTClaimsSet();
            assertThat(claims.getSubject()).isEqualTo("ana");
            assertThat(claims.getStringClaim("email")).isEqualTo("ana@site.example");
        }
    }

    @Test
    void givesThoseWhoWorkAtTheDeskNoAccount() throws Exception {
        try (DemoIdentity identity = start()) {
            String body = get(identity, "/token/supervisor").body();

            JWTClaimsSet claims = SignedJWT.parse(body).getJWTClaimsSet();
            assertThat(claims.getStringClaim("scope")).isEqualTo("supervisor");
            assertThat(claims.getClaim("accounts")).isNull();
        }
    }

    @Test
    void namesThePeopleThereAreWhenAskedForAnother() throws Exception {
        try (DemoIdentity identity = start()) {
            HttpResponse<String> response = get(identity, "/token/root");

            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.body()).contains("/token/enterprise");
        }
    }

    @Test
    void pointsToItsKeys() throws Exception {
        try (DemoIdentity identity = start()) {
            String document = get(identity, "/.well-known/openid-configuration").body();

            assertThat(document).contains(identity.jwkSetUri());
        }
    }

    @Test
    void keepsItsKeySoThatTokensOutliveARestart() throws Exception {
        SignedJWT token;
        try (DemoIdentity first = start()) {
            token = SignedJWT.parse(first.token(DemoPerson.AGENT));
        }

        try (DemoIdentity second = start()) {
            assertThat(isSignedBy(second, token)).isTrue();
        }
    }

    private DemoIdentity start() {
        return DemoIdentity.start(folder, 0, () -> NOON);
    }

    private static boolean isSignedBy(DemoIdentity identity, SignedJWT token) throws Exception {
        JWKSet keys = JWKSet.parse(get(identity, "/.well-known/jwks.json").body());
        var key = keys.getKeyByKeyId(token.getHeader().getKeyID()).toRSAKey();
        assertThat(key.isPrivate()).isFalse();
        return token.verify(new RSASSAVerifier(key));
    }

    private static HttpResponse<String> get(DemoIdentity identity, String path)
            throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create(identity.issuer() + path)).build(),
                    BodyHandlers.ofString());
        }
    }
}
