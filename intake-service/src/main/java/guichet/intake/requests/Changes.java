package guichet.intake.requests;

import guichet.events.CallAnswered;
import guichet.events.CallEnded;
import guichet.events.CallbackRequested;
import guichet.events.ChatAnswered;
import guichet.events.ChatEnded;
import guichet.events.ChatStarted;
import guichet.events.ContactAssigned;
import guichet.events.ContactConverted;
import guichet.events.ContactQueued;
import guichet.events.ContactReleased;
import guichet.events.Customer;
import guichet.events.EndedBy;
import guichet.events.ErasureOrdered;
import guichet.events.ResponseBreached;
import guichet.events.ResponseDueChanged;
import guichet.events.TicketAnswered;
import guichet.events.TicketCreated;
import guichet.events.TicketSolved;
import guichet.intake.requests.Change.Answered;
import guichet.intake.requests.Change.Assigned;
import guichet.intake.requests.Change.Begun;
import guichet.intake.requests.Change.Converted;
import guichet.intake.requests.Change.Due;
import guichet.intake.requests.Change.Ended;
import guichet.intake.requests.Change.Erased;
import guichet.intake.requests.Change.Mentioned;
import guichet.intake.requests.Change.Queued;
import guichet.intake.requests.Change.Released;
import guichet.intake.requests.Change.Stepped;
import guichet.policy.Channel;
import guichet.policy.Plan;

import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What the desk's events say of requests. */
final class Changes {

    private static final int LONGEST_SUBJECT = 200;
    private static final int LONGEST_CUSTOMER_ID = 500;
    private static final int LONGEST_ADDRESS = 320;
    private static final int MOST_COPIES = 100;

    /** Releases that say nothing new: the request's own end does. */
    private static final Set<String> ENDINGS = Set.of("withdrawn", "ended");

    private Changes() {}

    /**
     * The changes of an event; none where it says nothing of a request.
     *
     * @param offset of its record in its partition
     */
    static List<Change> of(SpecificRecord event, long offset) {
        return switch (event) {
            case TicketCreated it -> begun(it, offset);
            case ChatStarted it -> begun(it, offset);
            case CallbackRequested it -> begun(it, offset);
            case TicketAnswered it -> answered(it.getContactId(), it.getAnsweredAt());
            case ChatAnswered it -> answered(it.getContactId(), it.getAnsweredAt());
            case CallAnswered it -> answered(it.getContactId(), it.getAnsweredAt());
            case TicketSolved it ->
                    ended(it.getContactId(), it.getSolvedAt(), it.getAgentId() == null);
            case ChatEnded it ->
                    ended(it.getContactId(), it.getEndedAt(), it.getEndedBy() == EndedBy.CUSTOMER);
            case CallEnded it ->
                    ended(it.getContactId(), it.getEndedAt(), it.getEndedBy() == EndedBy.CUSTOMER);
            case ContactQueued it ->
                    List.of(new Queued(plain(it.getContactId()), plain(it.getLanguage())));
            case ContactAssigned it -> assigned(plain(it.getContactId()), it.getAssignedAt());
            case ContactReleased it -> released(it);
            case ResponseDueChanged it -> due(it, offset);
            case ResponseBreached it -> late(it);
            case ContactConverted it -> converted(it);
            case ErasureOrdered it -> erased(it);
            default -> List.of();
        };
    }

    private static List<Change> begun(TicketCreated ticket, long offset) {
        if (isNobodys(ticket.getCustomer())) {
            return List.of(new Mentioned(plain(ticket.getContactId())));
        }
        return List.of(
                new Begun(
                        plain(ticket.getContactId()),
                        offset,
                        plain(ticket.getCustomer().getCustomerId()),
                        ticket.getCustomer().getEmail(),
                        Channel.WEB,
                        Plan.valueOf(ticket.getCustomer().getPlan().name()),
                        subject(ticket.getSubject(), ticket.getDescription()),
                        ticket.getCreatedAt(),
                        null,
                        ticket.getCopiedTo().stream()
                                .filter(address -> address.length() <= LONGEST_ADDRESS)
                                .map(address -> plain(address).toLowerCase(Locale.ROOT))
                                .distinct()
                                .limit(MOST_COPIES)
                                .toList(),
                        ticket.getConvertedFrom() == null
                                ? null
                                : plain(ticket.getConvertedFrom().getContactId())));
    }

    private static List<Change> begun(ChatStarted chat, long offset) {
        return begun(
                chat.getContactId(),
                offset,
                chat.getCustomer(),
                Channel.CHAT,
                chat.getQuestion(),
                chat.getStartedAt(),
                null);
    }

    private static List<Change> begun(CallbackRequested callback, long offset) {
        return begun(
                callback.getContactId(),
                offset,
                callback.getCustomer(),
                Channel.PHONE,
                callback.getQuestion(),
                callback.getRequestedAt(),
                plain(callback.getPhoneNumber()));
    }

    private static List<Change> begun(
            String id,
            long offset,
            Customer customer,
            Channel channel,
            @Nullable String question,
            Instant at,
            @Nullable String phoneNumber) {
        if (isNobodys(customer)) {
            return List.of();
        }
        return List.of(
                new Begun(
                        plain(id),
                        offset,
                        plain(customer.getCustomerId()),
                        customer.getEmail(),
                        channel,
                        Plan.valueOf(customer.getPlan().name()),
                        subject(question),
                        at,
                        phoneNumber,
                        List.of(),
                        null));
    }

    /** No token has a subject of that length, and no index takes it. */
    private static boolean isNobodys(Customer customer) {
        return customer.getCustomerId().length() > LONGEST_CUSTOMER_ID;
    }

    private static List<Change> answered(String id, Instant at) {
        return List.of(
                new Answered(plain(id), at), new Stepped(plain(id), at, StepKind.ANSWERED, null));
    }

    private static List<Change> ended(String id, Instant at, boolean byCustomer) {
        return List.of(new Ended(plain(id), at, byCustomer));
    }

    private static List<Change> assigned(String id, Instant at) {
        return List.of(new Assigned(id, at), new Stepped(id, at, StepKind.ASSIGNED, null));
    }

    private static List<Change> released(ContactReleased event) {
        if (event.getAgentId() == null) {
            return List.of();
        }
        String id = plain(event.getContactId());
        Released released = new Released(id, event.getReleasedAt());
        return ENDINGS.contains(event.getReason())
                ? List.of(released)
                : List.of(
                        released, new Stepped(id, event.getReleasedAt(), StepKind.RELEASED, null));
    }

    private static List<Change> due(ResponseDueChanged event, long offset) {
        String id = plain(event.getContactId());
        Due due = new Due(id, offset, event.getDue());
        return event.getPreviousDue() == null
                ? List.of(due)
                : List.of(
                        due,
                        new Stepped(id, event.getChangedAt(), StepKind.DUE_MOVED, event.getDue()));
    }

    private static List<Change> late(ResponseBreached event) {
        return List.of(
                new Stepped(plain(event.getContactId()), event.getDue(), StepKind.LATE, null));
    }

    private static List<Change> converted(ContactConverted event) {
        return List.of(
                new Converted(
                        plain(event.getContactId()),
                        event.getConvertedAt(),
                        plain(event.getTicketId())));
    }

    private static List<Change> erased(ErasureOrdered event) {
        return List.of(
                new Erased(
                        plain(event.getErasureId()),
                        event.getOrderedAt(),
                        plain(event.getOrderedBy()),
                        event.getPseudonyms().stream().map(Changes::plain).toList()));
    }

    /** The first line of the first text that says anything, cut to what a list shows. */
    private static @Nullable String subject(@Nullable String... texts) {
        return Stream.of(texts)
                .flatMap(Stream::ofNullable)
                .flatMap(String::lines)
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .map(line -> plain(shortened(line)))
                .orElse(null);
    }

    private static String shortened(String line) {
        return line.codePointCount(0, line.length()) <= LONGEST_SUBJECT
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST_SUBJECT - 1)) + "…";
    }

    /**
     * A channel may write what it likes: PostgreSQL takes no NUL, and a line break parts what is
     * given to it as one text.
     */
    static String plain(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) ? '\uFFFD' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
