package guichet.routing.queueing;

import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.errors.StreamsException;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * That a contact has been queued.
 *
 * @param at when its beginning was read
 * @param due as it was queued with; null without a target, and where an earlier release queued it
 */
record QueuedContact(Instant at, @Nullable Instant due) {

    /**
     * Milliseconds: {@code at}, then {@code due} where there is one. Earlier releases wrote one.
     */
    static Serde<QueuedContact> serde() {
        return Serdes.serdeFrom(
                (topic, contact) -> contact == null ? null : contact.written(),
                (topic, bytes) -> bytes == null ? null : read(bytes));
    }

    private byte[] written() {
        ByteBuffer bytes = ByteBuffer.allocate(due == null ? Long.BYTES : 2 * Long.BYTES);
        bytes.putLong(at.toEpochMilli());
        if (due != null) {
            bytes.putLong(due.toEpochMilli());
        }
        return bytes.array();
    }

    private static QueuedContact read(byte[] written) {
        ByteBuffer bytes = ByteBuffer.wrap(written);
        return switch (written.length) {
            case Long.BYTES -> new QueuedContact(Instant.ofEpochMilli(bytes.getLong()), null);
            case 2 * Long.BYTES ->
                    new QueuedContact(
                            Instant.ofEpochMilli(bytes.getLong()),
                            Instant.ofEpochMilli(bytes.getLong()));
            // No event is at fault: the partition stands until a copy comes that can read it.
            default ->
                    throw new StreamsException(
                            "a newer release has written a queued contact of %d bytes"
                                    .formatted(written.length));
        };
    }
}
