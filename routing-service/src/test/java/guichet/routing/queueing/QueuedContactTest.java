package guichet.routing.queueing;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.junit.jupiter.api.Test;

import java.time.Instant;

class QueuedContactTest {

    private static final Instant AT = Instant.parse("2026-01-07T14:00:00Z");

    private final Serde<QueuedContact> serde = QueuedContact.serde();

    @Test
    void isReadAsItWasWritten() {
        for (QueuedContact contact :
                new QueuedContact[] {
                    new QueuedContact(AT, AT.plusSeconds(900)), new QueuedContact(AT, null)
                }) {
            byte[] written = serde.serializer().serialize("queued", contact);

            assertThat(serde.deserializer().deserialize("queued", written)).isEqualTo(contact);
        }
    }

    @Test
    void whatAnEarlierReleaseWroteHasNoDue() {
        byte[] written = Serdes.Long().serializer().serialize("queued", AT.toEpochMilli());

        assertThat(serde.deserializer().deserialize("queued", written))
                .isEqualTo(new QueuedContact(AT, null));
    }
}
