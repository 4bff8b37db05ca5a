package guichet.intake.attachments;

import guichet.chassis.Wordless;
import guichet.intake.attachments.AttachmentStore.Entry;
import guichet.intake.requests.KnownTickets;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Deletes files whose ticket did not come to be, as Kafka did not confirm it and nobody sent it
 * again. Each round looks at so many files and no more, and goes on where the last has ended. A
 * file goes only where it was put there long ago and it is known that the log has no record of its
 * ticket. Its meter is {@code guichet.attachments.swept}.
 */
final class OrphanSweep implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(OrphanSweep.class);

    private static final Duration BETWEEN_ROUNDS = Duration.ofMinutes(1);

    private final AttachmentStore store;
    private final KnownTickets tickets;
    private final Duration keptFor;
    private final int filesARound;
    private final InstantSource clock;
    private final Counter swept;
    private final ScheduledExecutorService rounds =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("orphan-sweep").factory());
    private @Nullable Stream<Entry> walk;
    private Iterator<Entry> left = Collections.emptyIterator();

    /**
     * @param keptFor how long a file stays in any case
     * @param filesARound how many are looked at in a round
     */
    OrphanSweep(
            AttachmentStore store,
            KnownTickets tickets,
            Duration keptFor,
            int filesARound,
            InstantSource clock,
            MeterRegistry meters) {
        this.store = store;
        this.tickets = tickets;
        this.keptFor = keptFor;
        this.filesARound = filesARound;
        this.clock = clock;
        this.swept =
                Counter.builder("guichet.attachments.swept")
                        .description("Files deleted whose ticket did not come to be")
                        .baseUnit("files")
                        .register(meters);
    }

    /** Begins to do rounds, a minute apart. */
    void start() {
        rounds.scheduleWithFixedDelay(
                this::tryRound,
                BETWEEN_ROUNDS.toMillis(),
                BETWEEN_ROUNDS.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void tryRound() {
        try {
            round();
        } catch (RuntimeException failure) {
            // Whatever it is: the store, the database or Kafka may be away, and the next round
            // comes.
            log.warn("Could not look for files without a ticket: {}", failure.getClass().getName());
            log.debug("Could not look for files without a ticket", Wordless.of(failure));
            beginAnew();
        }
    }

    void round() {
        Instant before = clock.instant().minus(keptFor);
        Map<UUID, List<Entry>> old =
                next().stream()
                        .filter(file -> file.since().isBefore(before))
                        .collect(Collectors.groupingBy(Entry::ticketId));
        if (old.isEmpty()) {
            return;
        }
        Set<UUID> orphaned = tickets.withoutRecord(old.keySet());
        old.forEach(
                (ticket, files) -> {
                    if (orphaned.contains(ticket)) {
                        files.forEach(this::delete);
                    }
                });
    }

    private void delete(Entry file) {
        store.delete(file.ticketId(), file.attachmentId());
        swept.increment();
        log.atInfo()
                .addKeyValue("contact.id", file.ticketId())
                .log("Deleted a file whose ticket did not come to be");
    }

    private List<Entry> next() {
        if (walk == null) {
            walk = store.all();
            left = walk.iterator();
        }
        List<Entry> next = new ArrayList<>();
        while (next.size() < filesARound && left.hasNext()) {
            next.add(left.next());
        }
        if (next.size() < filesARound) {
            beginAnew();
        }
        return next;
    }

    private void beginAnew() {
        if (walk != null) {
            walk.close();
        }
        walk = null;
        left = Collections.emptyIterator();
    }

    @Override
    public void close() {
        rounds.shutdownNow();
    }
}
