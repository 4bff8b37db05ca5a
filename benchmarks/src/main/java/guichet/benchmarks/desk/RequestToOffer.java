package guichet.benchmarks.desk;

import guichet.events.AgentSeen;
import guichet.events.AgentStatusChanged;
import guichet.events.Capacity;
import guichet.events.Channel;
import guichet.events.ChatAnswered;
import guichet.events.ChatEnded;
import guichet.events.EndedBy;
import guichet.events.OfferAccepted;
import guichet.events.OfferMade;
import guichet.events.Presence;
import guichet.schemas.Topics;

import org.apache.avro.specific.SpecificRecord;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How long after a customer's request over HTTP the offer is seen on an agent's desktop, with the
 * whole desk, its customers and its agents on one machine. Agents take what they are offered, and
 * end it soon.
 */
final class RequestToOffer implements AutoCloseable {

    private static final int A_SECOND = 200;

    /** Chats a second, each for a while: five new processes compile on two cores at first. */
    private static final int[] WARM_UP = {20, 50, 100, 150};

    private static final Duration WARM_UP_STEP = Duration.ofSeconds(25);
    private static final Duration MEASURED = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Limit LATEST_P99 = new Limit.AtMost(300);

    private static final int AGENTS = 300;
    private static final int CHATS_AN_AGENT = 3;
    private static final List<String> LANGUAGES = List.of("en", "pt", "es");
    private static final Duration HANDLED_IN = Duration.ofSeconds(1);
    private static final Duration SEEN_EVERY = Duration.ofSeconds(10);

    private final Figures figures;
    private final DeskRun desk;
    private final ScheduledExecutorService agents = Executors.newScheduledThreadPool(2);
    private final Map<String, Long> sentAt = new ConcurrentHashMap<>();
    private final Map<String, Long> seenAt = new ConcurrentHashMap<>();
    private final AtomicInteger refused = new AtomicInteger();

    private RequestToOffer(DeskRun desk, Figures figures) {
        this.desk = desk;
        this.figures = figures;
    }

    static void measure(Path folder, Figures figures) throws InterruptedException {
        figures.begin(
                "%d chats a second asked for over HTTP, %d agents, for %d s"
                        .formatted(A_SECOND, AGENTS, MEASURED.toSeconds()));
        try (DeskRun desk = DeskRun.start(folder);
                RequestToOffer run = new RequestToOffer(desk, figures)) {
            run.measure();
        }
    }

    private void measure() throws InterruptedException {
        try (Output desktops = desk.read(Topics.DESKTOPS, this::hear)) {
            for (int number = 0; number < AGENTS; number++) {
                come(number);
            }
            agents.scheduleAtFixedRate(
                    this::beSeen, 0, SEEN_EVERY.toMillis(), TimeUnit.MILLISECONDS);
            for (int aSecond : WARM_UP) {
                customers(aSecond, WARM_UP_STEP);
            }
            sentAt.clear();
            Usage usage = desk.usage();
            customers(A_SECOND, MEASURED);
            usage.tell(figures);
            Wait.until(
                    "all are offered",
                    PATIENCE,
                    () -> seenAt.keySet().containsAll(sentAt.keySet()));
        }
        Lateness lateness = new Lateness();
        sentAt.forEach(
                (contact, sent) ->
                        lateness.add(Objects.requireNonNull(seenAt.get(contact)) - sent));
        figures.tell("offered", lateness.total(), "");
        figures.hold("requests not taken", refused.get(), "", new Limit.AtMost(0));
        figures.hold("from the request to the offer seen", lateness, LATEST_P99);
    }

    /** Each comes at its time, however long the ones before wait for their answer. */
    private void customers(int aSecond, Duration time) throws InterruptedException {
        int count = Math.toIntExact(aSecond * time.toSeconds());
        AtomicInteger unanswered = new AtomicInteger(count);
        long began = System.currentTimeMillis();
        for (int number = 0; number < count; number++) {
            Wait.untilClockSays(began + number * 1000L / aSecond);
            long sent = System.currentTimeMillis();
            desk.startChat(LANGUAGES.get(number % LANGUAGES.size()))
                    .whenComplete(
                            (contact, failed) -> {
                                if (failed == null) {
                                    sentAt.put(contact, sent);
                                } else {
                                    refused.incrementAndGet();
                                }
                                unanswered.decrementAndGet();
                            });
        }
        Wait.until("all requests are answered", PATIENCE, () -> unanswered.get() == 0);
    }

    private void come(int number) {
        String agent = agent(number);
        desk.send(
                Topics.AGENTS,
                agent,
                AgentStatusChanged.newBuilder()
                        .setAgentId(agent)
                        .setChangedAt(Instant.now())
                        .setPresence(Presence.AVAILABLE)
                        .setLanguages(List.of(LANGUAGES.get(number % LANGUAGES.size())))
                        .setCapacity(List.of(new Capacity(Channel.CHAT, CHATS_AN_AGENT)))
                        .build());
    }

    private void beSeen() {
        for (int number = 0; number < AGENTS; number++) {
            desk.send(Topics.AGENTS, agent(number), new AgentSeen(agent(number), Instant.now()));
        }
    }

    private static String agent(int number) {
        return "agent-" + number;
    }

    private void hear(SpecificRecord told, long at) {
        if (told instanceof OfferMade offer) {
            seenAt.putIfAbsent(offer.getContactId(), at);
            desk.send(
                    Topics.AGENTS,
                    offer.getAgentId(),
                    new OfferAccepted(
                            offer.getAgentId(),
                            offer.getOfferId(),
                            offer.getContactId(),
                            Instant.now()));
            agents.schedule(() -> handle(offer), HANDLED_IN.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void handle(OfferMade offer) {
        String contact = offer.getContactId();
        Instant now = Instant.now();
        desk.send(Topics.CHATS, contact, new ChatAnswered(contact, now, offer.getAgentId()));
        desk.send(Topics.CHATS, contact, new ChatEnded(contact, now, EndedBy.AGENT));
    }

    @Override
    public void close() {
        agents.shutdownNow();
    }
}
