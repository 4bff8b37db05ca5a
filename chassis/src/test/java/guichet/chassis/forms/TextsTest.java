package guichet.chassis.forms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.time.ZoneId;

class TextsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ana@example.com",
                "Ana.Prado+desk@mail.example.co.uk",
                "o'neil@example.org",
                "josé@correio.exemplo.com.br",
                "用户@例子.中国",
            })
    void c1ReadsEmailAddresses(String address) throws FaultyText {
        assertThat(EmailAddresses.address().read(address)).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ana",
                "ana@",
                "@example.com",
                "ana@localhost",
                "ana@@example.com",
                "ana @example.com",
                ".ana@example.com",
                "ana..prado@example.com",
                "ana@example..com",
                "ana@-example.com",
                "Ana <ana@example.com>",
                "ana@example.com, bo@example.com",
                "ana@example.com\nBcc: bo@example.com",
            })
    void c1RefusesWhatIsNoEmailAddress(String text) {
        assertThatThrownBy(() -> EmailAddresses.address().read(text))
                .isInstanceOf(FaultyText.class);
    }

    @Test
    void refusesAnAddressThatIsTooLongInAnyPart() {
        String local = "a".repeat(65) + "@example.com";
        String whole = "a".repeat(60) + "@" + "example.".repeat(30) + "com";

        assertThatThrownBy(() -> EmailAddresses.address().read(local))
                .isInstanceOf(FaultyText.class);
        assertThatThrownBy(() -> EmailAddresses.address().read(whole))
                .hasMessageContaining("at most 254 characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "my-site",
                "MySite2",
                "https://www.example.com",
                "http://example.com:8080/shop?id=1#top",
                "www.example.com/shop",
                "https://café.com.br/menu",
            })
    void c1ReadsSiteAliasesAndAddresses(String site) throws FaultyText {
        assertThat(Sites.aliasOrUrl().read(site)).isEqualTo(site);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-",
                "my site",
                "ftp://example.com",
                "javascript:alert(1)",
                "https://",
                "https:///path",
                "https://user:secret@example.com",
                "https://exa mple.com",
                "file:///etc/passwd",
            })
    void c1RefusesWhatIsNeitherAliasNorAddress(String text) {
        assertThatThrownBy(() -> Sites.aliasOrUrl().read(text)).isInstanceOf(FaultyText.class);
    }

    @ParameterizedTest
    @CsvSource({"en, en", "EN-us, en-US", "pt-BR, pt-BR", "zh-Hant-TW, zh-Hant-TW"})
    void l1ReadsLanguageTagsInCanonicalForm(String text, String tag) throws FaultyText {
        assertThat(Texts.languageTag().read(text)).isEqualTo(tag);
    }

    @ParameterizedTest
    @ValueSource(strings = {"english please", "e", "pt_BR", "en--US", "12"})
    void l1RefusesWhatIsNoLanguageTag(String text) {
        assertThatThrownBy(() -> Texts.languageTag().read(text)).isInstanceOf(FaultyText.class);
    }

    @Test
    void countsCharactersNotTheirHalves() throws FaultyText {
        assertThat(Texts.line(2).read("😀😀")).isEqualTo("😀😀");
        assertThatThrownBy(() -> Texts.line(2).read("😀😀😀"))
                .hasMessage("may have at most 2 characters, not 3");
    }

    @Test
    void refusesWhatNoTextHas() {
        assertThatThrownBy(() -> Texts.line(9).read("a\nb")).hasMessageContaining("control");
        assertThatThrownBy(() -> Texts.prose(9).read("a\0b")).hasMessageContaining("control");
        assertThatThrownBy(() -> Texts.prose(9).read("a\uD83D")).hasMessageContaining("surrogate");
    }

    @Test
    void readsInstantsWithTheirOffset() throws FaultyText {
        assertThat(Texts.instant().read("2026-11-24T09:00:00-08:00"))
                .isEqualTo(Instant.parse("2026-11-24T17:00:00Z"));
        assertThatThrownBy(() -> Texts.instant().read("2026-11-24")).isInstanceOf(FaultyText.class);
        assertThatThrownBy(() -> Texts.instant().read("+99999-01-01T00:00:00Z"))
                .isInstanceOf(FaultyText.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Madrid", "America/Sao_Paulo", "UTC"})
    void readsTimeZonesByTheirIanaName(String text) throws FaultyText {
        assertThat(Texts.zone().read(text)).isEqualTo(ZoneId.of(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-03:00", "UTC+2", "Z", "europe/madrid", "Madrid", "../etc"})
    void refusesWhatIsNoNameOfATimeZone(String text) {
        assertThatThrownBy(() -> Texts.zone().read(text))
                .isInstanceOf(FaultyText.class)
                .hasMessageContaining("Europe/Madrid");
    }
}
