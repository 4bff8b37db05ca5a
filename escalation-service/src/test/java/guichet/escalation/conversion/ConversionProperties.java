package guichet.escalation.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.chassis.DeskDriver;
import guichet.escalation.conversion.ConversionOracle.Kind;
import guichet.escalation.conversion.ConversionOracle.Said;
import guichet.escalation.conversion.ConversionOracle.Told;
import guichet.events.CallAnswered;
import guichet.events.CallEnded;
import guichet.events.CallbackRequested;
import guichet.events.ChatAnswered;
import guichet.events.ChatEnded;
import guichet.events.ChatStarted;
import guichet.events.ContactConverted;
import guichet.events.ConvertedConversationEnded;
import guichet.events.Customer;
import guichet.events.EndedBy;
import guichet.events.TicketCreated;
import guichet.policy.SupportPolicy;
import guichet.schemas.Topics;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import org.apache.avro.specific.SpecificRecord;

import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Chats and calls whose events are told in any order, late, early, more than once and at odds with
 * each other, around the midnight from which on a conversation may last 45 minutes, not 30.
 */
class ConversionProperties {

    private static final Instant MIDNIGHT = Instant.parse("2027-01-04T08:00:00Z");
    private static final Instant START = MIDNIGHT.minus(Duration.ofHours(2));
    private static final Instant NEXT_DAY = MIDNIGHT.plus(Duration.ofDays(1));

    private static final Comparator<Said> IN_ORDER =
            Comparator.comparing(Said::contact)
                    .thenComparing(Said::endedAt, Comparator.nullsFirst(Comparator.naturalOrder()));

    private final SupportPolicy policy = longerFromMidnight();

    /** An event of a contact, and when it is read. */
    record Reading(Told told, Instant when) {}

    @Property(tries = 40)
    void convertsAndLinksWhatAPlainRecomputationSays(@ForAll("stories") List<Reading> story) {
        ConversionOracle oracle = new ConversionOracle(MIDNIGHT);
        try (DeskDriver desk = desk()) {
            for (Reading reading : story) {
                if (desk.now().isBefore(reading.when())) {
                    advance(desk, reading.when());
                    assertThat(said(desk)).isEqualTo(oracle.reach(reading.when()));
                }
                read(desk, reading.told());
                assertThat(said(desk)).isEqualTo(oracle.read(reading.told()));
            }
            advance(desk, NEXT_DAY);
            assertThat(said(desk)).isEqualTo(oracle.reach(NEXT_DAY));
            assertThat(desk.deadLetters()).isEmpty();
        }
    }

    @Property(tries = 15)
    void saysTheSameInWhateverOrderTheEventsAreRead(@ForAll("stories") List<Reading> story) {
        assertThat(saidOnTheNextDay(story.reversed())).isEqualTo(saidOnTheNextDay(story));
    }

    @Property(tries = 15)
    void saysNothingMoreOfAContactThatIsForgotten(
            @ForAll("stories") List<Reading> story, @ForAll Kind repeated) {
        try (DeskDriver desk = desk()) {
            story.forEach(reading -> read(desk, reading.told()));
            desk.advance(Duration.ofDays(1));
            desk.advance(Duration.ofDays(30));
            said(desk);

            story.stream()
                    .map(Reading::told)
                    .filter(told -> told.kind() == repeated)
                    .forEach(told -> read(desk, told));
            desk.advance(Duration.ofDays(1));

            assertThat(said(desk)).isEmpty();
        }
    }

    private List<Said> saidOnTheNextDay(List<Reading> story) {
        try (DeskDriver desk = desk()) {
            advance(desk, NEXT_DAY);
            story.forEach(reading -> read(desk, reading.told()));
            desk.advance(Duration.ofSeconds(1));
            return said(desk);
        }
    }

    private DeskDriver desk() {
        return new DeskDriver(
                ConversionTask.topology("escalation-service", policy, new SimpleMeterRegistry()),
                START);
    }

    private static void advance(DeskDriver desk, Instant to) {
        desk.advance(Duration.between(desk.now(), to));
    }

    /** What the service has said since last asked, by contact; the tickets are as it says. */
    private static List<Said> said(DeskDriver desk) {
        List<Said> said = new ArrayList<>();
        List<Said> tickets = new ArrayList<>();
        for (SpecificRecord event : desk.written(Topics.CONVERSIONS)) {
            said.add(
                    switch (event) {
                        case ContactConverted it -> said(it);
                        case ConvertedConversationEnded it -> said(it);
                        default -> throw new AssertionError(event);
                    });
        }
        for (SpecificRecord event : desk.written(Topics.TICKETS)) {
            TicketCreated ticket = (TicketCreated) event;
            String original = ticket.getConvertedFrom().getContactId();
            assertThat(ticket.getContactId()).isEqualTo(ticketId(original));
            tickets.add(new Said(original, ticket.getCreatedAt(), null));
        }
        assertThat(tickets)
                .containsExactlyInAnyOrderElementsOf(
                        said.stream().filter(it -> it.endedAt() == null).toList());
        said.sort(IN_ORDER);
        return said;
    }

    private static Said said(ContactConverted event) {
        assertThat(event.getTicketId()).isEqualTo(ticketId(event.getContactId()));
        return new Said(event.getContactId(), event.getConvertedAt(), null);
    }

    private static Said said(ConvertedConversationEnded event) {
        assertThat(event.getTicketId()).isEqualTo(ticketId(event.getContactId()));
        assertThat(event.getMillisAfterConversion()).isNotNegative();
        return new Said(event.getContactId(), event.getConvertedAt(), event.getEndedAt());
    }

    private static String ticketId(String original) {
        return UUID.nameUUIDFromBytes(("conversion\n" + original).getBytes(UTF_8)).toString();
    }

    private static void read(DeskDriver desk, Told told) {
        boolean chat = told.contact().startsWith("chat");
        desk.read(chat ? Topics.CHATS : Topics.CALLBACKS, chat ? ofChat(told) : ofCall(told));
    }

    private static SpecificRecord ofChat(Told told) {
        return switch (told.kind()) {
            case BEGUN ->
                    ChatStarted.newBuilder()
                            .setContactId(told.contact())
                            .setStartedAt(told.at())
                            .setCustomer(customer())
                            .build();
            case ANSWERED -> new ChatAnswered(told.contact(), told.at(), "agent-7");
            case ENDED -> new ChatEnded(told.contact(), told.at(), EndedBy.AGENT);
        };
    }

    private static SpecificRecord ofCall(Told told) {
        return switch (told.kind()) {
            case BEGUN ->
                    CallbackRequested.newBuilder()
                            .setContactId(told.contact())
                            .setRequestedAt(told.at())
                            .setCustomer(customer())
                            .setPhoneNumber("+34911234567")
                            .build();
            case ANSWERED -> new CallAnswered(told.contact(), told.at(), "agent-7");
            case ENDED -> new CallEnded(told.contact(), told.at(), EndedBy.CUSTOMER);
        };
    }

    private static Customer customer() {
        return Customer.newBuilder().setCustomerId("customer-1").build();
    }

    /** Readings in the order in which they are read. */
    @Provide
    Arbitrary<List<Reading>> stories() {
        return Combinators.combine(
                        Stream.of("chat-1", "chat-2", "chat-3", "call-1", "call-2", "call-3")
                                .map(ConversionProperties::conversation)
                                .toList())
                .as(ConversionProperties::together)
                .map(
                        readings ->
                                readings.stream()
                                        .sorted(Comparator.comparing(Reading::when))
                                        .toList());
    }

    private static Arbitrary<List<Reading>> conversation(String contact) {
        return Combinators.combine(
                        told(contact, Kind.BEGUN, -5, -4),
                        told(contact, Kind.ANSWERED, -3, 0),
                        told(contact, Kind.ENDED, -1, 3))
                .as((begun, answered, ended) -> together(List.of(begun, answered, ended)));
    }

    /** Events on quarters of an hour around midnight, so that they often fall on limits. */
    private static Arbitrary<List<Reading>> told(String contact, Kind kind, int from, int to) {
        Arbitrary<Told> told =
                Combinators.combine(
                                Arbitraries.integers().between(from, to),
                                Arbitraries.of(0, 0, 0, 0, -1, 1))
                        .as(
                                (quarter, millis) ->
                                        new Told(
                                                contact,
                                                kind,
                                                MIDNIGHT.plus(Duration.ofMinutes(15L * quarter))
                                                        .plusMillis(millis)));
        Arbitrary<Integer> minutesLate = Arbitraries.of(-5, 0, 30, 60, 150);
        return Combinators.combine(told, minutesLate.list().ofMinSize(1).ofMaxSize(2))
                .as(ConversionProperties::readings)
                .list()
                .ofMaxSize(2)
                .map(ConversionProperties::together);
    }

    private static List<Reading> together(List<List<Reading>> readings) {
        return readings.stream().flatMap(List::stream).toList();
    }

    /** The same event, read once for each delay; at a tick, as deadlines are reached then. */
    private static List<Reading> readings(Told told, List<Integer> minutesLate) {
        long tick = 100;
        Instant atTick = Instant.ofEpochMilli(Math.ceilDiv(told.at().toEpochMilli(), tick) * tick);
        return minutesLate.stream()
                .map(late -> new Reading(told, atTick.plus(Duration.ofMinutes(late))))
                .toList();
    }

    private static SupportPolicy longerFromMidnight() {
        try {
            return SupportPolicy.load(
                    ConversionProperties.class
                            .getResource("/longer-from-2027.yaml")
                            .toURI()
                            .toString());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
