package guichet.acceptance;

import static guichet.acceptance.Patience.LONG_ENOUGH;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.events.ResponseMet;
import guichet.events.TicketAnswered;
import guichet.schemas.Topics;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** An answer that lies on the log behind somebody's open transaction has been recorded. */
@OnTheWholeDesk
abstract class OpenTransactionTest {

    private final WholeDesk.Running desk;

    OpenTransactionTest(WholeDesk.Running desk) {
        this.desk = desk;
    }

    @Test
    @ResourceLock(value = TogetherTest.PROMPT_MONITOR, mode = ResourceAccessMode.READ)
    void anAnswerBehindAnOpenTransactionIsNoBreach() {
        try (KafkaProducer<byte[], byte[]> somebody = transactional()) {
            somebody.initTransactions();
            Customers.Reply ticket = desk.customers().ticket("agency");
            Instant due = Instant.parse(ticket.body().get("respondBy").asString());

            somebody.beginTransaction();
            somebody.send(
                    new ProducerRecord<>(Topics.TICKETS.name(), ticket.id().getBytes(UTF_8), null));
            somebody.flush();
            Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
            desk.agents()
                    .publish(Topics.TICKETS, new TicketAnswered(ticket.id(), now, "agent-1"), now);
            await("the due instant passes")
                    .atMost(LONG_ENOUGH)
                    .until(() -> System.currentTimeMillis() > due.toEpochMilli() + 2_000);
            assertThat(desk.log().outcomes(ticket.id())).isEmpty();
            somebody.abortTransaction();

            await().atMost(LONG_ENOUGH).until(() -> !desk.log().outcomes(ticket.id()).isEmpty());
            assertThat(desk.log().outcomes(ticket.id()))
                    .hasExactlyElementsOfTypes(ResponseMet.class);
        }
    }

    private KafkaProducer<byte[], byte[]> transactional() {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        desk.desk().bootstrapServers(),
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                        "somebody-" + UUID.randomUUID()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
