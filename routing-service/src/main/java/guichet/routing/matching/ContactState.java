package guichet.routing.matching;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * All there is to know of a contact.
 *
 * @param queued as it was queued
 * @param due when the first response is due by now; null without a target
 * @param reservedUntil until when its preferred agent, while present, has the first claim; null
 *     when they never had it, or had their chance
 * @param estimatedWait as told when it was queued; null where nothing could be told
 * @param offers how many were made
 * @param passedBy who let the last offer pass; null where it did not end so
 * @param pausedUntil agents who declined it, and until when they are not asked again
 * @param waitingSince since when an agent could be found for it: the engine heard of it, or it came
 *     back from an agent who had it
 * @param returned whether it came back from an agent who had it
 */
record ContactState(
        Happening.Queued queued,
        @Nullable Instant due,
        @Nullable Instant reservedUntil,
        @Nullable Duration estimatedWait,
        int offers,
        @Nullable String passedBy,
        Map<String, Instant> pausedUntil,
        Instant waitingSince,
        boolean returned,
        Stage stage) {

    sealed interface Stage {
        record Waiting() implements Stage {}

        record Offered(String agentId, Instant expiresAt) implements Stage {}

        record Assigned(String agentId) implements Stage {}

        record Answered(String agentId) implements Stage {}
    }

    private static final Stage WAITING = new Stage.Waiting();

    /**
     * @param preferredUntil how long its preferred agent has the first word, if it has one: counted
     *     from when the engine hears of it, as it may have been made long before
     * @param now when the engine hears of it
     */
    static ContactState of(Happening.Queued queued, Instant preferredUntil, Instant now) {
        Instant reservedUntil = queued.preferredAgent() == null ? null : preferredUntil;
        return new ContactState(
                queued, queued.due(), reservedUntil, null, 0, null, Map.of(), now, false, WAITING);
    }

    String contactId() {
        return queued.contactId();
    }

    /** The offer made last. */
    String offerId() {
        return contactId() + "/" + offers;
    }

    /** Whether this is the id of one of its offers. */
    boolean hasOffer(String id) {
        return IntStream.rangeClosed(1, offers)
                .mapToObj(number -> contactId() + "/" + number)
                .anyMatch(id::equals);
    }

    /** In order of rank contacts are served; those without a due instant come after all others. */
    Instant rank() {
        return due == null ? Instant.MAX : due.minus(queued.headStart());
    }

    boolean isWaiting() {
        return stage instanceof Stage.Waiting;
    }

    /** Whether an agent has it; one to whom it is offered has not. */
    boolean isTaken() {
        return switch (stage) {
            case Stage.Waiting waiting -> false;
            case Stage.Offered offered -> false;
            case Stage.Assigned assigned -> true;
            case Stage.Answered answered -> true;
        };
    }

    boolean isOfferedTo(String agentId) {
        return stage instanceof Stage.Offered offer && offer.agentId().equals(agentId);
    }

    /** Who has it, or is offered it; null while it waits. */
    @Nullable String holder() {
        return switch (stage) {
            case Stage.Waiting() -> null;
            case Stage.Offered offered -> offered.agentId();
            case Stage.Assigned(String agentId) -> agentId;
            case Stage.Answered(String agentId) -> agentId;
        };
    }

    /** When it next wants to be woken; null for never. */
    @Nullable Instant wakeAt() {
        return switch (stage) {
            case Stage.Waiting() -> endsNext();
            case Stage.Offered offered -> offered.expiresAt();
            case Stage.Assigned assigned -> null;
            case Stage.Answered answered -> null;
        };
    }

    private @Nullable Instant endsNext() {
        Instant next = reservedUntil;
        for (Instant until : pausedUntil.values()) {
            next = next == null || until.isBefore(next) ? until : next;
        }
        return next;
    }

    ContactState withDue(Instant moved) {
        return new ContactState(
                queued,
                moved,
                reservedUntil,
                estimatedWait,
                offers,
                passedBy,
                pausedUntil,
                waitingSince,
                returned,
                stage);
    }

    ContactState withEstimate(@Nullable Duration estimate) {
        return new ContactState(
                queued,
                due,
                reservedUntil,
                estimate,
                offers,
                passedBy,
                pausedUntil,
                waitingSince,
                returned,
                stage);
    }

    ContactState offered(String agentId, Instant expiresAt) {
        return new ContactState(
                queued,
                due,
                reservedUntil,
                estimatedWait,
                offers + 1,
                null,
                pausedUntil,
                waitingSince,
                returned,
                new Stage.Offered(agentId, expiresAt));
    }

    ContactState assigned(String agentId) {
        return at(new Stage.Assigned(agentId));
    }

    ContactState answered(String agentId) {
        return at(new Stage.Answered(agentId));
    }

    private ContactState at(Stage next) {
        return new ContactState(
                queued,
                due,
                reservedUntil,
                estimatedWait,
                offers,
                passedBy,
                pausedUntil,
                waitingSince,
                returned,
                next);
    }

    /** Back in its queue, or still there; what was to last until now is over. */
    ContactState waiting(Instant now) {
        Map<String, Instant> running = pausedUntil;
        if (running.values().stream().anyMatch(until -> !until.isAfter(now))) {
            running = new TreeMap<>(pausedUntil);
            running.values().removeIf(until -> !until.isAfter(now));
        }
        Instant reserved =
                reservedUntil == null || !reservedUntil.isAfter(now) ? null : reservedUntil;
        return new ContactState(
                queued,
                due,
                reserved,
                estimatedWait,
                offers,
                passedBy,
                running,
                isTaken() ? now : waitingSince,
                returned || isTaken(),
                WAITING);
    }

    /** Back in its queue because its agent let the offer pass. */
    ContactState passed(String agentId, Instant now) {
        return new ContactState(
                        queued,
                        due,
                        reservationWithout(agentId),
                        estimatedWait,
                        offers,
                        agentId,
                        pausedUntil,
                        waitingSince,
                        returned,
                        stage)
                .waiting(now);
    }

    /** Back in its queue because its agent declined. */
    ContactState declined(String agentId, Instant until, Instant now) {
        TreeMap<String, Instant> pauses = new TreeMap<>(pausedUntil);
        pauses.put(agentId, until);
        return new ContactState(
                        queued,
                        due,
                        reservationWithout(agentId),
                        estimatedWait,
                        offers,
                        null,
                        Collections.unmodifiableMap(pauses),
                        waitingSince,
                        returned,
                        stage)
                .waiting(now);
    }

    private @Nullable Instant reservationWithout(String agentId) {
        return agentId.equals(queued.preferredAgent()) ? null : reservedUntil;
    }
}
