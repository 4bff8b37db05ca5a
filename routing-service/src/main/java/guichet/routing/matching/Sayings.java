package guichet.routing.matching;

import guichet.chassis.DeskTask;
import guichet.events.ContactAssigned;
import guichet.events.ContactLeft;
import guichet.events.ContactOffered;
import guichet.events.ContactReleased;
import guichet.events.OfferClosed;
import guichet.events.OfferExpired;
import guichet.events.OfferMade;
import guichet.events.OfferOutcome;
import guichet.events.OfferRefused;
import guichet.events.PresenceSet;
import guichet.routing.matching.ContactState.Stage;
import guichet.schemas.Topic;
import guichet.schemas.Topics;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

/**
 * What is said of a decision: to all on the topic of the contact's queue, and to the agent whom it
 * is about, for their desktop.
 */
final class Sayings {

    private final DeskTask.Context context;
    private final String policyVersion;

    Sayings(DeskTask.Context context, String policyVersion) {
        this.context = context;
        this.policyVersion = policyVersion;
    }

    /**
     * Says it.
     *
     * @param before the contact as it was before the happening; null for a new one
     * @param after the contact as it is now; null for one that is gone
     */
    void say(
            Decision decision,
            @Nullable ContactState before,
            @Nullable ContactState after,
            Instant now) {
        switch (decision) {
            case Decision.Offered it -> offered(it, Objects.requireNonNull(after));
            case Decision.Expired it -> expired(it, queue(before));
            case Decision.Assigned it -> assigned(it, queue(before));
            case Decision.Released it -> released(it, Objects.requireNonNull(before));
            case Decision.Refused it ->
                    context.emit(
                            Topics.DESKTOPS,
                            new OfferRefused(
                                    it.agentId(),
                                    it.offerId(),
                                    it.contactId(),
                                    now,
                                    words(it.reason())),
                            now);
            case Decision.SetAway it ->
                    presence(
                            it.agentId(),
                            it.at(),
                            guichet.events.Presence.AWAY,
                            it.missed() + " offers running let pass");
        }
    }

    /** Nothing was heard of an agent for too long. */
    void offline(String agentId, Instant at, Duration silence) {
        presence(
                agentId,
                at,
                guichet.events.Presence.OFFLINE,
                "nothing heard for " + silence.toSeconds() + " s");
    }

    private void presence(
            String agentId, Instant at, guichet.events.Presence presence, String reason) {
        context.emit(Topics.DESKTOPS, new PresenceSet(agentId, at, presence, reason), at);
    }

    private void offered(Decision.Offered offer, ContactState contact) {
        context.emit(
                queue(contact),
                ContactOffered.newBuilder()
                        .setContactId(offer.contactId())
                        .setOfferId(offer.offerId())
                        .setAgentId(offer.agentId())
                        .setOfferedAt(offer.offeredAt())
                        .setExpiresAt(offer.expiresAt())
                        .setPolicyVersion(policyVersion)
                        .setReasons(offer.reasons())
                        .build(),
                offer.offeredAt());
        Happening.Queued queued = contact.queued();
        context.emit(
                Topics.DESKTOPS,
                OfferMade.newBuilder()
                        .setAgentId(offer.agentId())
                        .setOfferId(offer.offerId())
                        .setContactId(offer.contactId())
                        .setChannel(guichet.events.Channel.valueOf(queued.channel().name()))
                        .setLanguage(queued.language().tag())
                        .setPriority(guichet.events.Priority.valueOf(queued.priority().name()))
                        .setDue(contact.due())
                        .setOfferedAt(offer.offeredAt())
                        .setExpiresAt(offer.expiresAt())
                        .setReasons(offer.reasons())
                        .build(),
                offer.offeredAt());
    }

    private void expired(Decision.Expired expiry, Topic queue) {
        context.emit(
                queue,
                new OfferExpired(
                        expiry.contactId(), expiry.offerId(), expiry.agentId(), expiry.at()),
                expiry.at());
        closed(
                expiry.agentId(),
                expiry.offerId(),
                expiry.contactId(),
                expiry.at(),
                OfferOutcome.EXPIRED,
                null);
    }

    private void assigned(Decision.Assigned assignment, Topic queue) {
        context.emit(
                queue,
                new ContactAssigned(
                        assignment.contactId(),
                        assignment.offerId(),
                        assignment.agentId(),
                        assignment.at()),
                assignment.at());
        closed(
                assignment.agentId(),
                assignment.offerId(),
                assignment.contactId(),
                assignment.at(),
                OfferOutcome.TAKEN,
                null);
    }

    private void released(Decision.Released release, ContactState before) {
        String reason = words(release.reason());
        String agentId = release.agentId();
        context.emit(
                queue(before),
                new ContactReleased(release.contactId(), agentId, release.at(), reason),
                release.at());
        if (agentId == null) {
            return;
        }
        if (before.stage() instanceof Stage.Offered) {
            boolean declined = release.reason() == Decision.Release.DECLINED;
            closed(
                    agentId,
                    before.offerId(),
                    release.contactId(),
                    release.at(),
                    declined ? OfferOutcome.DECLINED : OfferOutcome.RESCINDED,
                    declined ? null : reason);
        } else {
            context.emit(
                    Topics.DESKTOPS,
                    new ContactLeft(agentId, release.contactId(), release.at(), reason),
                    release.at());
        }
    }

    private void closed(
            String agentId,
            String offerId,
            String contactId,
            Instant at,
            OfferOutcome outcome,
            @Nullable String reason) {
        context.emit(
                Topics.DESKTOPS,
                new OfferClosed(agentId, offerId, contactId, at, outcome, reason),
                at);
    }

    private static Topic queue(@Nullable ContactState contact) {
        return Topics.assignments(Objects.requireNonNull(contact).queued().language().tag());
    }

    private static String words(Enum<?> reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
