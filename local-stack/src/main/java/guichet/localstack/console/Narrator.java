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
                            line(
                                    e.getCreatedAt(),
                                    Kind.CONVERTED,
                                    e.getContactId(),
                                    "ticket opened from %s %s"
                                            .formatted(
                                                    noun(e.getConvertedFrom().getChannel()),
                                                    brief(e.getConvertedFrom().getContactId())));
                    case TicketCreated e ->
                            line(
                                    e.getCreatedAt(),
                                    Kind.ARRIVED,
                                    e.getContactId(),
                                    "a ticket comes in, impact " + e.getImpact());
                    case ChatStarted e ->
                            line(
                                    e.getStartedAt(),
                                    Kind.ARRIVED,
                                    e.getContactId(),
                                    "a customer asks for a chat, impact " + e.getImpact());
                    case CallbackRequested e ->
                            line(
                                    e.getRequestedAt(),
                                    Kind.ARRIVED,
                                    e.getContactId(),
                                    "a customer asks for a call, impact " + e.getImpact());
                    case ContactQueued e ->
                            line(e.getQueuedAt(), Kind.QUEUED, e.getContactId(), queued(e));
                    case ContactOffered e ->
                            line(
                                    e.getOfferedAt(),
                                    Kind.OFFERED,
                                    e.getContactId(),
                                    "offered to %s for %s"
                                            .formatted(
                                                    e.getAgentId(),
                                                    seconds(e.getOfferedAt(), e.getExpiresAt())));
                    case OfferExpired e ->
                            line(
                                    e.getExpiredAt(),
                                    Kind.WARNING,
                                    e.getContactId(),
                                    e.getAgentId() + " lets the offer pass");
                    case ContactAssigned e ->
                            line(
                                    e.getAssignedAt(),
                                    Kind.SERVED,
                                    e.getContactId(),
                                    "taken by " + e.getAgentId());
                    // The line of what ended it tells it.
                    case ContactReleased e when e.getReason().equals("ended") -> null;
                    case ContactReleased e ->
                            line(e.getReleasedAt(), Kind.OFFERED, e.getContactId(), released(e));
                    case AgentStatusChanged e ->
                            line(
                                    e.getChangedAt(),
                                    Kind.AGENT,
                                    "",
                                    "%s is %s%s"
                                            .formatted(
                                                    e.getAgentId(),
                                                    word(e.getPresence()),
                                                    e.getPresence() == Presence.AVAILABLE
                                                            ? " in "
                                                                    + String.join(
                                                                            ", ", e.getLanguages())
                                                            : ""));
                    case PresenceSet e ->
                            line(
                                    e.getSetAt(),
                                    Kind.WARNING,
                                    "",
                                    "%s is set %s: %s"
                                            .formatted(
                                                    e.getAgentId(),
                                                    word(e.getPresence()),
                                                    e.getReason()));
                    case TicketAnswered e ->
                            line(
                                    e.getAnsweredAt(),
                                    Kind.SERVED,
                                    e.getContactId(),
                                    e.getAgentId() + " answers the ticket");
                    case ChatAnswered e ->
                            line(
                                    e.getAnsweredAt(),
                                    Kind.SERVED,
                                    e.getContactId(),
                                    e.getAgentId() + " joins the chat");
                    case CallAnswered e ->
                            line(
                                    e.getAnsweredAt(),
                                    Kind.SERVED,
                                    e.getContactId(),
                                    e.getAgentId() + " is on the phone");
                    case TicketSolved e ->
                            line(
                                    e.getSolvedAt(),
                                    Kind.SERVED,
                                    e.getContactId(),
                                    "the ticket is solved");
                    case ChatEnded e ->
                            line(e.getEndedAt(), Kind.SERVED, e.getContactId(), "the chat is over");
                    case CallEnded e ->
                            line(e.getEndedAt(), Kind.SERVED, e.getContactId(), "the call is over");
                    case ResponseDueChanged e when e.getPreviousDue() != null ->
                            line(
                                    e.getChangedAt(),
                                    Kind.QUEUED,
                                    e.getContactId(),
                                    "due moved from %s to %s"
                                            .formatted(
                                                    format.time(
                                                            e.getPreviousDue(), e.getChangedAt()),
                                                    format.time(e.getDue(), e.getChangedAt())));
                    case ResponseDueSoon e ->
                            line(
                                    e.getWarnedAt(),
                                    Kind.WARNING,
                                    e.getContactId(),
                                    "DUE SOON: %s in %s, %s left"
                                            .formatted(
                                                    noun(e.getChannel()),
                                                    e.getLanguage(),
                                                    seconds(e.getWarnedAt(), e.getDue())));
                    case ResponseBreached e ->
                            line(
                                    e.getDue(),
                                    Kind.BREACHED,
                                    e.getContactId(),
                                    "BREACHED: no response to the %s in %s by %s"
                                            .formatted(
                                                    noun(e.getChannel()),
                                                    e.getLanguage(),
                                                    format.time(e.getDue())));
                    case ResponseMet e ->
                            line(
                                    e.getAnsweredAt(),
                                    Kind.MET,
                                    e.getContactId(),
                                    "MET: %s in %s answered with %s to spare"
                                            .formatted(
                                                    noun(e.getChannel()),
                                                    e.getLanguage(),
                                                    seconds(e.getAnsweredAt(), e.getDue())));
                    case ContactConverted e ->
                            line(
                                    e.getConvertedAt(),
                                    Kind.CONVERTED,
                                    e.getContactId(),
                                    "CONVERTED: %s in %s becomes ticket %s after %s"
                                            .formatted(
                                                    noun(e.getChannel()),
                                                    e.getLanguage(),
                                                    brief(e.getTicketId()),
                                                    seconds(
                                                            e.getAnsweredAt(),
                                                            e.getConvertedAt())));
                    case ConvertedConversationEnded e ->
                            line(
                                    e.getEndedAt(),
                                    Kind.CONVERTED,
                                    e.getContactId(),
                                    "the %s behind ticket %s went on for %s"
                                            .formatted(
                                                    noun(e.getChannel()),
                                                    brief(e.getTicketId()),
                                                    seconds(e.getMillisAfterConversion())));
                    case ClosureAnnounced e ->
                            line(
                                    e.getAnnouncedAt(),
                                    Kind.WARNING,
                                    "",
                                    "closed from %s to %s: %s"
                                            .formatted(
                                                    format.time(
                                                            e.getStartsAt(), e.getAnnouncedAt()),
                                                    format.time(e.getEndsAt(), e.getAnnouncedAt()),
                                                    e.getChannels()));
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

    private String queued(ContactQueued event) {
        String due =
                event.getDue() == null
                        ? "without a target"
                        : "due at " + format.time(event.getDue(), event.getQueuedAt());
        return "%s queued in %s as %s, %s"
                .formatted(noun(event.getChannel()), event.getLanguage(), event.getPriority(), due);
    }

    private static String released(ContactReleased event) {
        String agent = event.getAgentId();
        return agent == null
                ? "leaves the queue: " + event.getReason()
                : "leaves %s: %s".formatted(agent, event.getReason());
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
