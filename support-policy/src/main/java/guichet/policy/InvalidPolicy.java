package guichet.policy;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A policy that cannot be used. Carries every fault found, so that one round of mending is enough.
 */
public class InvalidPolicy extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    InvalidPolicy(String location, List<Fault> faults) {
        super(message(location, faults));
        this.faults = List.copyOf(faults);
    }

    /** All faults, in the order of their lines. */
    public List<Fault> faults() {
        return faults;
    }

    private static String message(String location, List<Fault> faults) {
        return faults.stream()
                .map(fault -> "  " + fault)
                .collect(
                        Collectors.joining(
                                "\n", "The support policy " + location + " cannot be used:\n", ""));
    }

    /**
     * One fault in a policy file.
     *
     * @param line the line in the file, from 1; 0 where the fault is the file itself
     * @param problem what is wrong
     * @param remedy what to do
     */
    public record Fault(int line, String problem, String remedy) {

        @Override
        public String toString() {
            String where = line == 0 ? "" : "line " + line + ": ";
            return where + problem + "; " + remedy;
        }
    }
}
