package guichet.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;

class GuidanceTest {

    private static final Instant NOW = Instant.parse("2026-07-06T12:00:00Z");

    private final SupportPolicy policy = SupportPolicy.load("support-page");

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({
        "billing, S4, WEB",
        "confidential, S4, WEB",
        "proof-of-ownership, S4, WEB",
        "complex-troubleshooting, S4, WEB",
        "bug-report, S4, WEB",
        "feature-request, S4, WEB",
        "takes-over-30-minutes, S4, WEB",
        "how-to, S5, CHAT",
        "account, S5, CHAT",
        "outage, S6, PHONE",
        "urgent-troubleshooting, S6, PHONE"
    })
    void recommendsAChannelForWhatIsInScopeS4S5S6(String topic, String row, Channel channel) {
        Guidance guidance = policy.guidance(topic, Language.EN, NOW).orElseThrow();

        assertThat(guidance.scope()).isEqualTo(Scope.IN);
        assertThat(guidance.row()).isEqualTo(row);
        assertThat(guidance.channel()).contains(channel);
    }

    @ParameterizedTest
    @CsvSource({
        "site-editor", "product-features", "bug-report", "new-products", "feature-request",
        "white-label", "team-features", "api-and-documentation", "account", "billing",
        "site-transfer", "data-security-privacy"
    })
    void helpsWithAllThatThePageNamesS1(String topic) {
        assertThat(policy.scope(topic, NOW)).isEqualTo(Scope.IN);
        assertThat(policy.topics(NOW)).contains(topic);
    }

    @ParameterizedTest
    @CsvSource({
        "business-strategy",
        "design-advice",
        "legal-advice",
        "customer-recommendations",
        "custom-code",
        "custom-integrations",
        "custom-api-workflows"
    })
    void tellsKindlyWhatIsOutOfScopeAndRecommendsNoChannelS2(String topic) {
        Guidance guidance = policy.guidance(topic, Language.EN, NOW).orElseThrow();

        assertThat(guidance.scope()).isEqualTo(Scope.OUT);
        assertThat(guidance.channel()).isEmpty();
        assertThat(guidance.advice()).startsWith("We are sorry");
    }

    @Test
    void pointsCustomersOfTheMobileProductToItsForumS3() {
        Guidance guidance = policy.guidance("mobile-product", Language.EN, NOW).orElseThrow();

        assertThat(guidance.scope()).isEqualTo(Scope.RETIRED);
        assertThat(guidance.advice()).contains("forum");
        assertThat(guidance.see()).contains(URI.create("https://forum.example.com/mobile"));
    }

    @Test
    void speaksTheCustomersLanguage() {
        for (String topic : policy.topics(NOW)) {
            assertThat(Arrays.stream(Language.values()))
                    .as(topic)
                    .extracting(
                            language ->
                                    policy.guidance(topic, language, NOW).orElseThrow().advice())
                    .doesNotHaveDuplicates()
                    .allSatisfy(advice -> assertThat(advice).isNotBlank().doesNotContain("\n"));
        }
        assertThat(policy.guidance("outage", Language.PT, NOW).orElseThrow().advice())
                .startsWith("Peça uma ligação");
        assertThat(policy.guidance("outage", Language.ES, NOW).orElseThrow().advice())
                .startsWith("Pida una llamada");
    }

    @Test
    void saysNothingOfTopicsItDoesNotKnow() {
        assertThat(policy.guidance("gardening", Language.EN, NOW)).isEmpty();
    }

    @Test
    void neverGivesATargetToWhatIsNotInScopeS2S3() {
        for (Line line : Line.all()) {
            assertThat(policy.respondBy(line, Scope.OUT, NOW)).isEmpty();
            assertThat(policy.respondBy(line, Scope.RETIRED, NOW)).isEmpty();
            assertThat(policy.respondBy(line, Scope.IN, NOW)).isPresent();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    scope: in scope, topics: [a]                      | 'channel' is missing
                    scope: out of scope, topics: [a], channel: web    | no channel is best for what is out of scope
                    scope: retired, topics: [a], channel: web         | no channel is best for what is retired
                    scope: sometimes, topics: [a]                     | 'sometimes' is not a valid 'scope'
                    scope: retired                                    | 'topics' is missing
                    topics: [a]                                       | 'scope' is missing
                    scope: retired, topics: [a, a]                    | 'a' stands twice in 'topics'
                    scope: retired, topics: [a], see: forum           | 'forum' is not a valid 'see'
                    scope: retired, topics: [a], see: "http://a.example" | 'http://a.example' is not a valid 'see'
                    scope: in scope, topics: [a], channel: fax        | 'fax' is not a valid 'channel'
                    """)
    void namesTheLineOfAFault(String rule, String problem) {
        new OwnPolicy(folder)
                .refusesOverPage(
                        "topics:\n  - {row: S4, advice: {en: a, pt: b, es: c}, " + rule + "}\n",
                        3,
                        problem);
    }

    @Test
    void wantsAdviceInEveryLanguage() {
        new OwnPolicy(folder)
                .refusesOverPage(
                        """
                        topics:
                          - {row: S3, scope: retired, topics: [a], advice: {en: a, pt: b}}
                        """,
                        3,
                        "'es' is missing");
    }
}
