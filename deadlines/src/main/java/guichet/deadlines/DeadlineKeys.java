package guichet.deadlines;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.common.utils.Bytes;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;

/**
 * How deadlines are laid out in {@link DeadlineStore}.
 *
 * <pre>
 * by due:    8 bytes due | key by owner                            -> nothing, or 8 bytes knowable at
 *            nothing                                               -> 8 bytes mark
 * by owner:  2 bytes length of owner | owner | kind                -> 8 bytes due
 * </pre>
 *
 * <p>Due is in milliseconds since 1970 UTC, big-endian with the sign bit turned, so that the bytes
 * sort as the instants do, those before 1970 included. Texts are UTF-8; the length lets them hold
 * any character. Knowable at and mark are in milliseconds since 1970 UTC; {@link Deadlines} says
 * what they mean.
 */
final class DeadlineKeys {

    /** By due; sorts before all deadlines. */
    static final Bytes MARK = Bytes.wrap(new byte[0]);

    private DeadlineKeys() {}

    static boolean isMark(Bytes byDue) {
        return byDue.get().length == 0;
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

    static Bytes byOwner(Bytes byDue) {
        return Bytes.wrap(Arrays.copyOfRange(byDue.get(), Long.BYTES, byDue.get().length));
    }

    static Bytes byDue(long due, Bytes byOwner) {
        return Bytes.wrap(
                ByteBuffer.allocate(Long.BYTES + byOwner.get().length)
                        .putLong(sortable(due))
                        .put(byOwner.get())
                        .array());
    }

    /** The place before all deadlines that fall due at this millisecond. */
    static Bytes from(long due) {
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(sortable(due)).array());
    }

    static long due(Bytes byDue) {
        return sortable(ByteBuffer.wrap(byDue.get()).getLong());
    }

    static Deadline deadline(Bytes byDue) {
        ByteBuffer key = ByteBuffer.wrap(byDue.get());
        Instant due = Instant.ofEpochMilli(sortable(key.getLong()));
        byte[] owner = new byte[Short.toUnsignedInt(key.getShort())];
        key.get(owner);
        byte[] kind = new byte[key.remaining()];
        key.get(kind);
        return new Deadline(new String(owner, UTF_8), new String(kind, UTF_8), due);
    }

    static byte[] instant(long millis) {
        return ByteBuffer.allocate(Long.BYTES).putLong(millis).array();
    }

    static long instant(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getLong();
    }

    private static long sortable(long millis) {
        return millis ^ Long.MIN_VALUE;
    }
}
