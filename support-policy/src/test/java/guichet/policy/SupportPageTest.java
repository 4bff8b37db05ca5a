package guichet.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

class SupportPageTest {

    private static final Instant NOW = Instant.parse("2026-07-06T12:00:00Z");

    private final SupportPolicy policy = SupportPolicy.load("support-page");

    @ParameterizedTest
    @CsvSource({"en, EN", "pt-BR, PT", "es-419, ES", "pt_PT, PT", "EN-us, EN"})
    void takesTheDeclaredLanguageWhateverTheTextL1(String tag, Language language) {
        assertThat(policy.languageOf(tag, "Mi sitio no se publica desde ayer.").language())
                .isEqualTo(language);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Não consigo publicar o meu site, podem ajudar?               | PT
                    Bom dia, a minha fatura deste mês está errada.               | PT
                    Mi sitio no se publica desde ayer, ¿pueden ayudarme?         | ES
                    El pago con tarjeta fue rechazado dos veces.                 | ES
                    My site has not been loading since this morning, please help | EN
                    Mon site ne se charge plus depuis ce matin, pouvez-vous m'aider ? | EN
                    Meine Webseite lädt seit heute Morgen nicht mehr.            | EN
                    12345                                                        | EN
                    """)
    void detectsTheLanguageWhereNoneOfOursIsDeclaredL1(String text, Language language) {
        assertThat(policy.languageOf(null, text).language()).isEqualTo(language);
        assertThat(policy.languageOf("fr", text).language()).isEqualTo(language);
        assertThat(policy.languageOf("not a tag", text)).isEqualTo(policy.languageOf(null, text));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  "})
    void sendsContactsWithoutLanguageAndTextToTheEnglishQueueL1(String text) {
        assertThat(policy.languageOf(null, text).language()).isEqualTo(Language.EN);
    }

    @Test
    void detectsTheSameInAllThreadsL1() {
        List<Language> detected =
                IntStream.range(0, 200)
                        .parallel()
                        .mapToObj(i -> policy.languageOf(null, "O editor não salva as alterações."))
                        .map(LanguageChoice::language)
                        .toList();

        assertThat(detected).hasSize(200).containsOnly(Language.PT);
    }

    @Test
    void knowsWhatIsOutOfScopeS2() {
        assertThat(policy.scope("legal-advice", NOW)).isEqualTo(Scope.OUT);
        assertThat(policy.scope("custom-api-workflows", NOW)).isEqualTo(Scope.OUT);
        assertThat(policy.scope("billing", NOW)).isEqualTo(Scope.IN);
        assertThat(policy.scope("something else", NOW)).isEqualTo(Scope.IN);
        assertThat(policy.scope(null, NOW)).isEqualTo(Scope.IN);
        assertThat(policy.topics(NOW)).contains("site-editor", "legal-advice");
    }

    @Test
    void noLongerSupportsTheMobileProductS3() {
        assertThat(policy.scope("mobile-product", NOW)).isEqualTo(Scope.RETIRED);
    }

    @ParameterizedTest
    @CsvSource({
        "WEB, URGENT, URGENT",
        "WEB, HIGH, HIGH",
        "CHAT, NORMAL, NORMAL",
        "CHAT, LOW, LOW",
        "PHONE, HIGH, URGENT",
        "PHONE, LOW, LOW"
    })
    void ranksByImpactAndChannelC1S6(Channel channel, Impact impact, Priority priority) {
        assertThat(policy.priority(channel, Plan.BASIC, impact, Scope.IN, NOW).priority())
                .isEqualTo(priority);
    }

    @Test
    void ranksWhatIsOutOfScopeLowestWithoutAHeadStartS2() {
        PriorityChoice choice =
                policy.priority(Channel.PHONE, Plan.ENTERPRISE, Impact.URGENT, Scope.OUT, NOW);

        assertThat(choice)
                .isEqualTo(new PriorityChoice(Priority.LOW, Duration.ZERO, "S2: out of scope"));
    }

    @Test
    void givesPriorityPlansAHeadStartT4() {
        Duration basic =
                policy.priority(Channel.CHAT, Plan.BASIC, Impact.HIGH, Scope.IN, NOW).headStart();
        PriorityChoice agency =
                policy.priority(Channel.CHAT, Plan.AGENCY, Impact.HIGH, Scope.IN, NOW);

        assertThat(basic).isEqualTo(Duration.ofHours(1));
        assertThat(agency.headStart()).isEqualTo(Duration.ofMinutes(90));
        assertThat(agency.reason()).isEqualTo("C1: impact HIGH; T4: plan AGENCY, 30 minutes ahead");
    }

    @Test
    void limitsConversationsToThirtyMinutesE1E2() {
        assertThat(policy.conversationLimit(NOW)).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void ranksByPlanWhereTheOwnerSaysSoAndTakesTheMoreUrgentOfTwo(@TempDir Path folder) {
        SupportPolicy own =
                new OwnPolicy(folder)
                        .overPage(
                                """
                                priorities:
                                  by-impact: {urgent: urgent, high: high, normal: normal, low: low}
                                  by-channel: {phone: {low: high}}
                                  by-plan: {enterprise: {low: normal, normal: high}}
                                  out-of-scope: low
                                """);

        assertThat(own.priority(Channel.WEB, Plan.ENTERPRISE, Impact.NORMAL, Scope.IN, NOW))
                .satisfies(
                        choice -> {
                            assertThat(choice.priority()).isEqualTo(Priority.HIGH);
                            assertThat(choice.reason())
                                    .startsWith("T4: impact NORMAL for plan ENTERPRISE");
                        });
        assertThat(
                        own.priority(Channel.PHONE, Plan.ENTERPRISE, Impact.LOW, Scope.IN, NOW)
                                .priority())
                .isEqualTo(Priority.HIGH);
        assertThat(own.priority(Channel.WEB, Plan.TEAM, Impact.NORMAL, Scope.IN, NOW).priority())
                .isEqualTo(Priority.NORMAL);
    }
}
