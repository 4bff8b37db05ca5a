package guichet.routing.queueing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 9, 24})
    void whatALaterReleaseWroteHoldsThePartitionUpAndNoEventIsBuried(int bytes) {
        assertThatThrownBy(() -> serde.deserializer().deserialize("queued", new byte[bytes]))
                .isInstanceOf(StreamsException.class);
    }
}
