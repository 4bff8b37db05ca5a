package guichet.schemas.avro;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificFixed;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.kafka.common.errors.SerializationException;

/**
 * The generated classes that records may be read into. Since 1.12.2 Avro loads no class that the
 * JVM does not declare as trusted, its own generated ones included. Here these are trusted, for the
 * whole JVM and in addition to what already is: a schema can then name no class but one that Avro
 * made.
 */
final class GeneratedClasses {

    static {
        ClassSecurityValidator.setGlobal(
                ClassSecurityValidator.composite(
                        ClassSecurityValidator.getGlobal(), GeneratedClasses::isGenerated));
    }

    private GeneratedClasses() {}

    /** The generated record class of the schema's full name. */
    static Class<?> of(Schema schema) {
        try {
            var type = SpecificData.get().getClass(schema);
            if (type != null && SpecificRecord.class.isAssignableFrom(type)) {
                return type;
            }
        } catch (SecurityException _) {
            // A class of that name, but not a generated one.
        }
        throw new SerializationException(
                "There is no generated class "
                        + schema.getFullName()
                        + ": add it to the class path, or set specific.avro.reader to false");
    }

    private static boolean isGenerated(Class<?> type) {
        return SpecificRecord.class.isAssignableFrom(type)
                || SpecificFixed.class.isAssignableFrom(type)
                || (type.isEnum() && GenericEnumSymbol.class.isAssignableFrom(type));
    }
}
