package guichet.schemas.avro;

import static java.util.Map.entry;

import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

import java.util.Map;

/** What Confluent's configuration keys say, checked. */
record RegistrySettings(
        RegistryAddress address,
        SubjectNaming subjects,
        SchemaSource schemaSource,
        boolean normalize,
        boolean specificReader) {

    /** Which schema a record is written with. */
    enum SchemaSource {
        /** The record's own, registered when it is new. */
        REGISTER,
        /** The subject's newest; the record is brought to it. */
        LATEST,
        /** The record's own, which must have been registered. */
        FIND
    }

    private static final String AUTO_REGISTER = "auto.register.schemas";
    private static final String USE_LATEST = "use.latest.version";
    private static final String NORMALIZE = "normalize.schemas";
    private static final String SPECIFIC_READER = "specific.avro.reader";

    private static final ConfigDef KEYS =
            ConfiguredAddress.define(new ConfigDef())
                    .define(AUTO_REGISTER, Type.BOOLEAN, true, Importance.MEDIUM, "Register")
                    .define(USE_LATEST, Type.BOOLEAN, false, Importance.LOW, "Write the newest")
                    .define(NORMALIZE, Type.BOOLEAN, false, Importance.LOW, "Normalize schemas")
                    .define(SPECIFIC_READER, Type.BOOLEAN, false, Importance.MEDIUM, "Classes");

    /** Confluent's keys that would change what happens here, were they not ignored. */
    private static final Map<String, String> REFUSED =
            Map.ofEntries(
                    entry("bearer.auth.credentials.source", "use basic.auth.*"),
                    entry("use.schema.id", "use use.latest.version or auto.register.schemas"),
                    entry("key.schema.id.serializer", "ids are always written before the record"),
                    entry("value.schema.id.serializer", "ids are always written before the record"),
                    entry("schema.reflection", "write generated or generic records"),
                    entry("avro.use.logical.type.converters", "set specific.avro.reader for them"),
                    entry("specific.avro.key.type", "the class of the schema's full name is used"),
                    entry(
                            "specific.avro.value.type",
                            "the class of the schema's full name is used"),
                    entry("proxy.host", "give a URL that is reached directly"),
                    entry("schema.registry.ssl.keystore.location", "use basic.auth.*"),
                    entry(
                            "schema.registry.ssl.truststore.location",
                            "set the JVM's javax.net.ssl.trustStore"));

    /** Reads the configuration of a client; throws {@link ConfigException} naming the key. */
    static RegistrySettings of(Map<String, ?> configs, boolean isKey) {
        REFUSED.forEach(
                (key, instead) -> {
                    var value = configs.get(key);
                    if (value != null && !"false".equals(value.toString())) {
                        throw new ConfigException(
                                key + " is not supported by this serde: remove it; " + instead);
                    }
                });
        var values = new AbstractConfig(KEYS, configs, false);
        return new RegistrySettings(
                ConfiguredAddress.of(values),
                naming(configs, isKey),
                schemaSource(values),
                values.getBoolean(NORMALIZE),
                values.getBoolean(SPECIFIC_READER));
    }

    private static SubjectNaming naming(Map<String, ?> configs, boolean isKey) {
        var key = (isKey ? "key" : "value") + ".subject.name.strategy";
        var value = configs.get(key);
        return value == null ? SubjectNaming.TOPIC : SubjectNaming.of(key, value);
    }

    private static SchemaSource schemaSource(AbstractConfig values) {
        if (values.getBoolean(AUTO_REGISTER)) {
            return SchemaSource.REGISTER;
        }
        return values.getBoolean(USE_LATEST) ? SchemaSource.LATEST : SchemaSource.FIND;
    }
}
