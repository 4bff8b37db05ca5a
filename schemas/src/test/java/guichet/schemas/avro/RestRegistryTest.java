package guichet.schemas.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import guichet.events.TicketAnswered;

import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

class RestRegistryTest {

    private static final TicketAnswered ANSWERED =
            new TicketAnswered("t-1", Instant.ofEpochMilli(1_000), "ana");
    private static final Schema SCHEMA = RegisteredForm.of(TicketAnswered.getClassSchema());
    private static final String REGISTER = "POST /subjects/topic-value/versions";
    private static final String FIND = "POST /subjects/topic-value";
    private static final String LATEST = "GET /subjects/topic-value/versions/latest";
    private static final String BY_ID = "GET /schemas/ids/7";
    private static final String NOT_THERE =
            "{\"error_code\":40403,\"message\":\"Schema not found\"}";

    private final StubRegistry registry = new StubRegistry();
    private final Map<String, Object> settings =
            new HashMap<>(
                    Map.of(
                            "schema.registry.url",
                            registry.url(),
                            "retries.wait.ms",
                            1,
                            "retries.max.wait.ms",
                            2,
                            "specific.avro.reader",
                            true));

    @AfterEach
    void stop() {
        registry.close();
    }

    @Nested
    class Writing {

        @Test
        void registersTheSchemaOnceWithoutJavasStringTypes() {
            registry.answers(REGISTER, 200, "{\"id\":7}");

            var bytes = serializeTwice();

            assertThat(ByteBuffer.wrap(bytes, 1, 4).getInt()).isEqualTo(7);
            assertThat(registry.requests())
                    .singleElement()
                    .satisfies(
                            request -> {
                                assertThat(request.contentType())
                                        .isEqualTo("application/vnd.schemaregistry.v1+json");
                                assertThat(request.body())
                                        .isEqualTo(
                                                StubRegistry.json(
                                                        Map.of("schema", SCHEMA.toString())))
                                        .doesNotContain("avro.java.string");
                            });
        }

        @Test
        void looksTheSchemaUpWhenItMayNotRegister() {
            settings.put("auto.register.schemas", "false");
            registry.answers(FIND, 200, "{\"id\":7,\"version\":1}");

            var bytes = serializeTwice();

            assertThat(ByteBuffer.wrap(bytes, 1, 4).getInt()).isEqualTo(7);
            assertThat(registry.requests()).hasSize(1);
        }

        @Test
        void asksForNormalization() {
            settings.put("normalize.schemas", true);
            registry.answers(REGISTER + "?normalize=true", 200, "{\"id\":7}");

            assertThatCode(RestRegistryTest.this::serialize).doesNotThrowAnyException();
        }

        @Test
        void fillsTheFieldsThatOnlyTheNewestVersionHas() {
            settings.put("auto.register.schemas", false);
            settings.put("use.latest.version", true);
            var newest = ticketAnswered().optionalString("remark").endRecord();
            registry.answers(
                    LATEST, 200, StubRegistry.json(Map.of("id", 8, "schema", newest.toString())));

            var bytes = serializeTwice();

            registry.hasSchema(8, newest);
            settings.put("specific.avro.reader", false);
            assertThat(deserialize(bytes))
                    .hasToString(
                            "{\"contactId\": \"t-1\", \"answeredAt\": 1000, \"agentId\": \"ana\", \"remark\": null}");
        }

        @Test
        void refusesTheNewestVersionWhenTheRecordDoesNotFitIt() {
            settings.put("auto.register.schemas", false);
            settings.put("use.latest.version", true);
            var newest = ticketAnswered().requiredString("remark").endRecord();
            registry.answers(
                    LATEST, 200, StubRegistry.json(Map.of("id", 8, "schema", newest.toString())));

            assertThatThrownBy(RestRegistryTest.this::serialize)
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("use.latest.version")
                    .hasMessageContaining("remark");
        }

        @ParameterizedTest
        @CsvSource({"409, 409, is not compatible", "422, 42201, is invalid"})
        void blamesTheRecordWhenTheRegistryRefusesItsSchema(int status, int code, String why) {
            registry.answers(
                    REGISTER,
                    status,
                    StubRegistry.json(Map.of("error_code", code, "message", why)));

            assertThatThrownBy(RestRegistryTest.this::serialize)
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("guichet.events.TicketAnswered")
                    .hasMessageContaining("topic-value")
                    .hasMessageContaining(why);
        }

        @ParameterizedTest
        @ValueSource(ints = {40401, 40403})
        void saysWhatToDoWhenASchemaWasNotRegistered(int code) {
            settings.put("auto.register.schemas", false);
            registry.answers(FIND, 404, StubRegistry.json(Map.of("error_code", code)));

            assertThatThrownBy(RestRegistryTest.this::serialize)
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("auto.register.schemas");
        }
    }

    @Nested
    class Reading {

        @Test
        void looksAnIdUpOnceForSixteenThreads() throws Exception {
            registry.hasSchema(7, SCHEMA);
            var deserializer = deserializer();
            var start = new CyclicBarrier(16);

            try (var threads = Executors.newFixedThreadPool(16)) {
                var reads =
                        IntStream.range(0, 16)
                                .mapToObj(
                                        _ ->
                                                threads.submit(
                                                        () -> {
                                                            start.await();
                                                            return deserializer.deserialize(
                                                                    "topic", framed(7));
                                                        }))
                                .toList();

                assertThat(reads).extracting(Future::get).containsOnly(ANSWERED);
            }
            assertThat(registry.requests()).hasSize(1);
        }

        @Test
        void sharesTheLookUpAmongTheSerdesOfOneRegistry() {
            registry.hasSchema(7, SCHEMA);

            try (var first = deserializer();
                    var second = deserializer()) {
                first.deserialize("topic", framed(7));
                second.deserialize("topic", framed(7));
            }

            assertThat(registry.requests()).hasSize(1);
        }

        @Test
        void blamesTheRecordForAnIdThatTheRegistryDoesNotKnow() {
            registry.answers(BY_ID, 404, NOT_THERE);

            assertThatThrownBy(() -> deserialize(framed(7)))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("id 7");
            assertThat(registry.requests()).hasSize(1);
        }

        @Test
        void asksAgainForAnIdThatWasUnknown() {
            registry.answers(BY_ID, 404, NOT_THERE).hasSchema(7, SCHEMA);
            var deserializer = deserializer();
            assertThatThrownBy(() -> deserializer.deserialize("topic", framed(7)))
                    .isInstanceOf(SerializationException.class);

            assertThat(deserializer.deserialize("topic", framed(7))).isEqualTo(ANSWERED);
        }

        @Test
        void doesNotTakeAWrongPathForAnUnknownId() {
            assertThatThrownBy(() -> deserialize(framed(7)))
                    .isInstanceOf(RegistryUnavailable.class)
                    .hasMessageContaining("path in schema.registry.url");
        }

        @ParameterizedTest
        @ValueSource(strings = {"<html>Welcome</html>", "{}", ""})
        void doesNotTakeAnotherWebServerForARegistry(String page) {
            registry.answers(BY_ID, 200, page);

            assertThatThrownBy(() -> deserialize(framed(7)))
                    .isInstanceOf(RegistryUnavailable.class)
                    .hasMessageContaining("schema.registry.url");
        }

        @Test
        void blamesTheRecordForASchemaThatIsNotAvro() {
            registry.answers(
                    BY_ID,
                    200,
                    StubRegistry.json(Map.of("schema", "message M {}", "schemaType", "PROTOBUF")));

            assertThatThrownBy(() -> deserialize(framed(7)))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("PROTOBUF");
        }
    }

    @Nested
    class WhenARegistryDoesNotAnswer {

        @ParameterizedTest
        @ValueSource(ints = {429, 500, 503})
        void triesAgain(int status) {
            registry.answers(BY_ID, status, "").answers(BY_ID, status, "").hasSchema(7, SCHEMA);

            assertThat(deserialize(framed(7))).isEqualTo(ANSWERED);
            assertThat(registry.requests()).hasSize(3);
        }

        @Test
        void givesUpAfterTheRetriesAndDoesNotBlameTheRecord() {
            settings.put("max.retries", 2);
            registry.answers(BY_ID, 503, "");

            assertThatThrownBy(() -> deserialize(framed(7)))
                    .isInstanceOf(RegistryUnavailable.class)
                    .isInstanceOf(RetriableException.class)
                    .hasMessageContaining("503")
                    .hasMessageContaining("3 rounds");
            assertThat(registry.requests()).hasSize(3);
        }

        @Test
        void recoversWhenTheRegistryDoes() {
            settings.put("max.retries", 0);
            registry.answers(BY_ID, 503, "").hasSchema(7, SCHEMA);
            var deserializer = deserializer();
            assertThatThrownBy(() -> deserializer.deserialize("topic", framed(7)))
                    .isInstanceOf(RegistryUnavailable.class);

            assertThat(deserializer.deserialize("topic", framed(7))).isEqualTo(ANSWERED);
        }

        @ParameterizedTest
        @ValueSource(ints = {400, 401, 403})
        void doesNotRepeatAQuestionThatWasRefused(int status) {
            registry.answers(BY_ID, status, "");

            assertThatThrownBy(() -> deserialize(framed(7)))
                    .isInstanceOf(RegistryUnavailable.class)
                    .hasMessageContaining(String.valueOf(status));
            assertThat(registry.requests()).hasSize(1);
        }

        @Test
        void asksTheNextServerAtOnce() throws IOException {
            registry.hasSchema(7, SCHEMA);
            settings.put("schema.registry.url", nobody() + "," + registry.url());
            settings.put("max.retries", 0);

            assertThat(deserialize(framed(7))).isEqualTo(ANSWERED);
        }

        @Test
        void staysWithTheServerThatAnswered() {
            try (var troubled = new StubRegistry().answers(BY_ID, 500, "");
                    var deserializer = new RegistryAvroDeserializer<>()) {
                registry.hasSchema(7, SCHEMA).hasSchema(8, SCHEMA);
                settings.put("schema.registry.url", troubled.url() + "," + registry.url());
                deserializer.configure(settings, false);

                assertThat(deserializer.deserialize("topic", framed(7))).isEqualTo(ANSWERED);
                assertThat(deserializer.deserialize("topic", framed(8))).isEqualTo(ANSWERED);
                assertThat(troubled.requests()).hasSize(1);
            }
        }

        @Test
        void doesNotWaitForASilentServerForEver() throws IOException {
            try (var silent = new ServerSocket(0)) {
                settings.put("schema.registry.url", "http://localhost:" + silent.getLocalPort());
                settings.put("http.connect.timeout.ms", 50);
                settings.put("http.read.timeout.ms", 50);
                settings.put("max.retries", 0);

                assertThatThrownBy(() -> deserialize(framed(7)))
                        .isInstanceOf(RegistryUnavailable.class)
                        .hasMessageContaining("took too long");
            }
        }

        @Test
        void stopsWaitingWhenInterrupted() {
            registry.answers(BY_ID, 503, "");
            settings.put("retries.wait.ms", 60_000);
            settings.put("retries.max.wait.ms", 60_000);
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> deserialize(framed(7))).isInstanceOf(InterruptException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Nested
    class Addresses {

        @Test
        void keepThePathOfTheUrl() {
            settings.put("schema.registry.url", registry.url() + "/apis/ccompat/v7/");
            registry.answers(
                    "POST /apis/ccompat/v7/subjects/topic-value/versions", 200, "{\"id\":7}");

            assertThatCode(RestRegistryTest.this::serialize).doesNotThrowAnyException();
        }

        @Test
        void escapeTheSubject() {
            registry.answers("POST /subjects/a%20b%2Fc-value/versions", 200, "{\"id\":7}");

            assertThatCode(() -> serializer().serialize("a b/c", ANSWERED))
                    .doesNotThrowAnyException();
        }

        @Test
        void carryTheUserInfoAsBasicAuthentication() {
            settings.put("schema.registry.url", "http://ana:s%3Acret@" + registry.authority());
            registry.answers(REGISTER, 200, "{\"id\":7}");

            serialize();

            assertThat(registry.requests().getFirst().authorization())
                    .isEqualTo("Basic YW5hOnM6Y3JldA==");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "schema.registry."})
        void takeTheUserInfoOfTheConfiguration(String prefix) {
            settings.put(prefix + "basic.auth.credentials.source", "USER_INFO");
            settings.put(prefix + "basic.auth.user.info", "ana:s:cret");
            registry.answers(REGISTER, 200, "{\"id\":7}");

            serialize();

            assertThat(registry.requests().getFirst().authorization())
                    .isEqualTo("Basic YW5hOnM6Y3JldA==");
        }
    }

    private byte[] serializeTwice() {
        try (var serializer = serializer()) {
            serializer.serialize("topic", ANSWERED);
            return serializer.serialize("topic", ANSWERED);
        }
    }

    private byte[] serialize() {
        try (var serializer = serializer()) {
            return serializer.serialize("topic", ANSWERED);
        }
    }

    private Object deserialize(byte[] bytes) {
        try (var deserializer = new RegistryAvroDeserializer<>()) {
            deserializer.configure(settings, false);
            return deserializer.deserialize("topic", bytes);
        }
    }

    private RegistryAvroSerializer<TicketAnswered> serializer() {
        var serializer = new RegistryAvroSerializer<TicketAnswered>();
        serializer.configure(settings, false);
        return serializer;
    }

    private RegistryAvroDeserializer<SpecificRecord> deserializer() {
        var deserializer = new RegistryAvroDeserializer<SpecificRecord>();
        deserializer.configure(settings, false);
        return deserializer;
    }

    private static byte[] framed(int id) {
        try {
            var body = TicketAnswered.getEncoder().encode(ANSWERED);
            // Avro's single-object encoding has ten bytes where Confluent's has five.
            body.position(10);
            return ByteBuffer.allocate(5 + body.remaining())
                    .put((byte) 0)
                    .putInt(id)
                    .put(body)
                    .array();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SchemaBuilder.FieldAssembler<Schema> ticketAnswered() {
        var fields = SchemaBuilder.record("TicketAnswered").namespace("guichet.events").fields();
        SCHEMA.getFields()
                .forEach(field -> fields.name(field.name()).type(field.schema()).noDefault());
        return fields;
    }

    private static String nobody() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return "http://localhost:" + socket.getLocalPort();
        }
    }
}
