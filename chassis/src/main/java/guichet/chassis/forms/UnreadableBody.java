package guichet.chassis.forms;

import guichet.chassis.words.Sentence;
import guichet.policy.Language;

/** A body that is no JSON object, or no form. */
public final class UnreadableBody extends RuntimeException {

    private final transient Sentence detail;

    /**
     * @param detail what is wrong with it, as a sentence for the sender
     */
    public UnreadableBody(Sentence detail) {
        super(detail.in(Language.EN), null, false, false);
        this.detail = detail;
    }

    /** What is wrong with it, as a sentence for the sender. */
    public Sentence detail() {
        return detail;
    }
}
