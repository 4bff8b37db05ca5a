package guichet.judge;

import guichet.events.ContactAssigned;
import guichet.events.ContactOffered;
import guichet.events.ContactQueued;
import guichet.events.ContactReleased;
import guichet.events.OfferExpired;
import guichet.events.OfferOutcome;

import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a contact goes through from queue to agent, as its queue's topic tells it; from it follows
 * what desktops are to be told. It breaks off at the first event that cannot be.
 */
final class OfferStory {

    /** Where a contact stands. */
    private sealed interface Stage {
        record Unqueued() implements Stage {}

        record Waiting() implements Stage {}

        record Offered(String offerId, String agentId, Instant expiresAt) implements Stage {}

        record Held(String agentId) implements Stage {}

        /** By an agent to whom it was not offered. */
        record Answered() implements Stage {}

        record Gone() implements Stage {}
    }

    private final String contactId;
    private final Set<String> answeredBy;
    private final List<Saying> told = new ArrayList<>();

    private Stage stage = new Stage.Unqueued();
    private @Nullable ContactQueued queued;
    private int offers;
    private @Nullable Fault fault;

    /**
     * @param events of one queue's topic, in their order
     * @param facts of the contact
     * @param horizon an offer whose time has passed by then has ended
     * @param tolerance a fact that happened so long before the horizon has been heeded
     */
    OfferStory(
            String contactId,
            List<SpecificRecord> events,
            List<Fact> facts,
            Instant horizon,
            Duration tolerance) {
        this.contactId = contactId;
        this.answeredBy = answeredBy(facts);
        for (SpecificRecord event : events) {
            Stage after = after(event);
            if (after == null) {
                fault = new Fault(contactId, "offers", List.of(inWords(event)), List.of(next()));
                return;
            }
            stage = after;
        }
        if (stage instanceof Stage.Offered offer && offer.expiresAt().isBefore(horizon)) {
            fault =
                    new Fault(
                            contactId,
                            "offers",
                            List.of(inWords(events.getLast())),
                            List.of(next() + " by " + offer.expiresAt()));
            return;
        }
        List<Fact> heeded =
                facts.stream().filter(fact -> fact.at().plus(tolerance).isBefore(horizon)).toList();
        String missing = missingAfter(heeded);
        if (missing != null) {
            fault =
                    new Fault(
                            contactId,
                            "offers",
                            List.of(inWords(events.getLast())),
                            List.of(missing));
        }
    }

    private static Set<String> answeredBy(List<Fact> facts) {
        return facts.stream()
                .flatMap(fact -> Stream.ofNullable(fact.agentId()))
                .collect(Collectors.toSet());
    }

    /**
     * What should still have followed from an answer or an end; null for nothing. A contact that
     * was never offered may have been over before it reached who makes offers.
     */
    private @Nullable String missingAfter(List<Fact> heeded) {
        if (offers == 0) {
            return null;
        }
        Set<String> answerers = answeredBy(heeded);
        boolean ended = heeded.stream().anyMatch(fact -> !fact.isAnswer());
        String over = ended || !answerers.isEmpty() ? "its release, as it is over" : null;
        return switch (stage) {
            case Stage.Unqueued(), Stage.Answered(), Stage.Gone() -> null;
            case Stage.Waiting() -> over;
            case Stage.Offered offered -> over;
            case Stage.Held(String holder) when !ended ->
                    answerers.isEmpty() || answeredBy.contains(holder)
                            ? null
                            : "its release from " + holder + ", as another answered";
            case Stage.Held(String holder) -> "its release from " + holder + ", as it ended";
        };
    }

    /** What is wrong with it. */
    Optional<Fault> fault() {
        return Optional.ofNullable(fault);
    }

    /** What desktops are told of it. */
    List<Saying> told() {
        return told;
    }

    private String next() {
        return switch (stage) {
            case Stage.Unqueued() -> "its place in the queue first";
            case Stage.Waiting() -> "offer " + nextOfferId() + ", or its release from the queue";
            case Stage.Offered offer ->
                    "an end of offer " + offer.offerId() + " to " + offer.agentId();
            case Stage.Held(String agentId) -> "its release from " + agentId;
            case Stage.Answered() -> "its end with an agent who answered it, if anything";
            case Stage.Gone() -> "nothing, as it has ended";
        };
    }

    /** Where the contact stands after an event; null where that cannot be now. */
    private @Nullable Stage after(SpecificRecord event) {
        return switch (event) {
            case ContactQueued it -> after(it);
            case ContactOffered it -> after(it);
            case OfferExpired it ->
                    over(
                            it.getOfferId(),
                            it.getAgentId(),
                            it.getExpiredAt(),
                            OfferOutcome.EXPIRED,
                            new Stage.Waiting());
            case ContactAssigned it ->
                    over(
                            it.getOfferId(),
                            it.getAgentId(),
                            it.getAssignedAt(),
                            OfferOutcome.TAKEN,
                            new Stage.Held(it.getAgentId()));
            case ContactReleased it -> after(it);
            default -> throw new IllegalArgumentException(event.getSchema().getFullName());
        };
    }

    /** That it is queued once is judged with the place it gets. */
    private Stage after(ContactQueued event) {
        if (queued != null) {
            return stage;
        }
        queued = event;
        return new Stage.Waiting();
    }

    private @Nullable Stage after(ContactOffered event) {
        if (queued == null
                || !(stage instanceof Stage.Waiting)
                || !event.getOfferId().equals(nextOfferId())) {
            return null;
        }
        offers++;
        told.add(
                new Saying.Offered(
                        event.getOfferedAt(),
                        event.getOfferId(),
                        event.getAgentId(),
                        queued.getLanguage(),
                        queued.getChannel().name(),
                        queued.getPriority().name(),
                        event.getExpiresAt()));
        return new Stage.Offered(event.getOfferId(), event.getAgentId(), event.getExpiresAt());
    }

    private @Nullable Stage over(
            String offerId, String agentId, Instant at, OfferOutcome outcome, Stage next) {
        if (!(stage instanceof Stage.Offered open)
                || !open.offerId().equals(offerId)
                || !open.agentId().equals(agentId)) {
            return null;
        }
        told.add(new Saying.OfferOver(at, offerId, agentId, outcome.name()));
        return next;
    }

    private @Nullable Stage after(ContactReleased event) {
        String agentId = event.getAgentId();
        String reason = event.getReason();
        Stage next = stageAfterRelease(reason);
        if (next == null) {
            return null;
        }
        boolean back = next instanceof Stage.Waiting;
        if (agentId == null) {
            return stage instanceof Stage.Waiting && !back ? next : null;
        }
        return switch (stage) {
            case Stage.Offered offer ->
                    over(
                            offer.offerId(),
                            agentId,
                            event.getReleasedAt(),
                            reason.equals("declined")
                                    ? OfferOutcome.DECLINED
                                    : OfferOutcome.RESCINDED,
                            next);
            case Stage.Held(String holder) ->
                    holder.equals(agentId) && (!back || reason.equals("agent offline"))
                            ? left(agentId, event.getReleasedAt(), next)
                            : null;
            case Stage.Answered() ->
                    answeredBy.contains(agentId) && next instanceof Stage.Gone
                            ? left(agentId, event.getReleasedAt(), next)
                            : null;
            case Stage.Unqueued(), Stage.Waiting(), Stage.Gone() -> null;
        };
    }

    /** Null for a reason that is none. */
    private static @Nullable Stage stageAfterRelease(String reason) {
        return switch (reason) {
            case "declined", "agent away", "agent offline" -> new Stage.Waiting();
            case "answered elsewhere" -> new Stage.Answered();
            case "withdrawn", "ended" -> new Stage.Gone();
            default -> null;
        };
    }

    private Stage left(String agentId, Instant at, Stage next) {
        told.add(new Saying.Left(at, agentId));
        return next;
    }

    private String nextOfferId() {
        return contactId + "/" + (offers + 1);
    }

    private static String inWords(SpecificRecord event) {
        return switch (event) {
            case ContactOffered it ->
                    "offer %s to %s at %s"
                            .formatted(it.getOfferId(), it.getAgentId(), it.getOfferedAt());
            case OfferExpired it ->
                    "expiry of offer %s to %s at %s"
                            .formatted(it.getOfferId(), it.getAgentId(), it.getExpiredAt());
            case ContactAssigned it ->
                    "assignment to %s by offer %s at %s"
                            .formatted(it.getAgentId(), it.getOfferId(), it.getAssignedAt());
            case ContactReleased it ->
                    "release from %s (%s) at %s"
                            .formatted(
                                    it.getAgentId() == null ? "the queue" : it.getAgentId(),
                                    it.getReason(),
                                    it.getReleasedAt());
            default -> event.getSchema().getName();
        };
    }
}
