package guichet.chassis.description;

import guichet.events.ChatAnswered;
import guichet.schemas.CloudEvents;
import guichet.schemas.DeadLetter;
import guichet.schemas.Principal;
import guichet.schemas.Topic;
import guichet.schemas.Topic.Keeping;
import guichet.schemas.Topics;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The AsyncAPI 3.0 description of the topics, made of the catalogue and the schemas. */
final class AsyncApi {

    private static final String AVRO = "application/vnd.apache.avro;version=1.9.0";
    private static final int LONGEST_KEY = 200;

    private static final Map<String, String> HEADERS =
            Map.of(
                    "ce_specversion", "Version of CloudEvents: 1.0.",
                    "ce_id", "The same for the same event, however often it is written.",
                    "ce_type",
                            "Full name of the Avro record; guichet.events.Retracted where there is no value.",
                    "ce_source", "Who speaks, as /guichet/<service>.",
                    "ce_time", "When it happened, in ISO 8601; the record's timestamp as well.",
                    "topic", "The topic that the record was read from.",
                    "partition", "Its partition there, in digits.",
                    "offset", "Its offset there, in digits.",
                    "service", "The service that could not use it.",
                    "reason", "What is wrong with it, in words.");

    private AsyncApi() {}

    static Map<String, Object> document() {
        Map<String, Object> channels = new LinkedHashMap<>();
        Map<String, Object> operations = new TreeMap<>();
        Map<String, Object> messages = new TreeMap<>();
        for (Topic topic :
                Topics.all().stream().sorted(Comparator.comparing(Topic::name)).toList()) {
            channels.put(topic.name(), channel(topic));
            topic.writers()
                    .forEach(writer -> operations.put(id(writer, topic), operation(writer, topic)));
            topic.events().forEach(event -> messages.put(event.getSimpleName(), message(event)));
        }
        messages.put("DeadLetter", deadLetter());
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("asyncapi", "3.0.0");
        document.put(
                "info",
                ordered(
                        "title", "Guichet's topics",
                        "version", "1",
                        "description",
                                "Every topic of the desk. Who reads one stands with it. A value is Avro"
                                        + " in Confluent's wire format, a zero byte and four bytes of schema id before"
                                        + " the record, under the subject <topic>-<full name of the record>. The"
                                        + " record's timestamp is when it happened. docs/channels.md says what"
                                        + " channels may write and what becomes of what breaks the contract."));
        document.put(
                "servers",
                Map.of(
                        "desk",
                        ordered(
                                "host", "localhost:9092",
                                "protocol", "kafka",
                                "description", "Where the demo desk has it.",
                                "bindings",
                                        Map.of(
                                                "kafka",
                                                ordered(
                                                        "schemaRegistryUrl",
                                                                "http://localhost:8081/apis/ccompat/v7",
                                                        "schemaRegistryVendor", "confluent",
                                                        "bindingVersion", "0.5.0")))));
        document.put("defaultContentType", "application/vnd.apache.avro");
        document.put("channels", channels);
        document.put("operations", operations);
        document.put("components", Map.of("messages", messages));
        return document;
    }

    private static Map<String, Object> channel(Topic topic) {
        Map<String, Object> messages = new LinkedHashMap<>();
        names(topic).forEach(name -> messages.put(name, reference("components/messages", name)));
        return ordered(
                "address", topic.name(),
                "description",
                        "Keyed by %s; %s. Read by %s."
                                .formatted(key(topic.key()), kept(topic.keeping()), readers(topic)),
                "messages", messages,
                "bindings",
                        Map.of(
                                "kafka",
                                ordered(
                                        "topic", topic.name(),
                                        "topicConfiguration", configuration(topic.keeping()),
                                        "bindingVersion", "0.5.0")));
    }

    private static String readers(Topic topic) {
        String readers =
                topic.readers().stream()
                        .sorted()
                        .map(reader -> inWords(reader).replaceFirst("^The", "the"))
                        .map(reader -> reader.replaceFirst("^An", "an"))
                        .collect(Collectors.joining(", "));
        return readers.isEmpty() ? "those who run the desk" : readers;
    }

    /** What the desk itself writes it sends; what others write it receives. */
    private static Map<String, Object> operation(Principal writer, Topic topic) {
        String action =
                switch (writer) {
                    case INTAKE, ROUTING, SLA_MONITOR, ESCALATION -> "send";
                    case AGENT_TOOLS, CHANNELS -> "receive";
                };
        return ordered(
                "action", action,
                "channel", reference("channels", topic.name()),
                "summary",
                        "%s %s"
                                .formatted(
                                        inWords(writer),
                                        action.equals("send")
                                                ? "writes here."
                                                : "may write here."));
    }

    private static Map<String, Object> message(Class<? extends SpecificRecord> event) {
        Schema schema = SpecificData.get().getSchema(event);
        Schema.Field id = schema.getFields().getFirst();
        return ordered(
                "name", schema.getFullName(),
                "title", schema.getName(),
                "summary", schema.getDoc(),
                "headers",
                        headers(
                                CloudEvents.addTo(
                                        new RecordHeaders(), sample(), "x", Instant.EPOCH)),
                "payload",
                        ordered(
                                "schemaFormat",
                                AVRO,
                                "schema",
                                plain(
                                        JsonMapper.shared()
                                                .readValue(schema.toString(), Object.class))),
                "bindings",
                        Map.of(
                                "kafka",
                                ordered(
                                        "key",
                                                ordered(
                                                        "type",
                                                        "string",
                                                        "minLength",
                                                        1,
                                                        "maxLength",
                                                        LONGEST_KEY,
                                                        "description",
                                                        "The same as %s.".formatted(id.name())),
                                        "schemaIdLocation", "payload",
                                        "schemaIdPayloadEncoding", "confluent",
                                        "schemaLookupStrategy", "TopicRecordNameStrategy",
                                        "bindingVersion", "0.5.0")));
    }

    private static Map<String, Object> deadLetter() {
        return ordered(
                "name", "DeadLetter",
                "title", "DeadLetter",
                "summary",
                        "A record that a service could not use: key, value and headers as they came, at most the"
                                + " first 256 KiB of key and value each, and beside them where it came from and why.",
                "contentType", "application/octet-stream",
                "headers", headers(new DeadLetter("t", 0, 0, "s", "r").addTo(new RecordHeaders())));
    }

    private static Map<String, Object> headers(Headers written) {
        Map<String, Object> properties = new LinkedHashMap<>();
        written.forEach(
                header ->
                        properties.put(
                                header.key(),
                                ordered(
                                        "type",
                                        "string",
                                        "description",
                                        Objects.requireNonNull(HEADERS.get(header.key())))));
        return ordered("type", "object", "properties", properties);
    }

    private static SpecificRecord sample() {
        return new ChatAnswered("c-1", Instant.EPOCH, "agent-1");
    }

    /** A schema without what only Java's code generation reads. */
    private static Object plain(Object node) {
        return switch (node) {
            case Map<?, ?> fields -> {
                Map<String, Object> kept = new LinkedHashMap<>();
                fields.forEach(
                        (name, value) -> {
                            if (!name.equals("avro.java.string")) {
                                kept.put((String) name, plain(value));
                            }
                        });
                yield kept.keySet().equals(Set.of("type")) ? kept.get("type") : kept;
            }
            case List<?> entries -> {
                List<Object> kept = new ArrayList<>();
                entries.forEach(entry -> kept.add(plain(entry)));
                yield kept;
            }
            case null -> null;
            default -> node;
        };
    }

    private static List<String> names(Topic topic) {
        return topic.events().isEmpty()
                ? List.of("DeadLetter")
                : topic.events().stream().map(Class::getSimpleName).toList();
    }

    private static String id(Principal writer, Topic topic) {
        return writer.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + topic.name();
    }

    private static String inWords(Principal writer) {
        return switch (writer) {
            case INTAKE -> "The intake service";
            case ROUTING -> "The routing service";
            case SLA_MONITOR -> "The SLA monitor";
            case ESCALATION -> "The escalation service";
            case AGENT_TOOLS -> "An agents' tool";
            case CHANNELS -> "An upstream channel";
        };
    }

    private static String key(Topic.Key key) {
        return switch (key) {
            case CONTACT -> "contact id";
            case CONTACT_IN_TURN -> "contact id, all in one partition";
            case AGENT -> "agent id, all in one partition";
            case CLOSURE ->
                    "closure id, all in one partition; a record without a value calls the closure off";
            case ERASURE -> "erasure id, all in one partition";
            case SOURCE -> "the key of the record that could not be used, byte for byte";
        };
    }

    private static String kept(Keeping keeping) {
        return switch (keeping) {
            case Keeping.For(Duration time) -> "records stay %d days".formatted(time.toDays());
            case Keeping.NewestOfEachKey() -> "the newest record of each key stays";
        };
    }

    private static Map<String, Object> configuration(Keeping keeping) {
        return switch (keeping) {
            case Keeping.For(Duration time) ->
                    ordered("cleanup.policy", List.of("delete"), "retention.ms", time.toMillis());
            case Keeping.NewestOfEachKey() -> ordered("cleanup.policy", List.of("compact"));
        };
    }

    private static Map<String, Object> reference(String place, String name) {
        return Map.of("$ref", "#/%s/%s".formatted(place, name));
    }

    private static Map<String, Object> ordered(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }
}
