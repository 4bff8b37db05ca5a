package guichet.chassis.description;

import static guichet.chassis.description.DoorDescription.listed;
import static guichet.chassis.description.DoorDescription.map;

import tools.jackson.databind.JsonNode;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * As much of JSON Schema as the descriptions use, read strictly: what is not described must not be
 * said.
 */
final class JsonSchema {

    private final DoorDescription description;
    private final List<String> faults = new ArrayList<>();

    private JsonSchema(DoorDescription description) {
        this.description = description;
    }

    /** In what a value differs from what is described; empty where it does not. */
    static List<String> faults(DoorDescription description, Object schema, JsonNode value) {
        JsonSchema reading = new JsonSchema(description);
        reading.check(schema, value, "$");
        return reading.faults;
    }

    private void check(Object described, JsonNode value, String place) {
        Map<String, Object> schema = description.resolve(described);
        Object type = schema.get("type");
        List<Object> types = type instanceof String one ? List.of(one) : listed(type);
        if (!types.isEmpty() && !types.contains(typeOf(value))) {
            faults.add("%s is %s, not %s".formatted(place, typeOf(value), types));
            return;
        }
        if (schema.containsKey("enum")
                && listed(schema.get("enum")).stream()
                        .noneMatch(it -> Objects.equals(it, plain(value)))) {
            faults.add("%s is %s, not one of %s".formatted(place, value, schema.get("enum")));
        }
        if ("date-time".equals(schema.get("format")) && value.isString()) {
            checkInstant(value.stringValue(), place);
        }
        if (value.isObject()) {
            checkFields(schema, value, place);
        }
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                check(schema.get("items"), value.get(i), "%s[%d]".formatted(place, i));
            }
        }
    }

    private void checkFields(Map<String, Object> schema, JsonNode value, String place) {
        Map<String, Object> properties = map(schema.get("properties"));
        listed(schema.get("required")).stream()
                .filter(name -> !value.has((String) name))
                .forEach(name -> faults.add("%s.%s is missing".formatted(place, name)));
        value.forEachEntry(
                (name, field) -> {
                    Object described =
                            properties.getOrDefault(name, schema.get("additionalProperties"));
                    if (described instanceof Map) {
                        check(described, field, place + "." + name);
                    } else {
                        faults.add("%s.%s is not described".formatted(place, name));
                    }
                });
    }

    private void checkInstant(String text, String place) {
        try {
            OffsetDateTime.parse(text);
        } catch (DateTimeException e) {
            faults.add("%s is no instant: %s".formatted(place, text));
        }
    }

    private static Object plain(JsonNode value) {
        return value.isNull() ? null : value.asString();
    }

    private static String typeOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "object";
            case ARRAY -> "array";
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            case NULL, MISSING, BINARY, POJO -> "null";
        };
    }
}
