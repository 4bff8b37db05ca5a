package guichet.benchmarks.desk;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Deadlines that a scenario opens, numbered from 0: when each is due, and when, if ever, an answer
 * to it is sent. Instants are milliseconds since 1970 UTC.
 */
final class Load {

    private static final long NEVER = Long.MAX_VALUE;
    private static final long LAST_SECOND = 1_000;

    private final int batch;
    private final Duration span;
    private final long[] due;
    private final long[] answerAt;

    private Load(int batch, Duration span, long[] due, long[] answerAt) {
        this.batch = batch;
        this.span = span;
        this.due = due;
        this.answerAt = answerAt;
    }

    /** Deadlines that are due evenly over a time, and are not answered. */
    static Load unanswered(int batch, int count, long from, Duration over) {
        return answered(batch, count, from, over, 0);
    }

    /**
     * As above, but a share of them is answered at some moment of the last second before due; the
     * same at each run.
     */
    static Load answered(int batch, int count, long from, Duration over, double share) {
        Random random = new Random(batch);
        long[] due = new long[count];
        long[] answerAt = new long[count];
        for (int i = 0; i < count; i++) {
            due[i] = from + over.toMillis() * i / count;
            answerAt[i] =
                    random.nextDouble() < share
                            ? due[i] - (long) (random.nextDouble() * LAST_SECOND)
                            : NEVER;
        }
        return new Load(batch, over, due, answerAt);
    }

    /** As many, each due so much earlier, and not answered. */
    Load earlierBy(Duration time) {
        return unanswered(batch, due.length, due[0] - time.toMillis(), span);
    }

    int count() {
        return due.length;
    }

    int batch() {
        return batch;
    }

    String owner(int number) {
        return Owners.name(batch, number);
    }

    boolean has(String owner) {
        return Owners.batch(owner) == batch;
    }

    long due(int number) {
        return due[number];
    }

    long firstDue() {
        return due[0];
    }

    long lastDue() {
        return due[due.length - 1];
    }

    long answerAt(int number) {
        return answerAt[number];
    }

    /** Those that are answered, in the order of their answers. */
    int[] answers() {
        return IntStream.range(0, due.length)
                .filter(number -> answerAt[number] != NEVER)
                .boxed()
                .sorted((one, other) -> Long.compare(answerAt[one], answerAt[other]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
