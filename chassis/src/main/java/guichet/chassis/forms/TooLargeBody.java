package guichet.chassis.forms;

import guichet.chassis.words.Sentence;
import guichet.policy.Language;

import java.util.List;

/** A body over a limit. */
public final class TooLargeBody extends RuntimeException {

    private final transient Sentence detail;
    private final transient List<Fault> faults;

    TooLargeBody(int limitBytes) {
        this(FormWords.sentence("body.large", limitBytes / 1024), List.of());
    }

    /**
     * A body of which a part is over its limit.
     *
     * @param detail the limit, as a sentence for the sender
     * @param fault the part and what to do
     */
    public TooLargeBody(Sentence detail, Fault fault) {
        this(detail, List.of(fault));
    }

    private TooLargeBody(Sentence detail, List<Fault> faults) {
        super(detail.in(Language.EN), null, false, false);
        this.detail = detail;
        this.faults = faults;
    }

    /** What a body may have at most, as a sentence for the sender. */
    public Sentence detail() {
        return detail;
    }

    /** What of it is too large; empty where it is the whole. */
    public List<Fault> faults() {
        return faults;
    }
}
