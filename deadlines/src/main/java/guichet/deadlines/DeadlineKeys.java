package guichet.deadlines;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.common.utils.Bytes;

import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * How deadlines are laid out in their two stores.
 *
 * <pre>
 * by due:    8 bytes due | 2 bytes length of kind | kind | owner   -> nothing
 * by owner:  2 bytes length of owner | owner | kind                -> 8 bytes due
 * </pre>
 *
 * <p>Due is in milliseconds since 1970 UTC, big-endian with the sign bit turned, so that the bytes
 * sort as the instants do, those before 1970 included. Texts are UTF-8; the lengths let them hold
 * any character.
 */
final class DeadlineKeys {

    private DeadlineKeys() {}

    static Bytes byDue(Deadline deadline) {
        byte[] kind = deadline.kind().getBytes(UTF_8);
        byte[] owner = deadline.owner().getBytes(UTF_8);
        return Bytes.wrap(
                ByteBuffer.allocate(Long.BYTES + Short.BYTES + kind.length + owner.length)
                        .putLong(sortable(deadline.due().toEpochMilli()))
                        .putShort((short) kind.length)
                        .put(kind)
                        .put(owner)
                        .array());
    }

    /** The place before all deadlines that fall due at this millisecond. */
    static Bytes from(long dueMillis) {
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(sortable(dueMillis)).array());
    }

    static Deadline deadline(Bytes byDue) {
        ByteBuffer key = ByteBuffer.wrap(byDue.get());
        Instant due = Instant.ofEpochMilli(sortable(key.getLong()));
        byte[] kind = new byte[Short.toUnsignedInt(key.getShort())];
        key.get(kind);
        byte[] owner = new byte[key.remaining()];
        key.get(owner);
        return new Deadline(new String(owner, UTF_8), new String(kind, UTF_8), due);
    }

    static Bytes byOwner(String owner, String kind) {
        byte[] ownerBytes = owner.getBytes(UTF_8);
        byte[] kindBytes = kind.getBytes(UTF_8);
        return Bytes.wrap(
                ByteBuffer.allocate(Short.BYTES + ownerBytes.length + kindBytes.length)
                        .putShort((short) ownerBytes.length)
                        .put(ownerBytes)
                        .put(kindBytes)
                        .array());
    }

    static byte[] due(Instant due) {
        return ByteBuffer.allocate(Long.BYTES).putLong(due.toEpochMilli()).array();
    }

    static Instant due(byte[] bytes) {
        return Instant.ofEpochMilli(ByteBuffer.wrap(bytes).getLong());
    }

    private static long sortable(long millis) {
        return millis ^ Long.MIN_VALUE;
    }
}
