package guichet.chassis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import guichet.events.TicketAnswered;
import guichet.events.TicketSolved;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Arrays;

class StateSerdeTest {

    private final Serde<TicketAnswered> serde = StateSerde.of(TicketAnswered.class);

    @Test
    void readsWhatItWrote() {
        TicketAnswered state = new TicketAnswered("t-1", Instant.EPOCH, "ana");

        assertThat(read(serde.serializer().serialize("store", state))).isEqualTo(state);
    }

    /** Else an answer would go to the dead letters, and its contact breach all the same. */
    @Test
    void stateThatANewerReleaseWroteIsNoFaultOfTheEventThatNeedsIt() {
        byte[] newer =
                StateSerde.of(TicketSolved.class)
                        .serializer()
                        .serialize("store", new TicketSolved("t-1", Instant.EPOCH, "ana"));

        assertThatExceptionOfType(KafkaException.class).isThrownBy(() -> read(newer));
    }

    @Test
    void norIsDamagedState() {
        byte[] damaged =
                serde.serializer().serialize("store", new TicketAnswered("t", Instant.EPOCH, "a"));

        assertThatExceptionOfType(KafkaException.class)
                .isThrownBy(() -> read(Arrays.copyOf(damaged, damaged.length - 1)));
    }

    private TicketAnswered read(byte[] bytes) {
        return serde.deserializer().deserialize("store", bytes);
    }
}
