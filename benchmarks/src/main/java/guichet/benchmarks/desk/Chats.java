package guichet.benchmarks.desk;

import guichet.events.Channel;
import guichet.events.ChatStarted;
import guichet.events.ClosureAnnounced;
import guichet.events.Customer;
import guichet.events.Impact;
import guichet.events.Plan;
import guichet.schemas.Topics;
import guichet.schemas.avro.RegistryAvroSerializer;

import org.apache.avro.specific.SpecificRecord;

import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Writes what channels and supervisors would, under the policy of these figures. */
final class Chats {

    /** Until a chat of the standard level is due; as in the policy file. */
    static final Duration PATIENT = Duration.ofHours(8);

    /** Until a chat of the priority level is due. */
    static final Duration URGENT = Duration.ofMinutes(5);

    /** From the warning until due, of a chat of the priority level. */
    static final Duration WARNING = URGENT.dividedBy(100);

    private final Publisher publisher;
    private final RegistryAvroSerializer<SpecificRecord> events = new RegistryAvroSerializer<>();

    Chats(Publisher publisher, Map<String, String> registry) {
        this.publisher = publisher;
        events.configure(registry, false);
    }

    static String policy() {
        try {
            return Objects.requireNonNull(Chats.class.getResource("policy.yaml"))
                    .toURI()
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How events are written, for a registry at that address. */
    static Map<String, String> registry(String url) {
        return Map.of(
                "schema.registry.url", url,
                "value.subject.name.strategy", "TopicRecordNameStrategy",
                "specific.avro.reader", "true");
    }

    /** Starts all of a load, each so long ago that it is due when the load says. */
    void start(Load load, Plan plan, Duration target) {
        start(Topics.CHATS.name(), load, plan, target);
    }

    /** As above, on a topic of another name. */
    void start(String topic, Load load, Plan plan, Duration target) {
        for (int number = 0; number < load.count(); number++) {
            String id = load.owner(number);
            send(
                    topic,
                    id,
                    ChatStarted.newBuilder()
                            .setContactId(id)
                            .setStartedAt(Instant.ofEpochMilli(load.due(number)).minus(target))
                            .setCustomer(
                                    Customer.newBuilder()
                                            .setCustomerId("customer-" + number)
                                            .setPlan(plan)
                                            .build())
                            .setLanguage("en")
                            .setImpact(Impact.NORMAL)
                            .setQuestion("How do I add a page?")
                            .build());
        }
        publisher.flush();
    }

    /** Announces that the chat is shut for a while. */
    void announce(Instant now, Instant from, Instant to) {
        String id = "closure-" + now.toEpochMilli();
        send(
                Topics.CLOSURES.name(),
                id,
                ClosureAnnounced.newBuilder()
                        .setClosureId(id)
                        .setAnnouncedAt(now)
                        .setStartsAt(from)
                        .setEndsAt(to)
                        .setChannels(List.of(Channel.CHAT))
                        .setLanguages(List.of())
                        .setReason("a fire drill")
                        .setAnnouncedBy("supervisor")
                        .build());
        publisher.flush();
    }

    private void send(String topic, String key, SpecificRecord event) {
        publisher.send(topic, key, Objects.requireNonNull(events.serialize(topic, event)));
    }
}
