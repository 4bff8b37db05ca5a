package guichet.chassis.words;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.policy.Language;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhrasebookTest {

    private final Phrasebook words = new Phrasebook("guichet.chassis.forms.words");

    @ParameterizedTest
    @ValueSource(strings = {"guichet.chassis.forms.words", "guichet.chassis.door.words"})
    void everySentenceIsThereInEveryLanguage(String bundle) {
        Translations.mustBeWhole(bundle);
    }

    @ParameterizedTest
    @CsvSource({
        "EN, 'may have at most 20,000 characters, not 20,001'",
        "PT, 'pode ter no máximo 20.000 caracteres, não 20.001'",
        "ES, 'puede tener como máximo 20.000 caracteres, no 20.001'"
    })
    void numbersAreWrittenAsTheLanguageDoes(Language language, String said) {
        assertThat(words.say(language, "long", 20_000, 20_001)).isEqualTo(said);
    }

    @Test
    void aSentenceThatIsPartOfAnotherIsSaidInItsLanguage() {
        Sentence sentence = words.sentence("text", words.sentence("kind.ARRAY"));

        assertThat(sentence.in(Language.ES)).isEqualTo("debe ser un texto, no una lista");
    }
}
