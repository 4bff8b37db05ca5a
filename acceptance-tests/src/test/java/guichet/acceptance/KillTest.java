package guichet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import guichet.acceptance.DeskProcesses.Part;
import guichet.acceptance.Expected.Wanted;
import guichet.events.CallAnswered;
import guichet.events.CallEnded;
import guichet.events.ChatAnswered;
import guichet.events.ChatEnded;
import guichet.events.EndedBy;
import guichet.events.TicketAnswered;
import guichet.judge.Evidence;
import guichet.judge.Verdict;
import guichet.policy.SupportPolicy;
import guichet.schemas.Topic;
import guichet.schemas.Topics;

import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Customers and agents go on with their day while processes are killed at random moments. Whatever
 * was accepted is queued once, each due is met or breached once and truly, and each long
 * conversation is converted once.
 */
class KillTest {

    private static final SupportPolicy POLICY = SupportPolicy.load("demo");
    private static final Duration LIMIT = POLICY.conversationLimit(Instant.now());

    /** The broker has what agents record so soon, unless it is killed just then. */
    private static final Duration PROMPT = Duration.ofSeconds(1);

    private static final Duration SETTLING = Duration.ofSeconds(120);

    /** So long must the log stay right: what is doubled may come later. */
    private static final Duration CALM = Duration.ofSeconds(5);

    private final long seed = Long.getLong("guichet.kill.seed", System.nanoTime());

    @Test
    void nothingIsLostDoubledOrFalselyBreachedWhicheverProcessIsKilled() throws Exception {
        System.out.println("KillTest: -Dguichet.kill.seed=" + seed);
        Random random = new Random(seed);
        try (DeskProcesses desk = DeskProcesses.start(DeskProcesses.temporaryData());
                AgentTools agents = new AgentTools(desk.bootstrapServers(), desk.registryUrl());
                DeskLog log = new DeskLog(desk.bootstrapServers(), desk.registryUrl())) {
            Day day = new Day(new Customers(desk.intake(), desk.identity()), agents);
            day.begin(new Random(seed));

            for (Part[] victims : victims(random)) {
                day.awaitMoreContacts(15 + random.nextInt(20));
                desk.kill(victims);
                desk.start(victims);
                desk.awaitReady();
            }
            day.awaitMoreContacts(20);
            Collection<Expected> accepted = day.end();

            await("every outcome, as recomputed from what went in; logs in " + desk.logs())
                    .atMost(SETTLING)
                    .during(CALM)
                    .untilAsserted(
                            () -> {
                                assertThat(Expected.unmet(accepted, log.entries())).isEmpty();
                                assertThatTheJudgeFindsNothingWrong(desk, accepted);
                            });
            System.out.printf(
                    "KillTest: %d contacts accepted, %d of them answered too near a kill to tell%n",
                    accepted.size(),
                    accepted.stream().filter(it -> it.breached() == Wanted.EITHER).count());
            assertThat(accepted).hasSizeGreaterThan(100);
            assertThat(accepted).extracting(Expected::breached).contains(Wanted.YES, Wanted.NO);
            assertThat(accepted).extracting(Expected::converted).contains(Wanted.YES, Wanted.NO);
            assertThat(log.buried()).isEmpty();
            System.out.println(
                    "KillTest: " + evidence(desk).judge(POLICY, Duration.ZERO, PROMPT).summary());
        }
    }

    /**
     * Of a contact whose records reached the broker late both outcomes may be right, of no other.
     */
    private static void assertThatTheJudgeFindsNothingWrong(
            DeskProcesses desk, Collection<Expected> accepted) {
        Set<String> late =
                accepted.stream()
                        .filter(contact -> contact.late().compareTo(PROMPT) >= 0)
                        .map(Expected::contactId)
                        .collect(Collectors.toSet());
        Duration latest =
                accepted.stream()
                        .map(Expected::late)
                        .max(Duration::compareTo)
                        .orElseThrow()
                        .plusMillis(1);

        Evidence evidence = evidence(desk);

        assertThat(evidence.judge(POLICY, Duration.ZERO, PROMPT).faults())
                .filteredOn(fault -> !late.contains(fault.contactId()))
                .isEmpty();
        Verdict lenient = evidence.judge(POLICY, Duration.ZERO, latest);
        assertThat(lenient.faults()).isEmpty();
        assertThat(lenient.open()).isZero();
    }

    private static Evidence evidence(DeskProcesses desk) {
        return Evidence.read(desk.bootstrapServers(), desk.registryUrl(), InstantSource.system());
    }

    /** Each process once, and all of them together, in an order of chance. */
    private static List<Part[]> victims(Random random) {
        List<Part[]> victims = new ArrayList<>();
        for (Part part : Part.values()) {
            victims.add(new Part[] {part});
        }
        victims.add(Part.values());
        Collections.shuffle(victims, random);
        return victims;
    }

    /** Five customers a second, and agents who answer some in time, some late, some never. */
    private static final class Day {

        private enum Fate {
            ANSWERED,
            ANSWERED_LATE,
            NEVER_ANSWERED,
            TALKS_SHORTLY,
            TALKS_TOO_LONG
        }

        private final Customers customers;
        private final AgentTools agents;
        private final Collection<Expected> accepted = new ConcurrentLinkedQueue<>();
        private final Collection<Throwable> failed = new ConcurrentLinkedQueue<>();
        private final ScheduledExecutorService arrivals =
                Executors.newSingleThreadScheduledExecutor();
        private final ExecutorService people = Executors.newVirtualThreadPerTaskExecutor();
        private volatile boolean over;

        Day(Customers customers, AgentTools agents) {
            this.customers = customers;
            this.agents = agents;
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
                    200,
                    TimeUnit.MILLISECONDS);
        }

        void awaitMoreContacts(int more) {
            int wanted = accepted.size() + more;
            await("contacts are accepted")
                    .atMost(Duration.ofSeconds(90))
                    .until(() -> accepted.size() >= wanted);
        }

        /** No more customers; those who are there are served as they would have been. */
        Collection<Expected> end() throws InterruptedException {
            arrivals.shutdown();
            over = true;
            people.shutdown();
            assertThat(people.awaitTermination(90, TimeUnit.SECONDS)).isTrue();
            assertThat(failed).isEmpty();
            return accepted;
        }

        private void live(int channel, Fate fate, String key, int hesitationMillis) {
            try {
                Customers.Reply reply = ask(channel, key);
                if (reply == null) {
                    return;
                }
                Instant due = Instant.parse(reply.body().get("respondBy").asString());
                accepted.add(serve(reply.id(), channel, fate, due, hesitationMillis));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                failed.add(e);
            }
        }

        /** Asks again, under the same key, until there is a 201; null when the day ends first. */
        private Customers.Reply ask(int channel, String key) throws InterruptedException {
            String path = List.of("/api/tickets", "/api/chats", "/api/callbacks").get(channel);
            while (true) {
                try {
                    Customers.Reply reply = customers.post(path, "basic", key, BODIES.get(channel));
                    if (reply.status() == 201) {
                        return reply;
                    }
                    if (reply.status() < 500) {
                        throw new IllegalStateException(reply.toString());
                    }
                } catch (java.io.UncheckedIOException cutOff) {
                    // The process was killed; the customer cannot know whether it was in time.
                }
                if (over) {
                    return null;
                }
                pause(Duration.ofMillis(300));
            }
        }

        private Expected serve(String id, int channel, Fate fate, Instant due, int hesitation)
                throws InterruptedException {
            pause(Duration.ofMillis(hesitation));
            return switch (fate) {
                case NEVER_ANSWERED -> new Expected(id, Wanted.YES, Wanted.NO, Duration.ZERO);
                case ANSWERED_LATE -> {
                    pause(Duration.between(Instant.now(), due.plusSeconds(1)));
                    Recorded answer = answer(id, channel);
                    Recorded end = end(id, channel, answer.at().plusSeconds(1));
                    yield new Expected(id, Wanted.YES, Wanted.NO, latest(answer, end));
                }
                case ANSWERED, TALKS_SHORTLY -> {
                    Recorded answer = answer(id, channel);
                    Instant limit = answer.at().plus(LIMIT);
                    pause(Duration.ofSeconds(2));
                    Recorded end = end(id, channel, now());
                    yield new Expected(
                            id,
                            breached(answer, due),
                            converted(channel, end, limit),
                            latest(answer, end));
                }
                case TALKS_TOO_LONG -> {
                    Recorded answer = answer(id, channel);
                    yield new Expected(
                            id,
                            breached(answer, due),
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

        private static Wanted breached(Recorded answer, Instant due) {
            if (!answer.at().isBefore(due)) {
                return Wanted.YES;
            }
            return answer.by().isBefore(due) ? Wanted.NO : Wanted.EITHER;
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

        private static final List<Map<String, String>> BODIES =
                List.of(
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
                                "O site não abre."),
                        Map.of("language", "en", "question", "How do I add a page?"),
                        Map.of(
                                "language",
                                "es",
                                "phoneNumber",
                                "+14155552671",
                                "question",
                                "El editor no se abre."));
    }
}
