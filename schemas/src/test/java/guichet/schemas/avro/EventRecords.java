package guichet.schemas.avro;

import guichet.events.TicketCreated;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The generated records of {@code guichet.events}, found beside each other among the classes. */
final class EventRecords {

    private EventRecords() {}

    /** Those that travel on topics: all but the parts that others are made of. */
    static List<Schema> onTopics() {
        var all = classes().stream().map(SpecificData.get()::getSchema).toList();
        var parts = new HashSet<String>();
        all.forEach(schema -> schema.getFields().forEach(field -> collect(field.schema(), parts)));
        return all.stream().filter(schema -> !parts.contains(schema.getFullName())).toList();
    }

    private static List<Class<?>> classes() {
        var packageName = TicketCreated.class.getPackageName();
        try (var files = Files.list(directory(packageName))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.contains("$"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .sorted()
                    .<Class<?>>map(name -> load(packageName + "." + name))
                    .filter(SpecificRecord.class::isAssignableFrom)
                    .toList();
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path directory(String packageName) throws URISyntaxException {
        var root = TicketCreated.class.getProtectionDomain().getCodeSource().getLocation();
        return Path.of(root.toURI()).resolve(packageName.replace('.', '/'));
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void collect(Schema schema, Set<String> records) {
        switch (schema.getType()) {
            case RECORD -> {
                if (records.add(schema.getFullName())) {
                    schema.getFields().forEach(field -> collect(field.schema(), records));
                }
            }
            case ARRAY -> collect(schema.getElementType(), records);
            case MAP -> collect(schema.getValueType(), records);
            case UNION -> schema.getTypes().forEach(type -> collect(type, records));
            default -> {}
        }
    }
}
