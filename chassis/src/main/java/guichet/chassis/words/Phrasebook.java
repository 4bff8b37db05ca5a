package guichet.chassis.words;

import guichet.policy.Language;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.ResourceBundle;

/** The sentences of a resource bundle: the same ones in each language, English without a suffix. */
public final class Phrasebook {

    private static final ResourceBundle.Control NO_OTHER_LANGUAGE =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private final String bundle;

    /**
     * @param bundle its name, with the package that it lies in
     */
    public Phrasebook(String bundle) {
        this.bundle = bundle;
    }

    /**
     * Says a sentence.
     *
     * @param key its name in the bundle
     * @param parts what stands for {@code {0}}, {@code {1}} in it; sentences and numbers as the
     *     language has them
     */
    public String say(Language language, String key, Object... parts) {
        Object[] said =
                Arrays.stream(parts)
                        .map(part -> part instanceof Sentence it ? it.in(language) : part)
                        .toArray();
        return new MessageFormat(words(language).getString(key), language.locale()).format(said);
    }

    /** A sentence to be said later. */
    public Sentence sentence(String key, Object... parts) {
        return language -> say(language, key, parts);
    }

    /** Whether there is such a sentence. */
    public boolean has(String key) {
        return words(Language.EN).containsKey(key);
    }

    private ResourceBundle words(Language language) {
        return ResourceBundle.getBundle(bundle, language.locale(), NO_OTHER_LANGUAGE);
    }
}
