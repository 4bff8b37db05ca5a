package guichet.acceptance;

import static guichet.acceptance.Patience.LONG_ENOUGH;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.events.CallAnswered;
import guichet.events.CallbackRequested;
import guichet.events.ChatAnswered;
import guichet.events.ChatStarted;
import guichet.events.ContactQueued;
import guichet.events.Customer;
import guichet.events.OfferExpired;
import guichet.events.ResponseDueChanged;
import guichet.events.TicketAnswered;
import guichet.events.TicketCreated;
import guichet.events.TicketSolved;
import guichet.schemas.DeadLetter;
import guichet.schemas.Topic;
import guichet.schemas.Topics;

import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whatever breaks the contract is put aside with its reason and origin, and the desk goes on. */
@OnTheWholeDesk
class DeadLetterTest {

    private static final Map<Topic, Set<String>> READERS =
            Map.of(
                    Topics.TICKETS, Set.of("routing-service", "sla-monitor-service"),
                    Topics.CHATS,
                            Set.of("routing-service", "sla-monitor-service", "escalation-service"),
                    Topics.CALLBACKS,
                            Set.of("routing-service", "sla-monitor-service", "escalation-service"));

    enum Spoilt {
        NOT_AVRO("wire format") {
            @Override
            byte[] value(AgentTools tools, Topic topic, String key) {
                return "{\"contactId\":\"%s\"}".formatted(key).getBytes(UTF_8);
            }
        },
        UNKNOWN_SCHEMA_ID("no schema with id") {
            @Override
            byte[] value(AgentTools tools, Topic topic, String key) {
                return new byte[] {0, 0x0f, (byte) 0xff, (byte) 0xff, 0, 1, 2, 3};
            }
        },
        CUT_OFF("do not decode") {
            @Override
            byte[] value(AgentTools tools, Topic topic, String key) {
                byte[] whole =
                        tools.serialize(
                                Topics.TICKETS, new TicketSolved(key, Instant.EPOCH, "agent-1"));
                return Arrays.copyOf(whole, 8);
            }
        },
        WRONG_TOPIC("does not belong") {
            @Override
            byte[] value(AgentTools tools, Topic topic, String key) {
                return tools.serialize(
                        Topics.assignments("en"),
                        new OfferExpired(key, "offer-1", "agent-1", Instant.EPOCH));
            }
        },
        FOREIGN_KEY("must be the same") {
            @Override
            byte[] value(AgentTools tools, Topic topic, String key) {
                return tools.serialize(topic, answered(topic, "another contact", NOW));
            }
        },
        IMPOSSIBLE_TIME("lies between") {
            @Override
            byte[] value(AgentTools tools, Topic topic, String key) {
                return tools.serialize(topic, answered(topic, key, Instant.EPOCH));
            }
        },
        FUTURE("lies between") {
            @Override
            byte[] value(AgentTools tools, Topic topic, String key) {
                return tools.serialize(topic, answered(topic, key, NOW.plus(Duration.ofHours(3))));
            }
        },
        HUGE("an event has") {
            @Override
            byte[] value(AgentTools tools, Topic topic, String key) {
                return new byte[1_000_000];
            }

            @Override
            byte[] buried(byte[] value) {
                return Arrays.copyOf(value, 256 * 1024);
            }
        },
        NO_VALUE("no value") {
            @Override
            byte[] value(AgentTools tools, Topic topic, String key) {
                return null;
            }
        };

        private static final Instant NOW = Instant.ofEpochMilli(System.currentTimeMillis());

        private final String reason;

        Spoilt(String reason) {
            this.reason = reason;
        }

        /** What the reason that is given has in it. */
        String reason() {
            return reason;
        }

        abstract byte[] value(AgentTools tools, Topic topic, String key);

        /** What of the value lies among the dead letters. */
        byte[] buried(byte[] value) {
            return value;
        }

        private static SpecificRecord answered(Topic topic, String contactId, Instant at) {
            if (topic == Topics.TICKETS) {
                return new TicketAnswered(contactId, at, "agent-1");
            }
            return topic == Topics.CHATS
                    ? new ChatAnswered(contactId, at, "agent-1")
                    : new CallAnswered(contactId, at, "agent-1");
        }
    }

    private final WholeDesk.Running desk;

    DeadLetterTest(WholeDesk.Running desk) {
        this.desk = desk;
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @MethodSource("spoiltRecordsOnEachInputTopic")
    void isBuriedByEachServiceThatReadsItAndTheDeskGoesOn(Topic topic, Spoilt spoilt) {
        String key = "spoilt-" + UUID.randomUUID();
        byte[] value = spoilt.value(desk.agents(), topic, key);

        desk.agents().publishBytes(topic, key.getBytes(UTF_8), value);

        await().atMost(LONG_ENOUGH)
                .untilAsserted(() -> assertThat(services(key)).isEqualTo(READERS.get(topic)));
        assertThat(buried(key))
                .hasSameSizeAs(READERS.get(topic))
                .allSatisfy(
                        grave -> {
                            DeadLetter letter = grave.letter();
                            assertThat(grave.value()).isEqualTo(spoilt.buried(value));
                            assertThat(letter.topic()).isEqualTo(topic.name());
                            assertThat(letter.offset()).isNotNegative();
                            assertThat(letter.reason()).contains(spoilt.reason);
                        });
        assertThatTheDeskGoesOnBehindIt(topic, key);
    }

    /** What has the same key lies on the same partition. */
    private void assertThatTheDeskGoesOnBehindIt(Topic topic, String key) {
        Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
        desk.agents().publish(topic, begun(topic, key, now), now);

        await().atMost(LONG_ENOUGH)
                .untilAsserted(
                        () -> {
                            assertThat(desk.log().of(key, ContactQueued.class)).hasSize(1);
                            assertThat(desk.log().of(key, ResponseDueChanged.class)).hasSize(1);
                        });
    }

    private static SpecificRecord begun(Topic topic, String key, Instant now) {
        Customer customer = Customer.newBuilder().setCustomerId("somebody").build();
        if (topic == Topics.TICKETS) {
            return TicketCreated.newBuilder()
                    .setContactId(key)
                    .setCreatedAt(now)
                    .setCustomer(customer)
                    .setLanguage("en")
                    .setDescription("Are you still there?")
                    .build();
        }
        return topic == Topics.CHATS
                ? ChatStarted.newBuilder()
                        .setContactId(key)
                        .setStartedAt(now)
                        .setCustomer(customer)
                        .setLanguage("en")
                        .build()
                : CallbackRequested.newBuilder()
                        .setContactId(key)
                        .setRequestedAt(now)
                        .setCustomer(customer)
                        .setLanguage("en")
                        .setPhoneNumber("+14155552670")
                        .build();
    }

    private Set<String> services(String key) {
        return buried(key).map(grave -> grave.letter().service()).collect(Collectors.toSet());
    }

    private Stream<DeskLog.Buried> buried(String key) {
        return desk.log().buried().stream()
                .filter(grave -> Arrays.equals(grave.key(), key.getBytes(UTF_8)));
    }

    private static Stream<Arguments> spoiltRecordsOnEachInputTopic() {
        return Topics.CHANNEL_TOPICS.stream()
                .flatMap(
                        topic ->
                                Stream.of(Spoilt.values())
                                        .map(spoilt -> Arguments.of(topic, spoilt)));
    }
}
