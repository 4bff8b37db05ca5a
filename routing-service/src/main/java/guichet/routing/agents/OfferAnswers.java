package guichet.routing.agents;

import guichet.chassis.door.EventLog;
import guichet.chassis.door.LogUnavailable;
import guichet.events.OfferAccepted;
import guichet.events.OfferDeclined;
import guichet.events.OfferOutcome;
import guichet.schemas.Topics;

import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Puts an agent's answer to an offer on the log and waits a little for what the desk makes of it.
 */
final class OfferAnswers {

    private final Desktops desktops;
    private final EventLog log;
    private final InstantSource clock;
    private final Duration patience;
    private final AgentMeters meters;

    OfferAnswers(
            Desktops desktops,
            EventLog log,
            InstantSource clock,
            Duration patience,
            AgentMeters meters) {
        this.desktops = desktops;
        this.log = log;
        this.clock = clock;
        this.patience = patience;
        this.meters = meters;
    }

    /**
     * The agent takes the offer.
     *
     * @throws LogUnavailable where the log did not confirm the answer
     */
    Verdict accept(String agentId, OfferId offer) {
        Instant now = now();
        return verdict(
                agentId,
                offer,
                OfferOutcome.TAKEN,
                new OfferAccepted(agentId, offer.text(), offer.contactId(), now),
                now);
    }

    /**
     * The agent lets the offer go.
     *
     * @throws LogUnavailable where the log did not confirm the answer
     */
    Verdict decline(String agentId, OfferId offer, @Nullable String reason) {
        Instant now = now();
        return verdict(
                agentId,
                offer,
                OfferOutcome.DECLINED,
                new OfferDeclined(agentId, offer.text(), offer.contactId(), now, reason),
                now);
    }

    private Verdict verdict(
            String agentId, OfferId offer, OfferOutcome wished, SpecificRecord answer, Instant at) {
        Waiting waiting = new Waiting(offer.text(), wished, new ArrayBlockingQueue<>(1));
        // It listens before it speaks, so that no verdict is too fast to be heard.
        try (Desktops.Place _ = desktops.listen(agentId, waiting)) {
            log.appendAndWait(Topics.AGENTS, answer, at);
            Verdict verdict = waiting.verdict(patience);
            meters.answered(wished, verdict);
            return verdict;
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private record Waiting(String offerId, OfferOutcome wished, BlockingQueue<Verdict> verdicts)
            implements Desktops.Listener {

        @Override
        public void on(Told told) {
            Verdict.in(told.event(), offerId, wished).ifPresent(verdicts::offer);
        }

        @Override
        public void end() {
            verdicts.offer(new Verdict.Pending());
        }

        Verdict verdict(Duration patience) {
            try {
                Verdict first = verdicts.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
                return first == null ? new Verdict.Pending() : first;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Verdict.Pending();
            }
        }
    }
}
