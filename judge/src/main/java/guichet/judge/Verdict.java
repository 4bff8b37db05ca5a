package guichet.judge;

import java.util.List;
import java.util.Set;

/**
 * What the judge found.
 *
 * @param contacts how many began on the log, converted tickets among them
 * @param open of how many of them something is still to come
 * @param either how many of them came to something that is right only because a fact was, or may
 *     have been, recorded late
 * @param leftOut how many more are spoken of, which were not judged as their beginning is not kept
 *     any more
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
        int leftOut,
        int events,
        int offContract,
        Set<String> policies,
        List<Fault> faults) {

    /** One line. */
    public String summary() {
        return "%d contacts, %d still open, %d right only by the tolerance, %d left out as their beginning is not kept any more; %d records, %d off contract; policy %s; %d faults"
                .formatted(
                        contacts,
                        open,
                        either,
                        leftOut,
                        events,
                        offContract,
                        String.join(", ", policies),
                        faults.size());
    }
}
