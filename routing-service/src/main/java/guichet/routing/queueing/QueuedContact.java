package guichet.routing.queueing;

import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
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
                (topic, bytes) -> bytes == null ? null : read(ByteBuffer.wrap(bytes)));
    }

    private byte[] written() {
        ByteBuffer bytes = ByteBuffer.allocate(due == null ? Long.BYTES : 2 * Long.BYTES);
        bytes.putLong(at.toEpochMilli());
        if (due != null) {
            bytes.putLong(due.toEpochMilli());
        }
        return bytes.array();
    }

    private static QueuedContact read(ByteBuffer bytes) {
        Instant at = Instant.ofEpochMilli(bytes.getLong());
        return new QueuedContact(
                at, bytes.hasRemaining() ? Instant.ofEpochMilli(bytes.getLong()) : null);
    }
}
