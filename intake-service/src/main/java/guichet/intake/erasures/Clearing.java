package guichet.intake.erasures;

import guichet.chassis.Wordless;
import guichet.chassis.door.EventLog;
import guichet.events.CallEnded;
import guichet.events.ChatEnded;
import guichet.events.EndedBy;
import guichet.events.TicketSolved;
import guichet.intake.attachments.TicketFiles;
import guichet.intake.requests.DeskIds;
import guichet.intake.requests.ErasedRequests;
import guichet.intake.requests.ErasedRequests.Remains;
import guichet.intake.requests.RequestsUnavailable;
import guichet.schemas.Topics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Clears up outside the tables after requests were erased: deletes their files, and ends those that
 * are open, as nobody is left to be answered. A request is ticked off when both are done. If this
 * copy dies before, another does both again, which changes nothing.
 */
final class Clearing implements AutoCloseable {

    /**
     * Gauge, erased requests of which something may be left, 1,000 where there are more. Not a
     * number while that is not known, as something sent before an order may not have been read yet.
     */
    static final String REMAINING = "guichet.erasures.remaining";

    private static final Logger log = LoggerFactory.getLogger(Clearing.class);

    private static final int MOST_TOGETHER = 1_000;
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final ErasedRequests requests;
    private final TicketFiles files;
    private final EventLog events;
    private final InstantSource clock;
    private final Semaphore bell = new Semaphore(1);
    private final Thread worker;
    private volatile double remaining = Double.NaN;

    Clearing(
            ErasedRequests requests,
            TicketFiles files,
            EventLog events,
            InstantSource clock,
            MeterRegistry meters) {
        this.requests = requests;
        this.files = files;
        this.events = events;
        this.clock = clock;
        this.worker = Thread.ofPlatform().daemon().name("erasures").unstarted(this::keepClearing);
        Gauge.builder(REMAINING, this, it -> it.remaining)
                .description("Erased requests whose files or open contact may still be there")
                .register(meters);
    }

    void start() {
        requests.whenErased(bell::release);
        worker.start();
    }

    @Override
    public void close() throws InterruptedException {
        worker.interrupt();
        worker.join(FAREWELL);
    }

    private void keepClearing() {
        try {
            bell.acquire();
            while (true) {
                bell.drainPermits();
                if (allCleared()) {
                    bell.acquire();
                } else {
                    var unused =
                            bell.tryAcquire(PAUSE_AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether nothing is left to be done. */
    private boolean allCleared() {
        try {
            List<Remains> remains = requests.remains(MOST_TOGETHER);
            if (!remains.isEmpty()) {
                remaining = remains.size();
                long cleared = remains.stream().filter(this::isCleared).count();
                remaining = remains.size() - cleared;
                if (remaining > 0 || cleared == MOST_TOGETHER) {
                    return false;
                }
            }
            boolean unread = requests.mayRemainUnread();
            remaining = unread ? Double.NaN : 0;
            return !unread;
        } catch (RequestsUnavailable away) {
            return unknown(away);
        } catch (RuntimeException failure) {
            // Whatever it is: what is to be forgotten must be, so this never ends.
            log.warn(
                    "Could not find out what erasures have left, trying again: {}",
                    failure.getClass().getName());
            return unknown(failure);
        }
    }

    private boolean unknown(RuntimeException why) {
        remaining = Double.NaN;
        log.debug("It is not known what erasures have left", Wordless.of(why));
        return false;
    }

    /** Clears one request; a failure stays with it, so that the others are cleared. */
    private boolean isCleared(Remains request) {
        try {
            // A channel's own tickets have no files.
            DeskIds.read(request.id()).ifPresent(files::delete);
            if (request.open()) {
                end(request);
            }
            requests.cleared(request.id());
            log.atInfo().addKeyValue("contact.id", request.id()).log("Cleared an erased contact");
            return true;
        } catch (RequestsUnavailable away) {
            throw away;
        } catch (RuntimeException failure) {
            log.debug("Could not clear an erased contact", Wordless.of(failure));
            log.atWarn()
                    .addKeyValue("contact.id", request.id())
                    .log(
                            "Could not clear an erased contact, trying again: {}",
                            failure.getClass().getName());
            return false;
        }
    }

    private void end(Remains request) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        String id = request.id();
        switch (request.channel()) {
            case WEB -> events.appendAndWait(Topics.TICKETS, new TicketSolved(id, now, null), now);
            case CHAT ->
                    events.appendAndWait(
                            Topics.CHATS, new ChatEnded(id, now, EndedBy.CUSTOMER), now);
            case PHONE ->
                    events.appendAndWait(
                            Topics.CALLBACKS, new CallEnded(id, now, EndedBy.CUSTOMER), now);
        }
    }
}
