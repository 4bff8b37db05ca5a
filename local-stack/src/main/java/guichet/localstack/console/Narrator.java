package guichet.localstack.console;

import static guichet.localstack.console.LineFormat.brief;

import guichet.events.AgentStatusChanged;
import guichet.events.CallAnswered;
import guichet.events.CallEnded;
import guichet.events.CallbackRequested;
import guichet.events.Channel;
import guichet.events.ChatAnswered;
import guichet.events.ChatEnded;
import guichet.events.ChatStarted;
import guichet.events.ClosureAnnounced;
import guichet.events.ContactAssigned;
import guichet.events.ContactConverted;
import guichet.events.ContactOffered;
import guichet.events.ContactQueued;
import guichet.events.ContactReleased;
import guichet.events.ConvertedConversationEnded;
import guichet.events.OfferExpired;
import guichet.events.Origin;
import guichet.events.Presence;
import guichet.events.PresenceSet;
import guichet.events.ResponseBreached;
import guichet.events.ResponseDueChanged;
import guichet.events.ResponseDueSoon;
import guichet.events.ResponseMet;
import guichet.events.TicketAnswered;
import guichet.events.TicketCreated;
import guichet.events.TicketSolved;
import guichet.schemas.DeadLetter;

import org.apache.avro.specific.SpecificRecord;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Puts events into words; says nothing of a customer but the contact's id. */
record Narrator(LineFormat format) {

    private static final int REASON_LIMIT = 120;

    /** The line for an event; empty for one that another line already tells. */
    Optional<Line> tell(SpecificRecord event) {
        return Optional.ofNullable(
                switch (event) {
                    case TicketCreated e when e.getConvertedFrom() != null ->
                            openedFrom(e, e.getConvertedFrom());
                    case TicketCreated e -> line(e);
                    case ChatStarted e -> line(e);
                    case CallbackRequested e -> line(e);
                    case ContactQueued e -> line(e);
                    case ContactOffered e -> line(e);
                    case OfferExpired e -> line(e);
                    case ContactAssigned e -> line(e);
                    // The line of what ended it tells it.
                    case ContactReleased e when e.getReason().equals("ended") -> null;
                    case ContactReleased e -> line(e);
                    case AgentStatusChanged e -> line(e);
                    case PresenceSet e -> line(e);
                    case TicketAnswered e -> line(e);
                    case ChatAnswered e -> line(e);
                    case CallAnswered e -> line(e);
                    case TicketSolved e -> line(e);
                    case ChatEnded e -> line(e);
                    case CallEnded e -> line(e);
                    case ResponseDueChanged e when e.getPreviousDue() != null ->
                            moved(e, e.getPreviousDue());
                    case ResponseDueSoon e -> line(e);
                    case ResponseBreached e -> line(e);
                    case ResponseMet e -> line(e);
                    case ContactConverted e -> line(e);
                    case ConvertedConversationEnded e -> line(e);
                    case ClosureAnnounced e -> line(e);
                    default -> null;
                });
    }

    /** The line for a record that could not be used. */
    Line tell(DeadLetter letter, Instant at) {
        String reason = letter.reason().lines().findFirst().orElse("no reason given");
        String brief =
                reason.length() <= REASON_LIMIT
                        ? reason
                        : reason.substring(0, REASON_LIMIT) + "...";
        return line(
                at,
                Kind.DEAD_LETTER,
                "",
                "DEAD LETTER from %s %d@%d: %s"
                        .formatted(letter.topic(), letter.partition(), letter.offset(), brief));
    }

    private static Line openedFrom(TicketCreated event, Origin origin) {
        String words =
                "ticket opened from %s %s"
                        .formatted(noun(origin.getChannel()), brief(origin.getContactId()));
        return line(event.getCreatedAt(), Kind.CONVERTED, event.getContactId(), words);
    }

    private static Line line(TicketCreated event) {
        String words = "a ticket comes in, impact " + event.getImpact();
        return line(event.getCreatedAt(), Kind.ARRIVED, event.getContactId(), words);
    }

    private static Line line(ChatStarted event) {
        String words = "a customer asks for a chat, impact " + event.getImpact();
        return line(event.getStartedAt(), Kind.ARRIVED, event.getContactId(), words);
    }

    private static Line line(CallbackRequested event) {
        String words = "a customer asks for a call, impact " + event.getImpact();
        return line(event.getRequestedAt(), Kind.ARRIVED, event.getContactId(), words);
    }

    private Line line(ContactQueued event) {
        String due =
                event.getDue() == null
                        ? "without a target"
                        : "due at " + format.time(event.getDue(), event.getQueuedAt());
        String words =
                "%s queued in %s as %s, %s"
                        .formatted(
                                noun(event.getChannel()),
                                event.getLanguage(),
                                event.getPriority(),
                                due);
        return line(event.getQueuedAt(), Kind.QUEUED, event.getContactId(), words);
    }

    private static Line line(ContactOffered event) {
        String words =
                "offered to %s for %s"
                        .formatted(
                                event.getAgentId(),
                                seconds(event.getOfferedAt(), event.getExpiresAt()));
        return line(event.getOfferedAt(), Kind.OFFERED, event.getContactId(), words);
    }

    private static Line line(OfferExpired event) {
        String words = event.getAgentId() + " lets the offer pass";
        return line(event.getExpiredAt(), Kind.WARNING, event.getContactId(), words);
    }

    private static Line line(ContactAssigned event) {
        String words = "taken by " + event.getAgentId();
        return line(event.getAssignedAt(), Kind.SERVED, event.getContactId(), words);
    }

    private static Line line(ContactReleased event) {
        String place = event.getAgentId() == null ? "the queue" : event.getAgentId();
        String words = "leaves %s: %s".formatted(place, event.getReason());
        return line(event.getReleasedAt(), Kind.OFFERED, event.getContactId(), words);
    }

    private static Line line(AgentStatusChanged event) {
        String words = event.getAgentId() + " is " + word(event.getPresence());
        if (event.getPresence() == Presence.AVAILABLE) {
            words += " in " + String.join(", ", event.getLanguages());
        }
        return line(event.getChangedAt(), Kind.AGENT, "", words);
    }

    private static Line line(PresenceSet event) {
        String words =
                "%s is set %s: %s"
                        .formatted(
                                event.getAgentId(), word(event.getPresence()), event.getReason());
        return line(event.getSetAt(), Kind.WARNING, "", words);
    }

    private static Line line(TicketAnswered event) {
        String words = event.getAgentId() + " answers the ticket";
        return line(event.getAnsweredAt(), Kind.SERVED, event.getContactId(), words);
    }

    private static Line line(ChatAnswered event) {
        String words = event.getAgentId() + " joins the chat";
        return line(event.getAnsweredAt(), Kind.SERVED, event.getContactId(), words);
    }

    private static Line line(CallAnswered event) {
        String words = event.getAgentId() + " is on the phone";
        return line(event.getAnsweredAt(), Kind.SERVED, event.getContactId(), words);
    }

    private static Line line(TicketSolved event) {
        return line(event.getSolvedAt(), Kind.SERVED, event.getContactId(), "the ticket is solved");
    }

    private static Line line(ChatEnded event) {
        return line(event.getEndedAt(), Kind.SERVED, event.getContactId(), "the chat is over");
    }

    private static Line line(CallEnded event) {
        return line(event.getEndedAt(), Kind.SERVED, event.getContactId(), "the call is over");
    }

    private Line moved(ResponseDueChanged event, Instant previousDue) {
        Instant at = event.getChangedAt();
        String words =
                "due moved from %s to %s"
                        .formatted(format.time(previousDue, at), format.time(event.getDue(), at));
        return line(at, Kind.QUEUED, event.getContactId(), words);
    }

    private static Line line(ResponseDueSoon event) {
        String words =
                "DUE SOON: %s in %s, %s left"
                        .formatted(
                                noun(event.getChannel()),
                                event.getLanguage(),
                                seconds(event.getWarnedAt(), event.getDue()));
        return line(event.getWarnedAt(), Kind.WARNING, event.getContactId(), words);
    }

    private Line line(ResponseBreached event) {
        String words =
                "BREACHED: no response to the %s in %s by %s"
                        .formatted(
                                noun(event.getChannel()),
                                event.getLanguage(),
                                format.time(event.getDue()));
        return line(event.getDue(), Kind.BREACHED, event.getContactId(), words);
    }

    private static Line line(ResponseMet event) {
        String words =
                "MET: %s in %s answered with %s to spare"
                        .formatted(
                                noun(event.getChannel()),
                                event.getLanguage(),
                                seconds(event.getAnsweredAt(), event.getDue()));
        return line(event.getAnsweredAt(), Kind.MET, event.getContactId(), words);
    }

    private static Line line(ContactConverted event) {
        String words =
                "CONVERTED: %s in %s becomes ticket %s after %s"
                        .formatted(
                                noun(event.getChannel()),
                                event.getLanguage(),
                                brief(event.getTicketId()),
                                seconds(event.getAnsweredAt(), event.getConvertedAt()));
        return line(event.getConvertedAt(), Kind.CONVERTED, event.getContactId(), words);
    }

    private static Line line(ConvertedConversationEnded event) {
        String words =
                "the %s behind ticket %s went on for %s"
                        .formatted(
                                noun(event.getChannel()),
                                brief(event.getTicketId()),
                                seconds(event.getMillisAfterConversion()));
        return line(event.getEndedAt(), Kind.CONVERTED, event.getContactId(), words);
    }

    private Line line(ClosureAnnounced event) {
        Instant at = event.getAnnouncedAt();
        String words =
                "closed from %s to %s: %s"
                        .formatted(
                                format.time(event.getStartsAt(), at),
                                format.time(event.getEndsAt(), at),
                                event.getChannels());
        return line(at, Kind.WARNING, "", words);
    }

    private static String word(Presence presence) {
        return presence.name().toLowerCase(Locale.ROOT);
    }

    private static Line line(Instant at, Kind kind, String contact, String words) {
        return new Line(at, kind, contact, words);
    }

    private static String noun(Channel channel) {
        return switch (channel) {
            case WEB -> "ticket";
            case CHAT -> "chat";
            case PHONE -> "call";
        };
    }

    private static String seconds(Instant from, Instant to) {
        return seconds(Duration.between(from, to).toMillis());
    }

    private static String seconds(long millis) {
        Duration time = Duration.ofMillis(millis);
        return time.compareTo(Duration.ofMinutes(2)) < 0
                ? String.format(Locale.ROOT, "%.1f s", millis / 1000.0)
                : time.toMinutes() + " min";
    }
}
