package guichet.schemas.avro;

import org.apache.kafka.common.errors.SerializationException;

import java.nio.ByteBuffer;

/** Confluent's frame: a zero, the schema's id as four bytes with the highest first, then Avro. */
final class WireFormat {

    static final int HEADER_LENGTH = 1 + Integer.BYTES;

    private static final byte MAGIC = 0;

    private WireFormat() {}

    static byte[] header(int id) {
        return ByteBuffer.allocate(HEADER_LENGTH).put(MAGIC).putInt(id).array();
    }

    static int id(byte[] framed) {
        if (framed.length < HEADER_LENGTH || framed[0] != MAGIC) {
            throw new SerializationException(
                    "The bytes are not Avro in Confluent's wire format: there are "
                            + framed.length
                            + ", which must be a 0 and four bytes of schema id before the record");
        }
        int id = ByteBuffer.wrap(framed, 1, Integer.BYTES).getInt();
        if (id < 0) {
            throw new SerializationException("There is no schema id " + id);
        }
        return id;
    }
}
