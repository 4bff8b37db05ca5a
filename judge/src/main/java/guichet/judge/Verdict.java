package guichet.judge;

import java.util.List;
import java.util.Set;

/**
 * What the judge found.
 *
 * @param contacts how many began on the log, converted tickets among them
 * @param open of how many of them something is still to come
 * @param either of how many of them more than one outcome was allowed, and not the plain one came
 * @param events how many records were read
 * @param offContract how many of them nobody can use, as they break their schema or the desk's
 *     contract; not judged
 * @param policies the versions of the policy that the desk says it decided by
 * @param faults empty for a desk that did as it should
 */
public record Verdict(
        int contacts,
        int open,
        int either,
        int events,
        int offContract,
        Set<String> policies,
        List<Fault> faults) {

    /** One line. */
    public String summary() {
        return "%d contacts, %d of them with something still to come, %d with an outcome that only the tolerance allows; %d records, %d of them off contract; decided by policy %s; %d faults"
                .formatted(contacts, open, either, events, offContract, policies, faults.size());
    }
}
