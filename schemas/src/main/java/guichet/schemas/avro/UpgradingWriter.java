package guichet.schemas.avro;

import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.errors.SerializationException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Writes records of one schema as records of another, by Avro's rules for a reader. */
final class UpgradingWriter implements DatumWriter<IndexedRecord> {

    private final DatumWriter<IndexedRecord> own;
    private final GenericDatumReader<IndexedRecord> resolver;
    private final GenericDatumWriter<IndexedRecord> target;

    private UpgradingWriter(
            DatumWriter<IndexedRecord> own,
            GenericDatumReader<IndexedRecord> resolver,
            GenericDatumWriter<IndexedRecord> target) {
        this.own = own;
        this.resolver = resolver;
        this.target = target;
    }

    static UpgradingWriter between(
            Schema from, Schema to, DatumWriter<IndexedRecord> own, String subject) {
        var compatibility = SchemaCompatibility.checkReaderWriterCompatibility(to, from);
        if (compatibility.getType() != SchemaCompatibilityType.COMPATIBLE) {
            throw new SerializationException(
                    "use.latest.version: the newest schema of subject "
                            + subject
                            + " cannot read this "
                            + from.getFullName()
                            + " ("
                            + compatibility.getDescription()
                            + "): deploy a producer that knows it, or set use.latest.version to"
                            + " false");
        }
        return new UpgradingWriter(
                own, new GenericDatumReader<>(from, to), new GenericDatumWriter<>(to));
    }

    @Override
    public void setSchema(Schema schema) {
        throw new UnsupportedOperationException("The schemas are fixed");
    }

    @Override
    public void write(IndexedRecord record, Encoder out) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        own.write(record, encoder);
        encoder.flush();
        var decoder = DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null);
        target.write(resolver.read(null, decoder), out);
    }
}
