package guichet.benchmarks.desk;

/**
 * What came out of a load. An answer that the broker acknowledged before due must have kept the
 * deadline from firing; after one that it acknowledged later either is right; without one it must
 * have fired, once and not before due.
 *
 * <p>Safe for use by one thread that sends, one that is told of acknowledgements, and one that
 * reads.
 */
final class Outcomes {

    /**
     * The verdict.
     *
     * @param fired deadlines that fired
     * @param missed that had to fire and did not
     * @param doubled that fired more than once
     * @param falsely that fired although they had been answered in time, early, or for another due
     */
    record Verdict(int fired, int missed, int doubled, int falsely) {

        int faults() {
            return missed + doubled + falsely;
        }
    }

    private final Load load;
    private final long[] acknowledgedAt;
    private final byte[] firings;
    private final boolean[] wrong;
    private final Lateness lateness = new Lateness();
    private int awaited;

    Outcomes(Load load) {
        this.load = load;
        this.acknowledgedAt = new long[load.count()];
        this.firings = new byte[load.count()];
        this.wrong = new boolean[load.count()];
        this.awaited = load.count();
    }

    /** The broker has the answer. */
    synchronized void answered(int number, long at) {
        acknowledgedAt[number] = at;
        awaited -= firings[number] == 0 ? 1 : 0;
    }

    /**
     * A firing has been seen.
     *
     * @param due as it says
     */
    synchronized void fired(int number, long due, long at) {
        awaited -= firings[number] == 0 && acknowledgedAt[number] == 0 ? 1 : 0;
        firings[number]++;
        wrong[number] |= due != load.due(number) || at < due;
        lateness.add(at - due);
    }

    /** How many have neither been answered nor fired. */
    synchronized int awaited() {
        return awaited;
    }

    synchronized Lateness lateness() {
        return lateness;
    }

    synchronized Verdict verdict() {
        int fired = 0;
        int missed = 0;
        int doubled = 0;
        int falsely = 0;
        for (int i = 0; i < load.count(); i++) {
            boolean answered = acknowledgedAt[i] > 0;
            boolean inTime = answered && acknowledgedAt[i] < load.due(i);
            fired += firings[i] > 0 ? 1 : 0;
            missed += firings[i] == 0 && !answered ? 1 : 0;
            doubled += firings[i] > 1 ? 1 : 0;
            falsely += firings[i] > 0 && (inTime || wrong[i]) ? 1 : 0;
        }
        return new Verdict(fired, missed, doubled, falsely);
    }
}
