package guichet.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.acceptance.Expected.Wanted;
import guichet.events.AgentSeen;
import guichet.events.AgentStatusChanged;
import guichet.events.Capacity;
import guichet.events.Channel;
import guichet.events.ChatAnswered;
import guichet.events.ChatEnded;
import guichet.events.EndedBy;
import guichet.events.OfferAccepted;
import guichet.events.OfferClosed;
import guichet.events.OfferMade;
import guichet.events.OfferOutcome;
import guichet.events.Presence;
import guichet.events.PresenceSet;
import guichet.events.TicketAnswered;
import guichet.events.TicketSolved;
import guichet.schemas.Topic;
import guichet.schemas.Topics;
import guichet.schemas.avro.RegistryAvroDeserializer;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Agents who are there beside a {@link Day}, and do what their desktops tell them at once, so that
 * the desk has somebody to offer contacts to; and customers for them, where the day has none: the
 * day's own wait for nobody. Of the day's the staff gets the tickets that conversations became.
 */
final class Staff implements AutoCloseable {

    private static final Map<String, List<Capacity>> ROOM =
            Map.of(
                    "en", List.of(new Capacity(Channel.WEB, 5)),
                    "pt", List.of(new Capacity(Channel.CHAT, 3)),
                    "es", List.of(new Capacity(Channel.WEB, 5), new Capacity(Channel.CHAT, 3)));

    private static final int AGENTS_OF_A_LANGUAGE = 3;
    private static final Duration BETWEEN_CUSTOMERS = Duration.ofMillis(700);
    private static final Duration BETWEEN_BEATS = Duration.ofSeconds(8);

    private final Customers door;
    private final AgentTools tools;
    private final KafkaConsumer<byte[], byte[]> desktops;
    private final RegistryAvroDeserializer<SpecificRecord> events =
            new RegistryAvroDeserializer<>();

    /** Languages of the agents, by id. */
    private final Map<String, String> agents = new HashMap<>();

    private final Map<String, OfferMade> offers = new HashMap<>();

    /** By contact, how long it took at most until the broker had what was said of it. */
    private final Map<String, Duration> served = new ConcurrentHashMap<>();

    private final List<Thread> threads;
    private volatile boolean atWork = true;
    private volatile @Nullable RuntimeException failure;

    Staff(DeskProcesses desk, AgentTools tools) {
        this.door = desk.doors().getFirst();
        this.tools = tools;
        this.desktops =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                desk.bootstrapServers(),
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                "read_committed"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        events.configure(
                Map.of("schema.registry.url", desk.registryUrl(), "specific.avro.reader", true),
                false);
        ROOM.keySet()
                .forEach(
                        language -> {
                            for (int number = 1; number <= AGENTS_OF_A_LANGUAGE; number++) {
                                agents.put("staff-%s-%d".formatted(language, number), language);
                            }
                        });
        this.threads =
                List.of(
                        Thread.ofPlatform().name("staff").unstarted(this::work),
                        Thread.ofPlatform()
                                .name("staff's customers")
                                .unstarted(this::askOneAfterAnother));
    }

    void begin() {
        threads.forEach(Thread::start);
    }

    /**
     * Nobody comes any more; what is there is served.
     *
     * @throws IllegalStateException where the staff was gone before
     */
    Collection<Expected> end() throws InterruptedException {
        threads.getLast().interrupt();
        threads.getLast().join();
        if (failure != null) {
            throw new IllegalStateException("the staff was not there to the end", failure);
        }
        return served.entrySet().stream()
                .map(it -> new Expected(it.getKey(), Wanted.EITHER, Wanted.EITHER, it.getValue()))
                .toList();
    }

    @Override
    public void close() {
        atWork = false;
        threads.forEach(Thread::interrupt);
    }

    private void askOneAfterAnother() {
        try {
            while (atWork) {
                for (String language : ROOM.keySet()) {
                    ask(language);
                    Thread.sleep(BETWEEN_CUSTOMERS);
                }
            }
        } catch (InterruptedException | IllegalStateException theDayIsOver) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask(String language) {
        try {
            if (language.equals("en")) {
                door.ticket("team");
            } else {
                door.post(
                        "/api/chats",
                        "team",
                        UUID.randomUUID().toString(),
                        Map.of("language", language, "question", "How do I add a page?"));
            }
        } catch (UncheckedIOException cutOff) {
            // Intake was killed. Whether it wrote, the log will tell.
        }
    }

    private void work() {
        try (desktops;
                events) {
            List<TopicPartition> partitions =
                    desktops.partitionsFor(Topics.DESKTOPS.name()).stream()
                            .map(found -> new TopicPartition(found.topic(), found.partition()))
                            .toList();
            desktops.assign(partitions);
            desktops.seekToBeginning(partitions);
            agents.keySet().forEach(this::state);
            Instant seen = now();
            while (atWork) {
                desktops.poll(Duration.ofMillis(50)).forEach(this::hear);
                if (Duration.between(seen, now()).compareTo(BETWEEN_BEATS) > 0) {
                    seen = now();
                    for (String agent : agents.keySet()) {
                        tools.publish(Topics.AGENTS, new AgentSeen(agent, seen), seen);
                    }
                }
            }
        } catch (RuntimeException over) {
            if (atWork) {
                failure = over;
            }
        }
    }

    private void state(String agent) {
        Instant now = now();
        tools.publish(
                Topics.AGENTS,
                new AgentStatusChanged(
                        agent,
                        now,
                        Presence.AVAILABLE,
                        List.of(agents.get(agent)),
                        ROOM.get(agents.get(agent))),
                now);
    }

    private void hear(ConsumerRecord<byte[], byte[]> record) {
        if (!agents.containsKey(new String(record.key(), UTF_8))) {
            return;
        }
        switch (events.deserialize(record.topic(), record.value())) {
            case OfferMade offer -> {
                offers.put(offer.getOfferId(), offer);
                Instant now = now();
                say(
                        Topics.AGENTS,
                        new OfferAccepted(
                                offer.getAgentId(), offer.getOfferId(), offer.getContactId(), now),
                        offer.getContactId(),
                        now);
            }
            case OfferClosed closed when closed.getOutcome() == OfferOutcome.TAKEN ->
                    serve(offers.remove(closed.getOfferId()));
            // Offers that nobody could answer while the broker was away.
            case PresenceSet set -> state(set.getAgentId());
            default -> {}
        }
    }

    private void serve(OfferMade offer) {
        String id = offer.getContactId();
        Instant now = now();
        if (offer.getChannel() == Channel.WEB) {
            say(Topics.TICKETS, new TicketAnswered(id, now, offer.getAgentId()), id, now);
            say(Topics.TICKETS, new TicketSolved(id, now, offer.getAgentId()), id, now);
        } else {
            say(Topics.CHATS, new ChatAnswered(id, now, offer.getAgentId()), id, now);
            say(Topics.CHATS, new ChatEnded(id, now, EndedBy.AGENT), id, now);
        }
    }

    private void say(Topic topic, SpecificRecord event, String contactId, Instant at) {
        tools.publish(topic, event, at);
        Duration late = Duration.between(at, now());
        served.merge(contactId, late, (one, other) -> one.compareTo(other) > 0 ? one : other);
    }

    private static Instant now() {
        return Instant.ofEpochMilli(System.currentTimeMillis());
    }
}
