package guichet.benchmarks.desk;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** (b) Scheduling and answering as fast as it goes, and what open deadlines take of the heap. */
final class FullSpeed {

    private static final int BATCH = 1;

    /** Of the heap, beyond what the store keeps outside of it. */
    private static final Limit BYTES_A_DEADLINE = new Limit.AtMost(100);

    private final SubjectRun run;
    private final Figures figures;
    private final Load load;

    /**
     * @param count deadlines that stay open until they are answered
     */
    FullSpeed(SubjectRun run, Figures figures, int count) {
        this.run = run;
        this.figures = figures;
        this.load =
                Load.unanswered(
                        BATCH,
                        count,
                        System.currentTimeMillis() + Duration.ofDays(1).toMillis(),
                        Duration.ofHours(1));
    }

    void schedule() throws InterruptedException {
        figures.begin("(b) %,d deadlines scheduled at full speed".formatted(load.count()));
        long heapBefore = run.subject().liveHeapBytes();
        long residentBefore = run.subject().residentBytes();
        measure("scheduled and committed", () -> run.schedule(load));
        figures.hold(
                "heap for each that is open",
                (double) (run.subject().liveHeapBytes() - heapBefore) / load.count(),
                "bytes",
                BYTES_A_DEADLINE);
        figures.tell("heap when none was open", megabytes(heapBefore), "MB");
        figures.tell("resident memory before", megabytes(residentBefore), "MB");
        figures.tell("resident memory now", megabytes(run.subject().residentBytes()), "MB");
    }

    void answer() throws InterruptedException {
        figures.begin("(b) %,d deadlines answered at full speed".formatted(load.count()));
        measure("answered and committed", () -> run.answerAll(load));
    }

    private void measure(String what, Runnable work) throws InterruptedException {
        Usage usage = run.usage();
        long began = System.nanoTime();
        work.run();
        run.awaitRead();
        long took = System.nanoTime() - began;
        figures.tell(
                what, load.count() / (took / (double) TimeUnit.SECONDS.toNanos(1)), "a second");
        usage.tell(figures);
    }

    private static double megabytes(long bytes) {
        return Math.rint(bytes / 1e6);
    }
}
