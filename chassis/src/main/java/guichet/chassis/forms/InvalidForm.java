package guichet.chassis.forms;

import guichet.policy.Language;

import java.util.List;
import java.util.Optional;

/** A request with faults; all of them, in the order of reading. */
public final class InvalidForm extends RuntimeException {

    private final transient List<Fault> faults;
    private final transient Optional<Language> language;

    /** Faults in at least one field of a form in that language, where it declares one of ours. */
    InvalidForm(List<Fault> faults, Optional<Language> language) {
        super(faults.size() + " faults", null, false, false);
        this.faults = List.copyOf(faults);
        this.language = language;
    }

    /** What is wrong, at least one. */
    public List<Fault> faults() {
        return faults;
    }

    /** As {@link Form#language}. */
    public Optional<Language> language() {
        return language;
    }
}
