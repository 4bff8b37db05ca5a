package guichet.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gathers the faults of one policy file, so that all can be reported together. */
final class Faults {

    private final String location;
    private final List<InvalidPolicy.Fault> found = new ArrayList<>();

    Faults(String location) {
        this.location = location;
    }

    void add(int line, String problem, String remedy) {
        found.add(new InvalidPolicy.Fault(line, problem, remedy));
    }

    /** Ends the reading where faults have been found. */
    void refuseIfAny() {
        if (!found.isEmpty()) {
            throw asException();
        }
    }

    InvalidPolicy asException() {
        found.sort(Comparator.comparingInt(InvalidPolicy.Fault::line));
        return new InvalidPolicy(location, found);
    }
}
