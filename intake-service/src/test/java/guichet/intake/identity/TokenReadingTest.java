package guichet.intake.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import guichet.intake.identity.Caller.SignedIn;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

import java.util.Collections;
import java.util.List;

class TokenReadingTest {

    private final TokenReading reading = new TokenReading();

    @Test
    void anAddressThatIsVerifiedIsThePersons() {
        assertThat(emailWhereVerifiedIs(true)).isEqualTo("ana@example.com");
        assertThat(emailWhereVerifiedIs("true")).isEqualTo("ana@example.com");
    }

    @Test
    void aProviderThatSaysNothingOfAddressesVouchesForThem() {
        assertThat(person(token("person-7")).email()).isEqualTo("ana@example.com");
    }

    @Test
    void anAddressOfWhichAnythingElseIsSaidIsNobodys() {
        for (Object said : List.of(false, "false", "TRUE", "yes", "", 1, List.of(true))) {
            assertThat(emailWhereVerifiedIs(said)).as("email_verified: %s", said).isNull();
        }
        assertThat(emailWhereVerifiedIs(null)).as("email_verified: null").isNull();
    }

    @Test
    void aSubjectHasAtMost200Characters() {
        assertThat(person(token("x".repeat(200))).subject()).hasSize(200);
        assertThatExceptionOfType(InvalidBearerTokenException.class)
                .isThrownBy(() -> reading.convert(token("x".repeat(201)).build()));
    }

    @Test
    void aTokenWithoutASubjectIsNobodys() {
        assertThatExceptionOfType(InvalidBearerTokenException.class)
                .isThrownBy(() -> reading.convert(token(" ").build()));
    }

    private @Nullable String emailWhereVerifiedIs(@Nullable Object said) {
        return person(
                        token("person-7")
                                .claims(
                                        claims ->
                                                claims.putAll(
                                                        Collections.singletonMap(
                                                                "email_verified", said))))
                .email();
    }

    private SignedIn person(Jwt.Builder token) {
        return (SignedIn) reading.convert(token.build()).getPrincipal();
    }

    private static Jwt.Builder token(String subject) {
        return Jwt.withTokenValue("token")
                .header("alg", "RS256")
                .subject(subject)
                .claim("email", "ana@example.com");
    }
}
