package guichet.chassis.forms;

import java.util.List;

/** A request with faults; all of them, in the order of reading. */
public final class InvalidForm extends RuntimeException {

    private final transient List<Fault> faults;

    /** Faults in at least one field. */
    public InvalidForm(List<Fault> faults) {
        super(faults.size() + " faults", null, false, false);
        this.faults = List.copyOf(faults);
    }

    /** What is wrong, at least one. */
    public List<Fault> faults() {
        return faults;
    }
}
