package guichet.acceptance.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import guichet.events.AgentStatusChanged;
import guichet.events.Attachment;
import guichet.events.Capacity;
import guichet.events.Channel;
import guichet.events.Customer;
import guichet.events.Impact;
import guichet.events.Origin;
import guichet.events.Plan;
import guichet.events.Presence;
import guichet.events.TicketAnswered;
import guichet.events.TicketCreated;
import guichet.events.TicketSolved;
import guichet.localstack.platform.RegistryProcess;
import guichet.schemas.avro.RegistryAvroDeserializer;
import guichet.schemas.avro.RegistryAvroSerializer;
import guichet.schemas.avro.RegistryUnavailable;

import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** Our serde and Confluent's client meet over a real registry, Apicurio's. */
class ConfluentInteropTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00.123Z");
    private static final TicketSolved SOLVED = new TicketSolved("t-1", NOON, "ana");

    @TempDir static Path folder;

    private static RegistryProcess registry;
    private static String url;
    private static ConfluentClient confluent;

    @BeforeAll
    static void startRegistry() throws InterruptedException {
        registry = RegistryProcess.start(folder, 0);
        url = registry.url();
        confluent = new ConfluentClient(url);
    }

    @AfterAll
    static void stopRegistry() {
        registry.close();
    }

    @ParameterizedTest
    @MethodSource("events")
    void confluentReadsWhatWeWroteAndWeReadWhatConfluentWrote(SpecificRecord event)
            throws IOException {
        var ours = serialize("ours", event, Map.of());

        var theirs = confluent.read(ours);
        var back = confluent.write("theirs-" + event.getSchema().getFullName(), theirs);

        assertThat(theirs).hasToString(deserialize(ours, false).toString());
        assertThat(back).isEqualTo(ours);
        assertThat(deserialize(back, true)).isEqualTo(event);
    }

    @Test
    void usesTheIdUnderWhichConfluentsClientRegisteredTheSchema() throws Exception {
        var plain =
                SchemaBuilder.record("Plain")
                        .namespace("guichet.acceptance")
                        .fields()
                        .requiredString("text")
                        .endRecord();
        int id = confluent.register("shared-guichet.acceptance.Plain", plain.toString());
        var record = new GenericData.Record(plain);
        record.put("text", "¿Qué tal?");

        for (boolean register : List.of(true, false)) {
            var bytes = serialize("shared", record, Map.of("auto.register.schemas", register));

            assertThat(id(bytes)).isEqualTo(id);
        }
    }

    @Test
    void looksUpOnlyWhatWasRegistered() {
        var settings = Map.of("auto.register.schemas", false);
        assertThatThrownBy(() -> serialize("look-up", SOLVED, settings))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("auto.register.schemas");

        var registered = serialize("look-up", SOLVED, Map.of());

        assertThat(serialize("look-up", SOLVED, settings)).isEqualTo(registered);
    }

    @Test
    void writesWithTheNewestVersion() {
        var settings = Map.of("auto.register.schemas", false, "use.latest.version", true);
        assertThatThrownBy(() -> serialize("newest", SOLVED, settings))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("newest-guichet.events.TicketSolved");
        serialize("newest", SOLVED, Map.of());
        var next = solvedIn(versionWith("mood", true));
        int id = id(serialize("newest", next, Map.of()));

        var bytes = serialize("newest", SOLVED, settings);

        assertThat(id(bytes)).isEqualTo(id);
        assertThat(deserialize(bytes, true)).isEqualTo(SOLVED);
        assertThat(((GenericRecord) deserialize(bytes, false)).get("mood")).isNull();
    }

    @Test
    void blamesTheRecordWhoseSchemaTheRegistryFindsIncompatible() throws Exception {
        serialize("strict", SOLVED, Map.of());
        setCompatibility("strict-guichet.events.TicketSolved", "FULL_TRANSITIVE");
        var breaking = solvedIn(versionWith("mood", false));
        breaking.put("mood", "calm");

        assertThatThrownBy(() -> serialize("strict", breaking, Map.of()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("strict-guichet.events.TicketSolved");
    }

    @Test
    void blamesTheRecordWhoseIdTheRegistryDoesNotKnow() {
        var bytes = ByteBuffer.allocate(6).put((byte) 0).putInt(999_999).array();

        assertThatThrownBy(() -> deserialize(bytes, true))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("999999");
    }

    @Test
    void blamesTheUrlWhenItsPathIsWrong() {
        var bytes = serialize("path", SOLVED, Map.of());
        var root = URI.create(url).resolve("/").toString();

        assertThatThrownBy(() -> deserialize(bytes, settings(Map.of("schema.registry.url", root))))
                .isInstanceOf(RegistryUnavailable.class)
                .hasMessageContaining("schema.registry.url");
    }

    @Test
    void waitsForARegistryThatIsRestartingAndFindsTheSameIds() throws Exception {
        var before = serialize("restart", SOLVED, Map.of());
        int port = URI.create(url).getPort();
        registry.close();
        assertThatThrownBy(() -> serialize("restart", SOLVED, Map.of("max.retries", 0)))
                .isInstanceOf(RegistryUnavailable.class);

        try (var thread = Executors.newSingleThreadExecutor()) {
            var patient =
                    Map.of("max.retries", 300, "retries.wait.ms", 250, "retries.max.wait.ms", 250);
            var after = thread.submit(() -> serialize("restart", SOLVED, patient));
            registry = RegistryProcess.start(folder, port);

            assertThat(after.get()).isEqualTo(before);
        }
        assertThat(deserialize(before, true)).isEqualTo(SOLVED);
    }

    static Stream<SpecificRecord> events() {
        return Stream.of(
                TicketCreated.newBuilder()
                        .setContactId("t-1")
                        .setCreatedAt(NOON)
                        .setCustomer(
                                new Customer("c-1", "Zoë Ångström", "zoe@example.com", Plan.AGENCY))
                        .setLanguage("pt")
                        .setImpact(Impact.URGENT)
                        .setDescription("Não abre — ¿qué hago? 👩‍💻")
                        .setCopiedTo(List.of("a@example.com", "b@example.com"))
                        .setAttachments(
                                List.of(new Attachment("a-1", "été.png", "image/png", 1L << 40)))
                        .setConvertedFrom(new Origin("chat-1", Channel.CHAT, "ana", null, null))
                        .build(),
                new AgentStatusChanged(
                        "ana",
                        NOON,
                        Presence.AVAILABLE,
                        List.of("es", "en"),
                        List.of(new Capacity(Channel.PHONE, 1))),
                new AgentStatusChanged("bo", Instant.EPOCH, Presence.OFFLINE, List.of(), List.of()),
                new TicketAnswered("t-1", NOON, "ana"),
                new TicketSolved("t-1", NOON.minusMillis(1), null));
    }

    private static byte[] serialize(String topic, IndexedRecord record, Map<String, ?> changes) {
        try (var serializer = new RegistryAvroSerializer<IndexedRecord>()) {
            serializer.configure(settings(changes), false);
            return serializer.serialize(topic, record);
        }
    }

    private static IndexedRecord deserialize(byte[] bytes, boolean specific) {
        return deserialize(bytes, settings(Map.of("specific.avro.reader", specific)));
    }

    private static IndexedRecord deserialize(byte[] bytes, Map<String, ?> settings) {
        try (var deserializer = new RegistryAvroDeserializer<IndexedRecord>()) {
            deserializer.configure(settings, false);
            return deserializer.deserialize("topic", bytes);
        }
    }

    private static Map<String, Object> settings(Map<String, ?> changes) {
        var settings = new HashMap<String, Object>();
        settings.put("schema.registry.url", url);
        settings.put(
                "value.subject.name.strategy",
                "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy");
        settings.putAll(changes);
        return settings;
    }

    private static int id(byte[] framed) {
        return ByteBuffer.wrap(framed, 1, Integer.BYTES).getInt();
    }

    private static Schema versionWith(String field, boolean optional) {
        var fields = SchemaBuilder.record("TicketSolved").namespace("guichet.events").fields();
        for (var known : TicketSolved.getClassSchema().getFields()) {
            var type = fields.name(known.name()).type(known.schema());
            fields = known.hasDefaultValue() ? type.withDefault(null) : type.noDefault();
        }
        return (optional ? fields.optionalString(field) : fields.requiredString(field)).endRecord();
    }

    private static GenericRecord solvedIn(Schema version) {
        var record = new GenericData.Record(version);
        record.put("contactId", "t-1");
        record.put("solvedAt", NOON.toEpochMilli());
        return record;
    }

    private static void setCompatibility(String subject, String level) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(URI.create(url + "/config/" + subject))
                            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                            .PUT(
                                    BodyPublishers.ofString(
                                            "{\"compatibility\":\"%s\"}".formatted(level)))
                            .build();
            assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        }
    }
}
