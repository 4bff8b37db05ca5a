package guichet.benchmarks.desk;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** When requests are sent, and what became of them. */
final class Schedules {

    private Schedules() {}

    /** On every connection one after the other, for a while. */
    static final class FullSpeed implements HttpLoad.Schedule {

        private final long began = System.nanoTime();
        private final long end;
        private final Answers answers;
        private long last = began;

        FullSpeed(Duration time, Answers answers) {
            this.end = began + time.toNanos();
            this.answers = answers;
        }

        @Override
        public OptionalLong next(long now) {
            return now < end ? OptionalLong.of(now) : OptionalLong.empty();
        }

        @Override
        public long take(long now) {
            return answers.nextNumber();
        }

        @Override
        public void answered(long number, int status, long now) {
            answers.count(status);
            last = now;
        }

        /** From the first request to the last answer. */
        double seconds() {
            return (last - began) / (double) TimeUnit.SECONDS.toNanos(1);
        }
    }

    /**
     * Each at its time, however long those before it wait; how late an answer is counts from that
     * time.
     */
    static final class Even implements HttpLoad.Schedule {

        private final long began = System.nanoTime();
        private final int aSecond;
        private final long count;
        private final Answers answers;
        private final Lateness lateness = new Lateness();
        private final long first;
        private long sent;

        Even(int aSecond, Duration time, Answers answers) {
            this.aSecond = aSecond;
            this.count = aSecond * time.toSeconds();
            this.answers = answers;
            this.first = answers.nextNumber();
        }

        private long due(long place) {
            return began + place * TimeUnit.SECONDS.toNanos(1) / aSecond;
        }

        @Override
        public OptionalLong next(long now) {
            return sent < count ? OptionalLong.of(due(sent)) : OptionalLong.empty();
        }

        @Override
        public long take(long now) {
            return sent++ == 0 ? first : answers.nextNumber();
        }

        @Override
        public void answered(long number, int status, long now) {
            answers.count(status);
            long late = now - due(number - first);
            lateness.add(Math.ceilDiv(late, TimeUnit.MILLISECONDS.toNanos(1)));
        }

        Lateness lateness() {
            return lateness;
        }
    }

    /** Counts answers by their status, and numbers requests so that none has another's number. */
    static final class Answers {

        private static final int CREATED = 201;

        private final Map<Integer, Long> byStatus = new TreeMap<>();
        private long next;

        long nextNumber() {
            return next++;
        }

        void count(int status) {
            byStatus.merge(status, 1L, Long::sum);
        }

        long created() {
            return byStatus.getOrDefault(CREATED, 0L);
        }

        long others() {
            return byStatus.values().stream().mapToLong(Long::longValue).sum() - created();
        }

        void forget() {
            byStatus.clear();
        }
    }
}
