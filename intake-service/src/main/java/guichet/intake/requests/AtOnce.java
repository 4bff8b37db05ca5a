package guichet.intake.requests;

import guichet.chassis.Wordless;
import guichet.intake.contacts.Onlooker;
import guichet.intake.contacts.Outcome;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Writes a contact into the tables as soon as it was taken, so that its sender sees it at once.
 * Where the database does not let it, the contact is seen when its record has been read. Contacts
 * that come together are written together.
 */
final class AtOnce implements Onlooker, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(AtOnce.class);

    private static final Duration FAREWELL = Duration.ofSeconds(2);
    private static final int MOST_WAITING = 1_000;
    private static final int MOST_TOGETHER = 200;

    private record Entry(List<Change> changes, CompletableFuture<Void> written) {}

    private final RequestsDatabase database;
    private final ChangeWriter writer;
    private final Duration patience;
    private final BlockingQueue<Entry> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Thread thread;

    /**
     * @param patience the longest that an answer waits for its contact to be written
     */
    AtOnce(RequestsDatabase database, ChangeWriter writer, Duration patience) {
        this.database = database;
        this.writer = writer;
        this.patience = patience;
        this.thread =
                Thread.ofPlatform().daemon().name("requests-at-once").unstarted(this::keepWriting);
    }

    void start() {
        thread.start();
    }

    @Override
    public CompletableFuture<Void> taken(Outcome.Accepted contact) {
        if (!database.isThere()) {
            return CompletableFuture.completedFuture(null);
        }
        List<Change> changes = new ArrayList<>(Changes.of(contact.event(), Long.MAX_VALUE));
        changes.add(
                new Change.Promised(
                        contact.answer().id(),
                        contact.answer().language(),
                        contact.answer().respondBy()));
        Entry entry = new Entry(changes, new CompletableFuture<>());
        if (!waiting.offer(entry)) {
            return CompletableFuture.completedFuture(null);
        }
        return entry.written().completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join(FAREWELL);
    }

    private void keepWriting() {
        List<Entry> together = new ArrayList<>();
        try {
            while (true) {
                together.add(waiting.take());
                waiting.drainTo(together, MOST_TOGETHER - 1);
                try {
                    writer.apply(
                            together.stream().flatMap(entry -> entry.changes().stream()).toList());
                } catch (RuntimeException failure) {
                    // Whatever it is: the reader of the topics writes them too, or says why not.
                    log.debug("Contacts are not shown at once", Wordless.of(failure));
                } finally {
                    together.forEach(entry -> entry.written().complete(null));
                    together.clear();
                }
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }
}
