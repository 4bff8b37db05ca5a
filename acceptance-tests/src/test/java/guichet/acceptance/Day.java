package guichet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import guichet.acceptance.Expected.Wanted;
import guichet.events.CallAnswered;
import guichet.events.CallEnded;
import guichet.events.ChatAnswered;
import guichet.events.ChatEnded;
import guichet.events.EndedBy;
import guichet.events.TicketAnswered;
import guichet.policy.SupportPolicy;
import guichet.schemas.Topic;
import guichet.schemas.Topics;

import org.apache.avro.specific.SpecificRecord;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Customers, most days five a second, and agents who answer some in time, some late, some never.
 */
final class Day {

    /** How {@code guichet.policy} names the policy of desks that have their day to themselves. */
    static final String BRISK =
            Path.of("src", "test", "resources", "brisk.yaml").toUri().toString();

    private static final Duration BETWEEN_ARRIVALS = Duration.ofMillis(200);

    /** After an outage all who were turned away come at once. */
    private static final int TOO_MANY = 429;

    private static final Duration LONGEST_OUTAGE = Duration.ofMinutes(2);

    /** Who is refused comes again after this, and after twice as long each time. */
    private static final Duration FIRST_PATIENCE = Duration.ofMillis(300);

    /** A crowd that waits for a door to open must not take the processors that open it. */
    private static final Duration LONGEST_PATIENCE = Duration.ofSeconds(5);

    private enum Fate {
        ANSWERED,
        ANSWERED_LATE,
        NEVER_ANSWERED,
        TALKS_SHORTLY,
        TALKS_TOO_LONG
    }

    /**
     * A contact that the desk has answered for, and when its response is due.
     *
     * @param asked how long its customer had to ask until the desk did, at that instant
     */
    private record Accepted(
            String id,
            int channel,
            Instant dueAtTheEarliest,
            Instant due,
            Instant at,
            Duration asked) {}

    private final List<Customers> doors;
    private final AgentTools agents;
    private final Duration betweenArrivals;
    private final Duration limit;
    private final Collection<Accepted> accepted = new ConcurrentLinkedQueue<>();
    private final AtomicInteger callers = new AtomicInteger();
    private final Collection<Expected> served = new ConcurrentLinkedQueue<>();
    private final Collection<Throwable> failed = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService arrivals = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService people = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean over;

    /**
     * @param doors the copies of intake; who is not served at one tries the next
     * @param policy of the desk
     */
    Day(List<Customers> doors, AgentTools agents, SupportPolicy policy) {
        this(doors, agents, policy, BETWEEN_ARRIVALS);
    }

    /**
     * Likewise, on a day that is more or less busy.
     *
     * @param betweenArrivals how long it is from one customer to the next
     */
    Day(List<Customers> doors, AgentTools agents, SupportPolicy policy, Duration betweenArrivals) {
        this.doors = doors;
        this.agents = agents;
        this.betweenArrivals = betweenArrivals;
        this.limit = policy.conversationLimit(now());
    }

    void begin(Random random) {
        arrivals.scheduleAtFixedRate(
                () -> {
                    int channel = random.nextInt(3);
                    Fate fate = Fate.values()[random.nextInt(Fate.values().length)];
                    String key = new UUID(random.nextLong(), random.nextLong()).toString();
                    int hesitation = random.nextInt(1_500);
                    people.submit(() -> live(channel, fate, key, hesitation));
                },
                0,
                betweenArrivals.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    void awaitMoreContacts(int more) {
        int wanted = accepted.size() + more;
        await("contacts are accepted")
                .atMost(LONGEST_OUTAGE.plus(betweenArrivals.multipliedBy(more)))
                .until(() -> accepted.size() >= wanted);
        assertThat(failed).isEmpty();
    }

    /** Ids of the contacts that were answered with 201 so far. */
    List<String> accepted() {
        return accepted.stream().map(Accepted::id).toList();
    }

    /** The longest that a customer who was answered with 201 since then had asked for it. */
    Duration longestAskedSince(Instant instant) {
        return accepted.stream()
                .filter(contact -> contact.at().isAfter(instant))
                .map(Accepted::asked)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** No more customers; those who are there are served as they would have been. */
    Collection<Expected> end() throws InterruptedException {
        arrivals.shutdown();
        over = true;
        people.shutdown();
        assertThat(people.awaitTermination(3, TimeUnit.MINUTES)).isTrue();
        assertThat(failed).isEmpty();
        return List.copyOf(served);
    }

    private void live(int channel, Fate fate, String key, int hesitationMillis) {
        try {
            Optional<Accepted> contact = ask(channel, key);
            if (contact.isPresent()) {
                accepted.add(contact.get());
                pause(Duration.ofMillis(hesitationMillis));
                served.add(serve(contact.get(), fate));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failed.add(e);
        }
    }

    /**
     * Asks again, under the same key, until there is a 201; in vain when the day ends first. The
     * clock may have run since any of the times: who was cut off cannot know whether intake wrote.
     */
    private Optional<Accepted> ask(int channel, String key) throws InterruptedException {
        String path = List.of("/api/tickets", "/api/chats", "/api/callbacks").get(channel);
        Map<String, String> body = body(channel);
        Instant first = now();
        Duration patience = FIRST_PATIENCE;
        for (int attempt = 0; ; attempt++) {
            Customers door = doors.get(Math.floorMod(key.hashCode() + attempt, doors.size()));
            try {
                Customers.Reply reply = door.post(path, "basic", key, body);
                if (reply.status() == 201) {
                    Instant due = Instant.parse(reply.body().get("respondBy").asString());
                    Instant at = now();
                    Duration asked = Duration.between(first, at);
                    Instant earliest = attempt == 0 ? due : due.minus(asked);
                    return Optional.of(new Accepted(reply.id(), channel, earliest, due, at, asked));
                }
                if (reply.status() < 500 && reply.status() != TOO_MANY) {
                    throw new IllegalStateException(reply.toString());
                }
            } catch (UncheckedIOException cutOff) {
                // The process was killed; the customer cannot know whether it was in time.
            }
            if (over) {
                return Optional.empty();
            }
            pause(patience);
            Duration longer = patience.multipliedBy(2);
            patience = longer.compareTo(LONGEST_PATIENCE) < 0 ? longer : LONGEST_PATIENCE;
        }
    }

    private Expected serve(Accepted contact, Fate fate) throws InterruptedException {
        String id = contact.id();
        int channel = contact.channel();
        return switch (fate) {
            case NEVER_ANSWERED -> new Expected(id, Wanted.YES, Wanted.NO, Duration.ZERO);
            case ANSWERED_LATE -> {
                pause(Duration.between(Instant.now(), contact.due().plusSeconds(1)));
                Recorded answer = answer(id, channel);
                Recorded end = end(id, channel, answer.at().plusSeconds(1));
                yield new Expected(id, Wanted.YES, Wanted.NO, latest(answer, end));
            }
            case ANSWERED, TALKS_SHORTLY -> {
                Recorded answer = answer(id, channel);
                Instant tooLong = answer.at().plus(limit);
                pause(Duration.ofSeconds(2));
                Recorded end = end(id, channel, now());
                yield new Expected(
                        id,
                        breached(answer, contact),
                        converted(channel, end, tooLong),
                        latest(answer, end));
            }
            case TALKS_TOO_LONG -> {
                Recorded answer = answer(id, channel);
                yield new Expected(
                        id,
                        breached(answer, contact),
                        channel == 0 ? Wanted.NO : Wanted.YES,
                        answer.late());
            }
        };
    }

    /** What happened then, and by when the broker had it. */
    private record Recorded(Instant at, Instant by) {

        Duration late() {
            return Duration.between(at, by);
        }
    }

    private static Duration latest(Recorded one, Recorded other) {
        return one.late().compareTo(other.late()) > 0 ? one.late() : other.late();
    }

    private static Wanted breached(Recorded answer, Accepted contact) {
        if (!answer.at().isBefore(contact.due())) {
            return Wanted.YES;
        }
        return answer.by().isBefore(contact.dueAtTheEarliest()) ? Wanted.NO : Wanted.EITHER;
    }

    private static Wanted converted(int channel, Recorded end, Instant limit) {
        if (channel == 0) {
            return Wanted.NO;
        }
        if (!end.at().isBefore(limit)) {
            return Wanted.YES;
        }
        return end.by().isBefore(limit) ? Wanted.NO : Wanted.EITHER;
    }

    private Recorded answer(String id, int channel) {
        Instant at = now();
        return switch (channel) {
            case 0 -> record(Topics.TICKETS, new TicketAnswered(id, at, "agent-1"), at);
            case 1 -> record(Topics.CHATS, new ChatAnswered(id, at, "agent-1"), at);
            default -> record(Topics.CALLBACKS, new CallAnswered(id, at, "agent-1"), at);
        };
    }

    private Recorded end(String id, int channel, Instant at) {
        return switch (channel) {
            case 0 -> new Recorded(at, at);
            case 1 -> record(Topics.CHATS, new ChatEnded(id, at, EndedBy.AGENT), at);
            default -> record(Topics.CALLBACKS, new CallEnded(id, at, EndedBy.AGENT), at);
        };
    }

    private Recorded record(Topic topic, SpecificRecord event, Instant at) {
        agents.publish(topic, event, at);
        return new Recorded(at, now());
    }

    /** People take their time, as people do. */
    private static void pause(Duration time) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
    }

    private static Instant now() {
        return Instant.ofEpochMilli(System.currentTimeMillis());
    }

    private Map<String, String> body(int channel) {
        return switch (channel) {
            case 0 ->
                    Map.of(
                            "name",
                            "Ana",
                            "email",
                            "ana@example.org",
                            "impact",
                            "HIGH",
                            "language",
                            "pt",
                            "site",
                            "example.org",
                            "description",
                            "O site não abre.");
            case 1 -> Map.of("language", "en", "question", "How do I add a page?");
            default ->
                    Map.of(
                            "language",
                            "es",
                            // A second call to a number would join one that waits.
                            "phoneNumber",
                            "+34912%06d".formatted(callers.incrementAndGet()),
                            "question",
                            "El editor no se abre.");
        };
    }
}
