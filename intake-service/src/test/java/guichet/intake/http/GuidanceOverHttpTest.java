package guichet.intake.http;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.chassis.door.SettableClock;
import guichet.intake.Noticeboard;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

import tools.jackson.databind.JsonNode;

@OverHttp
class GuidanceOverHttpTest {

    @Autowired Intake intake;
    @Autowired SettableClock clock;
    @Autowired Noticeboard noticeboard;

    @BeforeEach
    void whileAllLanguagesAreOpen() {
        clock.set("2026-11-25T20:30:00Z");
    }

    @AfterEach
    void takeEverythingDown() {
        noticeboard.clear();
    }

    @ParameterizedTest(name = "{0} in {1}: {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    billing | en | WEB   | The web form is best for this
                    billing | pt | WEB   | O formulário web é o melhor caminho
                    billing | es | WEB   | El formulario web es lo mejor
                    how-to  | en | CHAT  | Live chat is the quickest way
                    how-to  | pt | CHAT  | O chat ao vivo é o caminho mais rápido
                    how-to  | es | CHAT  | El chat en vivo es la vía más rápida
                    outage  | en | PHONE | Please ask for a call
                    outage  | pt | PHONE | Peça uma ligação
                    outage  | es | PHONE | Pida una llamada
                    """)
    void s4S5S6NameTheBestChannelAndWhy(
            String topic, String language, String channel, String reason) {
        var response = intake.get("/api/guidance?topic=%s&language=%s".formatted(topic, language));

        assertThat(response.status()).as(response.text()).isEqualTo(200);
        assertThat(response.headers().getFirst("Content-Language")).isEqualTo(language);
        var guidance = response.body();
        assertThat(guidance.get("scope").stringValue()).isEqualTo("IN");
        assertThat(guidance.get("bestChannel").stringValue()).isEqualTo(channel);
        assertThat(guidance.get("reason").stringValue()).startsWith(reason);
        assertThat(guidance.get("closedNow").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "site-editor",
                "product-features",
                "bug-report",
                "new-products",
                "feature-request",
                "white-label",
                "team-features",
                "api-and-documentation",
                "billing",
                "account",
                "site-transfer",
                "data-security-privacy"
            })
    void s1HelpsWithWhatThePageNames(String topic) {
        var guidance = intake.get("/api/guidance?topic=" + topic).body();

        assertThat(guidance.get("scope").stringValue()).isEqualTo("IN");
        assertThat(guidance.get("bestChannel").isNull()).isFalse();
    }

    @ParameterizedTest(name = "in {0}")
    @CsvSource({"en, We are sorry", "pt, Lamentamos", "es, Lo sentimos"})
    void s2TellsKindlyWhatIsOutOfScope(String language, String reason) {
        var guidance = intake.get("/api/guidance?topic=legal-advice&language=" + language).body();

        assertThat(guidance.get("scope").stringValue()).isEqualTo("OUT");
        assertThat(guidance.get("bestChannel").isNull()).isTrue();
        assertThat(guidance.get("reason").stringValue()).startsWith(reason);
    }

    @ParameterizedTest(name = "in {0}")
    @CsvSource({"en, in its forum", "pt, no fórum do produto", "es, en el foro del producto"})
    void s3PointsToTheForumOfTheRetiredProduct(String language, String reason) {
        var guidance = intake.get("/api/guidance?topic=mobile-product&language=" + language).body();

        assertThat(guidance.get("scope").stringValue()).isEqualTo("RETIRED");
        assertThat(guidance.get("reason").stringValue()).contains(reason);
        assertThat(guidance.get("see").stringValue()).startsWith("https://");
    }

    @Test
    void h1TellsOfEachChannelWhetherItIsOpenAndWhenItOpensNext() {
        clock.set("2026-11-25T10:00:00Z");

        var guidance = intake.get("/api/guidance?topic=billing&plan=TEAM").body();

        assertThat(guidance.get("plan").stringValue()).isEqualTo("TEAM");
        assertThat(guidance.get("channels").valueStream())
                .extracting(state -> state.get("channel").stringValue())
                .containsExactly("WEB", "CHAT", "PHONE");
        assertThat(channel(guidance, 1).get("open").booleanValue()).isTrue();
        assertThat(channel(guidance, 1).get("nextOpening").isNull()).isTrue();
        assertThat(channel(guidance, 2).get("open").booleanValue()).isFalse();
        assertThat(channel(guidance, 2).get("nextOpening").stringValue())
                .isEqualTo("2026-11-25T20:00:00Z");
        assertThat(channel(guidance, 2).get("nextOpeningLocal").stringValue())
                .isEqualTo("Wednesday, November 25, 2026, 12:00 PM Pacific Time");
    }

    @ParameterizedTest(name = "in {0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    en | live chat is closed just now      | 12:45 PM Pacific Time
                    pt | o chat está fechado neste momento | 17:45 Horário de Brasília
                    es | el chat está cerrado              | 17:45 hora de Brasilia
                    """)
    void h6SaysWhatToDoWhileTheBestChannelIsClosed(String language, String closed, String opening) {
        noticeboard.announce(Noticeboard.closure("2026-11-25T20:00:00Z", "2026-11-25T20:45:00Z"));

        var guidance = intake.get("/api/guidance?topic=how-to&language=" + language).body();

        assertThat(guidance.get("bestChannel").stringValue()).isEqualTo("CHAT");
        assertThat(guidance.get("closedNow").stringValue()).contains(closed, opening);
        assertThat(channel(guidance, 0).get("open").booleanValue()).isTrue();
        assertThat(channel(guidance, 1).get("open").booleanValue()).isFalse();
    }

    @Test
    void l1SpeaksTheBrowsersLanguageWhereNoneIsAskedFor() {
        var response =
                intake.get(
                        "/api/guidance?topic=outage",
                        headers -> headers.set("Accept-Language", "fr, pt-BR;q=0.8, en;q=0.5"));

        assertThat(response.headers().getFirst("Content-Language")).isEqualTo("pt");
        assertThat(response.headers().getVary()).contains("Accept-Language");
        assertThat(response.body().get("reason").stringValue()).startsWith("Peça uma ligação");
    }

    @Test
    void namesEveryFaultyParameter() {
        var unknown = intake.get("/api/guidance?topic=gardening&plan=GOLD&colour=red");
        var missing = intake.get("/api/guidance");

        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.body().get("errors").size()).isEqualTo(3);
        assertThat(unknown.message("topic")).contains("the topics are billing, confidential");
        assertThat(missing.status()).isEqualTo(400);
        assertThat(missing.message("topic")).isEqualTo("is required");
    }

    private static JsonNode channel(JsonNode guidance, int place) {
        return guidance.get("channels").get(place);
    }
}
