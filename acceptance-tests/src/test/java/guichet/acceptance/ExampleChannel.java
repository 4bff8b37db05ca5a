package guichet.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.yaml.snakeyaml.Yaml;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * A trusted channel as a stranger would write it: it has docs/channels.md, docs/asyncapi.yaml, a
 * Kafka client and Avro, and nothing of the desk's code.
 */
final class ExampleChannel implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final KafkaProducer<byte[], byte[]> producer;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String registryUrl;
    private final JsonNode messages;

    ExampleChannel(String bootstrapServers, String registryUrl) throws IOException {
        this.registryUrl = registryUrl;
        this.messages =
                JSON.valueToTree(
                                new Yaml()
                                        .<Object>load(
                                                Files.readString(
                                                        Path.of("..", "docs", "asyncapi.yaml"))))
                        .at("/components/messages");
        this.producer =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                ProducerConfig.ACKS_CONFIG,
                                "all",
                                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                                true),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
    }

    /** The schema of a record, as asyncapi.yaml has it. */
    Schema schema(String record) {
        return new Schema.Parser()
                .parse(messages.at("/%s/payload/schema".formatted(record)).toString());
    }

    /** Says what a JSON object says; its first field is the key. */
    void say(String topic, String record, JsonNode event, Instant happenedAt)
            throws ExecutionException {
        GenericRecord value = (GenericRecord) avro(schema(record), event);
        send(topic, value.get(0).toString(), framed(topic, value), happenedAt);
    }

    /** The value of a record in Confluent's wire format, its schema registered. */
    byte[] framed(String topic, GenericRecord value) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.write(0);
            bytes.write(
                    ByteBuffer.allocate(Integer.BYTES)
                            .putInt(register(topic, value.getSchema()))
                            .array());
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            new GenericDatumWriter<GenericRecord>(value.getSchema()).write(value, encoder);
            encoder.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns when the broker has it.
     *
     * @param key null for none
     * @throws ExecutionException with what the broker has against it
     */
    void send(String topic, String key, byte[] value, Instant happenedAt)
            throws ExecutionException {
        try {
            producer.send(
                            new ProducerRecord<>(
                                    topic,
                                    null,
                                    happenedAt.toEpochMilli(),
                                    key == null ? null : key.getBytes(UTF_8),
                                    value))
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private int register(String topic, Schema schema) throws IOException {
        URI versions =
                URI.create(
                        "%s/subjects/%s-%s/versions"
                                .formatted(registryUrl, topic, schema.getFullName()));
        try {
            HttpResponse<String> answer =
                    http.send(
                            HttpRequest.newBuilder(versions)
                                    .header(
                                            "Content-Type",
                                            "application/vnd.schemaregistry.v1+json")
                                    .POST(
                                            BodyPublishers.ofString(
                                                    JSON.writeValueAsString(
                                                            Map.of("schema", schema.toString()))))
                                    .build(),
                            BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException(answer.body());
            }
            return JSON.readTree(answer.body()).get("id").intValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Object avro(Schema schema, JsonNode value) {
        return switch (schema.getType()) {
            case RECORD -> {
                GenericRecordBuilder record = new GenericRecordBuilder(schema);
                value.forEachEntry(
                        (name, field) ->
                                record.set(name, avro(schema.getField(name).schema(), field)));
                yield record.build();
            }
            case UNION ->
                    value.isNull()
                            ? null
                            : avro(
                                    schema.getTypes().stream()
                                            .filter(it -> it.getType() != Schema.Type.NULL)
                                            .findFirst()
                                            .orElseThrow(),
                                    value);
            case ENUM -> new GenericData.EnumSymbol(schema, value.stringValue());
            case LONG ->
                    schema.getLogicalType() instanceof LogicalTypes.TimestampMillis
                            ? Instant.parse(value.stringValue()).toEpochMilli()
                            : value.longValue();
            case STRING -> value.stringValue();
            default -> throw new IllegalArgumentException("no example has a " + schema.getType());
        };
    }

    @Override
    public void close() {
        producer.close();
    }
}
