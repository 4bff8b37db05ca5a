package guichet.localstack.traffic;

import java.util.Arrays;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How far an agent is with one partition of a queue. Contacts are finished out of order, while
 * Kafka remembers one offset; what is finished beyond it goes into the text that Kafka keeps with
 * it.
 */
final class Answered {

    /** Kafka keeps 4096 bytes; what does not fit is answered again after a restart. */
    private static final int TEXT_LIMIT = 4_000;

    private final NavigableSet<Long> finishedBeyond = new TreeSet<>();
    private final NavigableSet<Long> open = new TreeSet<>();
    private long next;

    /**
     * @param committed the offset that was committed
     * @param text what {@link #text} gave then
     */
    Answered(long committed, String text) {
        this.next = committed;
        Arrays.stream(text.split(","))
                .filter(part -> !part.isEmpty())
                .map(part -> committed + Long.parseLong(part))
                .forEach(finishedBeyond::add);
    }

    /** Hears of a record; true when there is still something to do with it. */
    boolean begin(long offset) {
        next = Math.max(next, offset + 1);
        return !finishedBeyond.contains(offset) && open.add(offset);
    }

    void finish(long offset) {
        open.remove(offset);
        finishedBeyond.add(offset);
        finishedBeyond.headSet(toCommit()).clear();
    }

    /** Everything before this offset is finished. */
    long toCommit() {
        return open.isEmpty() ? next : open.first();
    }

    /** What is finished at and after {@link #toCommit}, as distances from it. */
    String text() {
        long base = toCommit();
        String all =
                finishedBeyond.tailSet(base).stream()
                        .map(offset -> Long.toString(offset - base))
                        .collect(Collectors.joining(","));
        return all.length() <= TEXT_LIMIT
                ? all
                : all.substring(0, all.lastIndexOf(',', TEXT_LIMIT));
    }
}
