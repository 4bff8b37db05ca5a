package guichet.chassis.forms;

import guichet.chassis.words.Sentence;
import guichet.policy.Language;

/** A text that is not what its field asks for. */
public final class FaultyText extends Exception {

    private final transient Sentence sentence;

    /**
     * @param sentence what is wrong and what would be right, to follow the field's name
     */
    public FaultyText(Sentence sentence) {
        super(null, null, false, false);
        this.sentence = sentence;
    }

    /** What is wrong and what would be right, to follow the field's name. */
    public Sentence sentence() {
        return sentence;
    }

    @Override
    public String getMessage() {
        return sentence.in(Language.EN);
    }
}
