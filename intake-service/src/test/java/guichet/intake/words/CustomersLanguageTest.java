package guichet.intake.words;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.policy.Language;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CustomersLanguageTest {

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    es    | pt-BR                   | ES
                    pt-PT |                         | PT
                    fr    | es-MX, en               | ES
                          | fr, pt-BR;q=0.8, en;q=1 | EN
                          | pt;q=0, es;q=0.1        | ES
                          | *                       | EN
                          | fr, de                  | EN
                          | ;;q=nonsense            | EN
                          |                         | EN
                    """)
    void l1PrefersTheOneAskedForThenTheBrowsersThenEnglish(
            @Nullable String asked, @Nullable String accepted, Language language) {
        assertThat(CustomersLanguage.of(asked, accepted)).isEqualTo(language);
    }
}
