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
import java.util.concurrent.CompletableFuture;
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
        CompletableFuture<Verdict> verdict = new CompletableFuture<>();
        // It listens before it speaks, so that no verdict is too fast to be heard.
        try (Desktops.Place _ =
                desktops.listen(agentId, new Waiting(offer.text(), wished, verdict))) {
            log.appendAndWait(Topics.AGENTS, answer, at);
            verdict.completeOnTimeout(
                    new Verdict.Pending(), patience.toMillis(), TimeUnit.MILLISECONDS);
            Verdict reached = verdict.join();
            meters.answered(wished, reached);
            return reached;
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private record Waiting(String offerId, OfferOutcome wished, CompletableFuture<Verdict> verdict)
            implements Desktops.Listener {

        @Override
        public void on(Told told) {
            Verdict.in(told.event(), offerId, wished).ifPresent(verdict::complete);
        }

        @Override
        public void end() {
            verdict.complete(new Verdict.Pending());
        }
    }
}
