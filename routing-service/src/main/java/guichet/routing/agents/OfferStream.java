package guichet.routing.agents;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One open stream: what comes for the agent waits here until their window has read what came
 * before. A window that falls too far behind is cut off; it comes back with its Last-Event-ID.
 */
final class OfferStream implements Desktops.Listener {

    static final int MOST_WAITING = 256;

    /** Stands in line where nothing more will come. */
    private record Entry(@Nullable Told told) {}

    private final BlockingQueue<Entry> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Duration keepAlive;
    private final InstantSource clock;
    private final AgentMeters meters;

    /**
     * @param keepAlive how long nothing may be sent
     */
    OfferStream(Duration keepAlive, InstantSource clock, AgentMeters meters) {
        this.keepAlive = keepAlive;
        this.clock = clock;
        this.meters = meters;
    }

    @Override
    public void on(Told told) {
        if (!waiting.offer(new Entry(told))) {
            meters.streamCut();
            end();
        }
    }

    @Override
    public void end() {
        waiting.clear();
        waiting.add(new Entry(null));
    }

    /**
     * Sends what comes, as it comes.
     *
     * @param after events up to this offset have been sent before
     * @param until when the stream ends at the latest
     * @throws IOException where the window has gone
     */
    void sendTo(EventStream out, long after, Instant until)
            throws IOException, InterruptedException {
        meters.streamOpened();
        try {
            send(out, after, until);
        } finally {
            meters.streamClosed();
        }
    }

    private void send(EventStream out, long after, Instant until)
            throws IOException, InterruptedException {
        out.flush();
        while (clock.instant().isBefore(until)) {
            Entry entry = waiting.poll(keepAlive.toMillis(), TimeUnit.MILLISECONDS);
            if (entry == null) {
                out.comment();
            } else if (entry.told() == null) {
                return;
            } else if (entry.told().offset() > after) {
                out.event(entry.told());
            }
            if (waiting.isEmpty()) {
                out.flush();
            }
        }
    }
}
