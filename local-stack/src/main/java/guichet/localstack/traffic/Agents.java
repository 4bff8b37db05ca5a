package guichet.localstack.traffic;

import guichet.events.CallAnswered;
import guichet.events.CallEnded;
import guichet.events.ChatAnswered;
import guichet.events.ChatEnded;
import guichet.events.ContactQueued;
import guichet.events.EndedBy;
import guichet.events.TicketAnswered;
import guichet.events.TicketSolved;
import guichet.schemas.CloudEvents;
import guichet.schemas.Contract;
import guichet.schemas.Topic;
import guichet.schemas.Topics;
import guichet.schemas.avro.RegistryAvroDeserializer;
import guichet.schemas.avro.RegistryAvroSerializer;
import guichet.schemas.avro.RegistryUnavailable;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The agents of one language. They read its queue, answer each contact as its handling says and
 * later end it, all by publishing to the channel topics, as an agent's tool would.
 *
 * <p>What they are going to do lies in memory only. An offset is committed when its contact has
 * been answered, so a new start answers those that still wait, at once where it is late; a
 * conversation that was open at a kill is never ended, as when a line drops.
 */
final class Agents implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration BETWEEN_COMMITS = Duration.ofSeconds(1);

    /** Leaves the customer's side time to say how a contact is planned to go. */
    private static final Duration GLANCE = Duration.ofMillis(300);

    private static final Duration WITHOUT_TARGET = Duration.ofSeconds(15);
    private static final int AGENTS_PER_LANGUAGE = 4;

    private record Task(Instant at, Runnable work) {}

    private final String language;
    private final Function<String, Handling> handlings;
    private final Duration conversationLimit;
    private final KafkaConsumer<String, SpecificRecord> queue;
    private final KafkaProducer<String, SpecificRecord> channels;
    private final Map<TopicPartition, Answered> answered = new HashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
    private final Queue<Task> agenda = new PriorityQueue<>(Comparator.comparing(Task::at));
    private long nextCommit = System.nanoTime();
    private volatile boolean goingHome;

    /**
     * @param language en, pt or es
     * @param handlings how the contact of an id is to be handled
     * @param conversationLimit how long a conversation may last (E1, E2)
     */
    Agents(
            String bootstrapServers,
            String registryUrl,
            String language,
            Function<String, Handling> handlings,
            Duration conversationLimit) {
        this.language = language;
        this.handlings = handlings;
        this.conversationLimit = conversationLimit;
        var reading = new RegistryAvroDeserializer<SpecificRecord>();
        reading.configure(
                Map.of("schema.registry.url", registryUrl, "specific.avro.reader", true), false);
        this.queue =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                bootstrapServers,
                                "group.id",
                                "demo-agents-" + language,
                                "isolation.level",
                                "read_committed",
                                "auto.offset.reset",
                                "earliest",
                                "enable.auto.commit",
                                false),
                        new StringDeserializer(),
                        reading);
        var writing = new RegistryAvroSerializer<SpecificRecord>();
        writing.configure(
                Map.of(
                        "schema.registry.url",
                        registryUrl,
                        "value.subject.name.strategy",
                        "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy"),
                false);
        this.channels =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", bootstrapServers),
                        new StringSerializer(),
                        writing);
    }

    /** Works until {@link #close}; to be called once, on a thread of its own. */
    void work() {
        try (queue;
                channels) {
            takeUpWhereWeLeft();
            while (!goingHome) {
                poll().forEach(this::read);
                doWhatIsDue();
                if (System.nanoTime() >= nextCommit) {
                    commit();
                    nextCommit = System.nanoTime() + BETWEEN_COMMITS.toNanos();
                }
            }
            commit();
        }
    }

    /** Lets the agents go home soon; what is not answered is taken up by the next start. */
    @Override
    public void close() {
        goingHome = true;
    }

    private void takeUpWhereWeLeft() {
        List<TopicPartition> partitions =
                queue.partitionsFor(Topics.assignments(language).name()).stream()
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
        // By hand, not by subscription: after a kill nobody waits for a session to end.
        queue.assign(partitions);
        Map<TopicPartition, OffsetAndMetadata> left = queue.committed(new HashSet<>(partitions));
        for (TopicPartition partition : partitions) {
            @Nullable OffsetAndMetadata offset = left.get(partition);
            answered.put(
                    partition,
                    offset == null
                            ? new Answered(0, "")
                            : new Answered(offset.offset(), offset.metadata()));
        }
    }

    private ConsumerRecords<String, SpecificRecord> poll() {
        try {
            return queue.poll(POLL);
        } catch (RecordDeserializationException unreadable) {
            if (!(unreadable.getCause() instanceof RegistryUnavailable)) {
                queue.seek(unreadable.topicPartition(), unreadable.offset() + 1);
            }
            return ConsumerRecords.empty();
        }
    }

    private void read(ConsumerRecord<String, SpecificRecord> record) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        Answered progress = progress(partition);
        if (!progress.begin(record.offset())) {
            return;
        }
        if (!(record.value() instanceof ContactQueued contact)) {
            progress.finish(record.offset());
            return;
        }
        later(
                Instant.now().plus(GLANCE),
                () -> {
                    Handling handling = handlings.apply(contact.getContactId());
                    later(
                            handling.answerAt(contact.getQueuedAt(), due(contact)),
                            () -> {
                                answer(contact, handling);
                                progress.finish(record.offset());
                            });
                });
    }

    private static Instant due(ContactQueued contact) {
        Instant due = contact.getDue();
        return due == null ? contact.getQueuedAt().plus(WITHOUT_TARGET) : due;
    }

    private void answer(ContactQueued contact, Handling handling) {
        String id = contact.getContactId();
        String agent = agentFor(contact);
        Instant now = Instant.now();
        switch (contact.getChannel()) {
            case WEB -> say(Topics.TICKETS, new TicketAnswered(id, now, agent), now);
            case CHAT -> say(Topics.CHATS, new ChatAnswered(id, now, agent), now);
            case PHONE -> say(Topics.CALLBACKS, new CallAnswered(id, now, agent), now);
        }
        later(now.plus(handling.talk(conversationLimit)), () -> end(contact, agent));
    }

    private void end(ContactQueued contact, String agent) {
        String id = contact.getContactId();
        Instant now = Instant.now();
        switch (contact.getChannel()) {
            case WEB -> say(Topics.TICKETS, new TicketSolved(id, now, agent), now);
            case CHAT -> say(Topics.CHATS, new ChatEnded(id, now, EndedBy.AGENT), now);
            case PHONE -> say(Topics.CALLBACKS, new CallEnded(id, now, EndedBy.AGENT), now);
        }
    }

    private String agentFor(ContactQueued contact) {
        String preferred = contact.getPreferredAgent();
        return preferred != null
                ? preferred
                : "agent-%s-%d"
                        .formatted(
                                language,
                                Math.floorMod(
                                                contact.getContactId().hashCode(),
                                                AGENTS_PER_LANGUAGE)
                                        + 1);
    }

    private void say(Topic topic, SpecificRecord event, Instant at) {
        var record =
                new ProducerRecord<>(
                        topic.name(), null, at.toEpochMilli(), Contract.keyOf(event), event);
        CloudEvents.addTo(record.headers(), event, "demo-agents", at);
        channels.send(record);
    }

    private void later(Instant at, Runnable work) {
        agenda.add(new Task(at, work));
    }

    private void doWhatIsDue() {
        Instant now = Instant.now();
        Task next = agenda.peek();
        while (next != null && !next.at().isAfter(now)) {
            agenda.remove();
            next.work().run();
            next = agenda.peek();
        }
    }

    private void commit() {
        Map<TopicPartition, OffsetAndMetadata> now =
                answered.entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey,
                                        entry ->
                                                new OffsetAndMetadata(
                                                        entry.getValue().toCommit(),
                                                        entry.getValue().text())));
        if (!now.equals(committed)) {
            channels.flush();
            queue.commitSync(now);
            committed.putAll(now);
        }
    }

    private Answered progress(TopicPartition partition) {
        return answered.computeIfAbsent(partition, unseen -> new Answered(0, ""));
    }
}
