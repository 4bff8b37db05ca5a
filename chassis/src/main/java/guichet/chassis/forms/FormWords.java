package guichet.chassis.forms;

import guichet.chassis.words.Phrasebook;
import guichet.chassis.words.Sentence;

/** What senders of forms are told. */
final class FormWords {

    private static final Phrasebook WORDS = new Phrasebook("guichet.chassis.forms.words");

    private FormWords() {}

    /** A sentence of the bundle {@code words}. */
    static Sentence sentence(String key, Object... parts) {
        return WORDS.sentence(key, parts);
    }

    /** The fault of a text, by a sentence of the bundle. */
    static FaultyText faulty(String key, Object... parts) {
        return new FaultyText(sentence(key, parts));
    }
}
