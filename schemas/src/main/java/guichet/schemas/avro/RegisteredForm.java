package guichet.schemas.avro;

import org.apache.avro.Schema;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Map;

/**
 * A schema as every producer of it would register it: without {@code avro.java.string}, which says
 * how Java holds strings and nothing about the bytes. So a record has one id, whatever wrote it.
 */
final class RegisteredForm {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String JAVA_STRING = "avro.java.string";

    private RegisteredForm() {}

    static Schema of(Schema schema) {
        var text = schema.toString();
        return text.contains(JAVA_STRING)
                ? parse(JSON.writeValueAsString(plain(JSON.readTree(text))))
                : schema;
    }

    /** Reads a schema that a registry has accepted: its defaults were judged there. */
    static Schema parse(String json) {
        return new Schema.Parser().setValidateDefaults(false).parse(json);
    }

    private static JsonNode plain(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> plainObject(object);
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    array.set(i, plain(array.get(i)));
                }
                yield array;
            }
            default -> node;
        };
    }

    private static JsonNode plainObject(ObjectNode object) {
        boolean held = object.remove(JAVA_STRING) != null;
        for (Map.Entry<String, JsonNode> property : object.properties()) {
            property.setValue(plain(property.getValue()));
        }
        return held && object.size() == 1 ? object.path("type") : object;
    }
}
