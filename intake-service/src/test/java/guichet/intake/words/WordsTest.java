package guichet.intake.words;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.chassis.words.Translations;
import guichet.policy.Language;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.ResourceBundle;

class WordsTest {

    @Test
    void everySentenceIsThereInEveryLanguage() {
        Translations.mustBeWhole("guichet.intake.words.words");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    EN | America/Los_Angeles | Tuesday, November 24, 2026, 5:00 PM Pacific Time
                    PT | America/Sao_Paulo   | terça-feira, 24 de novembro de 2026 22:00 Horário de Brasília
                    ES | America/Sao_Paulo   | martes, 24 de noviembre de 2026, 22:00 hora de Brasilia
                    """)
    void c2SaysAnInstantAsPeopleInTheZoneDo(Language language, ZoneId zone, String words) {
        Instant at = Instant.parse("2026-11-25T01:00:00Z");

        assertThat(Words.moment(language, at, zone)).isEqualTo(words);
    }

    @Test
    void theLanguageOfTheMachineDoesNotMatter() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.of("pt", "BR"));
            ResourceBundle.clearCache();

            assertThat(Words.say(Language.EN, "CHAT.closed.title"))
                    .isEqualTo("Live chat is closed");
        } finally {
            Locale.setDefault(before);
            ResourceBundle.clearCache();
        }
    }
}
