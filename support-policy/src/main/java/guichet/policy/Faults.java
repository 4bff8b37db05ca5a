package guichet.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gathers the faults of one policy, so that all can be reported together, each once. */
final class Faults {

    private final String location;
    private final String where;
    private final List<InvalidPolicy.Fault> found;

    Faults(String location) {
        this(location, "", new ArrayList<>());
    }

    private Faults(String location, String where, List<InvalidPolicy.Fault> found) {
        this.location = location;
        this.where = where;
        this.found = found;
    }

    /** The same, for what stands in the policy that this one is based on. */
    Faults inBase(String base) {
        return new Faults(location, base, found);
    }

    void add(int line, String problem, String remedy) {
        found.add(
                where.isEmpty()
                        ? new InvalidPolicy.Fault(line, problem, remedy)
                        : new InvalidPolicy.Fault(
                                0, "line " + line + " of " + where + ": " + problem, remedy));
    }

    /** Grows with every addition, also of a fault that was found before. */
    int count() {
        return found.size();
    }

    /** Ends the reading where faults have been found. */
    void refuseIfAny() {
        if (!found.isEmpty()) {
            throw asException();
        }
    }

    InvalidPolicy asException() {
        return new InvalidPolicy(
                location,
                found.stream()
                        .distinct()
                        .sorted(Comparator.comparingInt(InvalidPolicy.Fault::line))
                        .toList());
    }
}
