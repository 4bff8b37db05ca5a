package guichet.chassis.words;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.policy.Language;

import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;

/** What the bundles of a {@link Phrasebook} have in common. */
public final class Translations {

    private Translations() {}

    /** Holds that every sentence is there, and sayable, in each language, and none is left over. */
    public static void mustBeWhole(String bundle) {
        Phrasebook words = new Phrasebook(bundle);
        Set<String> keys = ResourceBundle.getBundle(bundle, Locale.ROOT).keySet();
        Object[] parts = {"A", "B", "C", "D"};
        for (Language language : Language.values()) {
            assertThat(ResourceBundle.getBundle(bundle, language.locale()).keySet())
                    .isEqualTo(keys);
            for (String key : keys) {
                String said = words.say(language, key, parts);
                assertThat(said)
                        .as("%s in %s", key, language)
                        .isNotBlank()
                        .doesNotContainPattern("\\{\\d|''");
                if (language != Language.EN) {
                    assertThat(said)
                            .as("%s in %s", key, language)
                            .isNotEqualTo(words.say(Language.EN, key, parts));
                }
            }
        }
    }
}
