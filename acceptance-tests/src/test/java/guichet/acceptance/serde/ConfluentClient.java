package guichet.acceptance.serde;

import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericDatumReader;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericDatumWriter;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericRecord;
import org.apache.flink.avro.shaded.org.apache.avro.io.DecoderFactory;
import org.apache.flink.avro.shaded.org.apache.avro.io.EncoderFactory;
import org.apache.flink.formats.avro.registry.confluent.ConfluentSchemaRegistryCoder;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Confluent's registry client and Flink's framing around it, as a stranger's process would use
 * them: with an Avro of their own, which knows none of our classes.
 */
final class ConfluentClient {

    private static final int CACHED_SCHEMAS = 100;

    private final CachedSchemaRegistryClient client;

    ConfluentClient(String url) {
        this.client = new CachedSchemaRegistryClient(url, CACHED_SCHEMAS);
    }

    /** Registers the schema, given as JSON; returns its id. */
    int register(String subject, String schema) throws IOException, RestClientException {
        return client.register(subject, new AvroSchema(schema));
    }

    GenericRecord read(byte[] framed) throws IOException {
        var in = new ByteArrayInputStream(framed);
        var schema = new ConfluentSchemaRegistryCoder(client).readSchema(in);
        var decoder = DecoderFactory.get().directBinaryDecoder(in, null);
        return new GenericDatumReader<GenericRecord>(schema).read(null, decoder);
    }

    byte[] write(String subject, GenericRecord record) throws IOException {
        var out = new ByteArrayOutputStream();
        new ConfluentSchemaRegistryCoder(subject, client).writeSchema(record.getSchema(), out);
        var encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }
}
