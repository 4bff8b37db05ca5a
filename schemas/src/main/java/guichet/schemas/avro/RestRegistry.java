package guichet.schemas.avro;

import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Confluent's REST API, as far as a serde needs it. */
final class RestRegistry implements SchemaRegistry {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final RegistryHttp http;

    RestRegistry(RegistryAddress.Remote address) {
        this.http = new RegistryHttp(address);
    }

    @Override
    public int register(String subject, Schema schema, boolean normalize) {
        var reply =
                http.post(
                        "/subjects/" + encoded(subject) + "/versions" + query(normalize),
                        body(schema));
        return switch (reply.status()) {
            case 200 -> id(reply);
            case 409, 422 ->
                    throw new SerializationException(
                            "The registry does not take the schema of "
                                    + schema.getFullName()
                                    + " under subject "
                                    + subject
                                    + ": "
                                    + reason(reply));
            default -> throw unusable(reply);
        };
    }

    @Override
    public int find(String subject, Schema schema, boolean normalize) {
        var reply = http.post("/subjects/" + encoded(subject) + query(normalize), body(schema));
        if (reply.status() == 200) {
            return id(reply);
        }
        throw saysItHasNone(reply)
                ? new SerializationException(
                        "The registry does not have the schema of "
                                + schema.getFullName()
                                + " under subject "
                                + subject
                                + ": register it first, or set auto.register.schemas to true")
                : unusable(reply);
    }

    @Override
    public Registered latest(String subject) {
        var reply = http.get("/subjects/" + encoded(subject) + "/versions/latest");
        if (reply.status() == 200) {
            return new Registered(id(reply), schema(reply));
        }
        throw saysItHasNone(reply)
                ? new SerializationException(
                        "The registry has no subject "
                                + subject
                                + ": register its schema first, or set auto.register.schemas to"
                                + " true")
                : unusable(reply);
    }

    @Override
    public Schema byId(int id) {
        var reply = http.get("/schemas/ids/" + id);
        if (reply.status() == 200) {
            return schema(reply);
        }
        throw saysItHasNone(reply)
                ? new SerializationException("The registry has no schema with id " + id)
                : unusable(reply);
    }

    @Override
    public void close() {
        http.close();
    }

    private static String encoded(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String query(boolean normalize) {
        return normalize ? "?normalize=true" : "";
    }

    private static String body(Schema schema) {
        return JSON.writeValueAsString(Map.of("schema", schema.toString()));
    }

    private static int id(RegistryHttp.Reply reply) {
        var id = json(reply).path("id");
        if (!id.isInt()) {
            throw unusable(reply);
        }
        return id.intValue();
    }

    private static Schema schema(RegistryHttp.Reply reply) {
        var answer = json(reply);
        var type = answer.path("schemaType").asString("AVRO");
        if (!type.equals("AVRO") || !answer.path("references").isEmpty()) {
            throw new SerializationException(
                    "The schema is of type "
                            + type
                            + " or refers to other subjects; this serde reads Avro schemas that"
                            + " stand alone");
        }
        if (!answer.path("schema").isString()) {
            throw unusable(reply);
        }
        try {
            return RegisteredForm.parse(answer.path("schema").stringValue());
        } catch (AvroRuntimeException e) {
            throw new SerializationException("The registry's schema is not valid Avro", e);
        }
    }

    /**
     * Confluent's codes 40401 to 40403. A bare 404 comes from a wrong path in the URL and must not
     * pass for an unknown schema.
     */
    private static boolean saysItHasNone(RegistryHttp.Reply reply) {
        return reply.status() == 404 && json(reply).path("error_code").asInt(0) / 100 == 404;
    }

    private static String reason(RegistryHttp.Reply reply) {
        return json(reply).path("message").asString("it gives no reason");
    }

    private static RegistryUnavailable unusable(RegistryHttp.Reply reply) {
        var advice =
                switch (reply.status()) {
                    case 401, 403 -> "check basic.auth.user.info and the rights of that user";
                    case 404 -> "check the path in schema.registry.url";
                    default -> "check that schema.registry.url names a schema registry";
                };
        return new RegistryUnavailable(
                "The registry answered "
                        + reply.status()
                        + " to "
                        + reply.question()
                        + ": "
                        + advice);
    }

    private static JsonNode json(RegistryHttp.Reply reply) {
        try {
            return JSON.readTree(reply.body());
        } catch (JacksonException _) {
            return JSON.missingNode();
        }
    }
}
