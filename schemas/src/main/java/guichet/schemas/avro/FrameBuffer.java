package guichet.schemas.avro;

import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** The buffer and encoder with which records are framed one after another. */
final class FrameBuffer {

    private static final int USUAL_SIZE = 1_024;
    private static final int LARGEST_KEPT = 1_024 * 1_024;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_SIZE);
    private final BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);

    byte[] frame(byte[] header, DatumWriter<IndexedRecord> writer, IndexedRecord record)
            throws IOException {
        bytes.reset();
        bytes.write(header, 0, header.length);
        writer.write(record, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    /** Whether it may be kept: one huge record must not occupy memory for good. */
    boolean isWorthKeeping() {
        return bytes.size() <= LARGEST_KEPT;
    }
}
