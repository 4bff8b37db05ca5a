package guichet.schemas;

import static guichet.schemas.Principal.AGENT_TOOLS;
import static guichet.schemas.Principal.CHANNELS;
import static guichet.schemas.Principal.ESCALATION;
import static guichet.schemas.Principal.INTAKE;
import static guichet.schemas.Principal.ROUTING;
import static guichet.schemas.Principal.SLA_MONITOR;

import guichet.events.AgentSeen;
import guichet.events.AgentStatusChanged;
import guichet.events.CallAnswered;
import guichet.events.CallEnded;
import guichet.events.CallbackRequested;
import guichet.events.ChatAnswered;
import guichet.events.ChatEnded;
import guichet.events.ChatStarted;
import guichet.events.ClosureAnnounced;
import guichet.events.ContactAssigned;
import guichet.events.ContactConverted;
import guichet.events.ContactLeft;
import guichet.events.ContactOffered;
import guichet.events.ContactQueued;
import guichet.events.ContactReleased;
import guichet.events.ConvertedConversationEnded;
import guichet.events.ErasureOrdered;
import guichet.events.OfferAccepted;
import guichet.events.OfferClosed;
import guichet.events.OfferDeclined;
import guichet.events.OfferExpired;
import guichet.events.OfferMade;
import guichet.events.OfferRefused;
import guichet.events.PresenceSet;
import guichet.events.ResponseBreached;
import guichet.events.ResponseDueChanged;
import guichet.events.ResponseDueSoon;
import guichet.events.ResponseMet;
import guichet.events.TicketAnswered;
import guichet.events.TicketCreated;
import guichet.events.TicketSolved;
import guichet.schemas.Topic.Keeping;
import guichet.schemas.Topic.Key;

import org.apache.avro.specific.SpecificRecord;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every topic of the desk, once. */
public final class Topics {

    /**
     * How long the topics hold what people say and who they are. An erasure cannot reach into them,
     * so it is complete when this is over (ADR 17); no service needs a contact's records for
     * longer.
     */
    public static final Duration PERSONAL_DATA_STAYS = Duration.ofDays(30);

    private static final Keeping A_MONTH = new Keeping.For(PERSONAL_DATA_STAYS);

    /** How long it is known who is to be forgotten, and who ordered it. */
    public static final Duration ERASURES_STAY = Duration.ofDays(730);

    private static final Keeping TWO_YEARS = new Keeping.For(ERASURES_STAY);

    private static final Keeping A_YEAR = new Keeping.For(Duration.ofDays(365));

    private static final Keeping A_QUARTER = new Keeping.For(Duration.ofDays(90));

    private static final Keeping A_WEEK = new Keeping.For(Duration.ofDays(7));

    public static final Topic TICKETS =
            new Topic(
                    "support.tickets",
                    Key.CONTACT,
                    List.of(TicketCreated.class, TicketAnswered.class, TicketSolved.class),
                    A_MONTH,
                    Set.of(INTAKE, ROUTING, ESCALATION, AGENT_TOOLS, CHANNELS),
                    Set.of(INTAKE, ROUTING, SLA_MONITOR));

    public static final Topic CHATS =
            new Topic(
                    "support.chats",
                    Key.CONTACT,
                    List.of(ChatStarted.class, ChatAnswered.class, ChatEnded.class),
                    A_MONTH,
                    Set.of(INTAKE, ROUTING, AGENT_TOOLS, CHANNELS),
                    Set.of(INTAKE, ROUTING, SLA_MONITOR, ESCALATION));

    public static final Topic CALLBACKS =
            new Topic(
                    "support.callbacks",
                    Key.CONTACT,
                    List.of(CallbackRequested.class, CallAnswered.class, CallEnded.class),
                    A_MONTH,
                    Set.of(INTAKE, ROUTING, AGENT_TOOLS, CHANNELS),
                    Set.of(INTAKE, ROUTING, SLA_MONITOR, ESCALATION));

    public static final Topic AGENTS =
            new Topic(
                    "support.agents",
                    Key.AGENT,
                    List.of(
                            AgentStatusChanged.class,
                            AgentSeen.class,
                            OfferAccepted.class,
                            OfferDeclined.class),
                    A_QUARTER,
                    Set.of(ROUTING, AGENT_TOOLS),
                    Set.of(ROUTING));

    /** From routing's queueing to its matching: what of contacts concerns agents, in one line. */
    public static final Topic MATCHING =
            new Topic(
                    "support.matching",
                    Key.CONTACT_IN_TURN,
                    List.of(
                            ContactQueued.class,
                            ResponseDueChanged.class,
                            TicketAnswered.class,
                            TicketSolved.class,
                            ChatAnswered.class,
                            ChatEnded.class,
                            CallAnswered.class,
                            CallEnded.class),
                    A_WEEK,
                    Set.of(ROUTING),
                    Set.of(ROUTING));

    /** What the desk tells its agents, in the order in which it was decided. */
    public static final Topic DESKTOPS =
            new Topic(
                    "support.desktops",
                    Key.AGENT,
                    List.of(
                            OfferMade.class,
                            OfferClosed.class,
                            OfferRefused.class,
                            ContactLeft.class,
                            PresenceSet.class),
                    A_WEEK,
                    Set.of(ROUTING),
                    Set.of(ROUTING, AGENT_TOOLS));

    public static final Topic SLA =
            new Topic(
                    "support.sla",
                    Key.CONTACT,
                    List.of(
                            ResponseDueChanged.class,
                            ResponseDueSoon.class,
                            ResponseBreached.class,
                            ResponseMet.class),
                    A_YEAR,
                    Set.of(SLA_MONITOR),
                    Set.of(INTAKE, ROUTING));

    public static final Topic CONVERSIONS =
            new Topic(
                    "support.conversions",
                    Key.CONTACT,
                    List.of(ContactConverted.class, ConvertedConversationEnded.class),
                    A_YEAR,
                    Set.of(ESCALATION),
                    Set.of(INTAKE));

    public static final Topic CLOSURES =
            new Topic(
                    "support.closures",
                    Key.CLOSURE,
                    List.of(ClosureAnnounced.class),
                    new Keeping.NewestOfEachKey(),
                    Set.of(INTAKE),
                    Set.of(INTAKE, ROUTING, SLA_MONITOR));

    /**
     * Who is to be forgotten. Kept for longer than anything that must not be read again for one who
     * is, and as the proof that it was done.
     */
    public static final Topic ERASURES =
            new Topic(
                    "support.erasures",
                    Key.ERASURE,
                    List.of(ErasureOrdered.class),
                    TWO_YEARS,
                    Set.of(INTAKE),
                    Set.of(INTAKE, AGENT_TOOLS, CHANNELS));

    public static final Topic DEAD_LETTERS =
            new Topic(
                    "support.dead-letters",
                    Key.SOURCE,
                    List.of(),
                    A_MONTH,
                    Set.of(ROUTING, SLA_MONITOR, ESCALATION),
                    Set.of());

    private static final Map<String, Topic> ASSIGNMENTS =
            Stream.of("en", "pt", "es")
                    .collect(Collectors.toUnmodifiableMap(Function.identity(), Topics::queue));

    /** The three topics on which contacts begin, are answered and end. */
    public static final List<Topic> CHANNEL_TOPICS = List.of(TICKETS, CHATS, CALLBACKS);

    private static final List<Topic> ALL =
            Stream.of(
                            CHANNEL_TOPICS.stream(),
                            ASSIGNMENTS.values().stream(),
                            Stream.of(
                                    AGENTS,
                                    MATCHING,
                                    DESKTOPS,
                                    SLA,
                                    CONVERSIONS,
                                    CLOSURES,
                                    ERASURES,
                                    DEAD_LETTERS))
                    .flatMap(Function.identity())
                    .toList();

    private Topics() {}

    /** Every topic of the catalogue. */
    public static List<Topic> all() {
        return ALL;
    }

    /** The topic of that name. */
    public static Optional<Topic> named(String name) {
        return ALL.stream().filter(topic -> topic.name().equals(name)).findFirst();
    }

    /**
     * The queue of a language (L1).
     *
     * @param language en, pt or es
     */
    public static Topic assignments(String language) {
        Topic queue = ASSIGNMENTS.get(language);
        if (queue == null) {
            throw new IllegalArgumentException(
                    "no language queue '" + language + "'; there are " + ASSIGNMENTS.keySet());
        }
        return queue;
    }

    private static Topic queue(String language) {
        List<Class<? extends SpecificRecord>> events =
                List.of(
                        ContactQueued.class,
                        ContactOffered.class,
                        OfferExpired.class,
                        ContactAssigned.class,
                        ContactReleased.class);
        return new Topic(
                "support.assignments." + language,
                Key.CONTACT,
                events,
                A_QUARTER,
                Set.of(ROUTING),
                Set.of(INTAKE, AGENT_TOOLS));
    }
}
