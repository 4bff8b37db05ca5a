package guichet.localstack;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * What has been started, in stages. Closing it stops the last stage first, the parts of one stage
 * at the same time, and gives each stage a few seconds. A part that arrives after that, because its
 * start was under way, is stopped at once.
 */
final class Teardown implements AutoCloseable {

    private static final Duration STAGE_LIMIT = Duration.ofSeconds(10);

    private record Part(String name, AutoCloseable closeable) {}

    private final Deque<List<Part>> stages = new ArrayDeque<>();
    private final Progress progress;
    private boolean closed;

    Teardown(Progress progress) {
        this.progress = progress;
    }

    /** What is added from now on is stopped before what was added until now. */
    synchronized void nextStage() {
        stages.push(new ArrayList<>());
    }

    /**
     * Takes over a part.
     *
     * @throws CancellationException when everything is being stopped; the part is stopped as well
     */
    void add(String name, AutoCloseable part) {
        synchronized (this) {
            if (!closed) {
                if (stages.isEmpty()) {
                    nextStage();
                }
                stages.element().add(new Part(name, part));
                return;
            }
        }
        closeQuietly(part);
        throw new CancellationException(name + " was stopped while it started");
    }

    synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        List<List<Part>> toClose;
        synchronized (this) {
            closed = true;
            toClose = List.copyOf(stages);
            stages.clear();
        }
        toClose.forEach(this::closeStage);
    }

    private void closeStage(List<Part> stage) {
        List<Thread> closers =
                stage.stream()
                        .map(
                                part ->
                                        Thread.ofPlatform()
                                                .daemon()
                                                .name("stop-" + part.name())
                                                .start(() -> closeQuietly(part.closeable())))
                        .toList();
        long end = System.nanoTime() + STAGE_LIMIT.toNanos();
        for (int i = 0; i < closers.size(); i++) {
            Duration left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
            try {
                if (!closers.get(i).join(left)) {
                    progress.stillRunning(stage.get(i).name());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void closeQuietly(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            System.getLogger(Teardown.class.getName())
                    .log(System.Logger.Level.WARNING, "A part did not stop cleanly", e);
        }
    }
}
