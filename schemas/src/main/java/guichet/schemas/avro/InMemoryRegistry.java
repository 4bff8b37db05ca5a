package guichet.schemas.avro;

import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The registry behind {@code mock://scope}, for tests: everyone in the JVM who names the scope sees
 * the same schemas. It takes any schema; compatibility is not judged.
 */
final class InMemoryRegistry implements SchemaRegistry {

    private static final Map<String, InMemoryRegistry> SCOPES = new ConcurrentHashMap<>();

    private final String scope;
    private final List<Schema> schemas = new ArrayList<>();
    private final Map<String, Integer> ids = new HashMap<>();
    private final Map<String, LinkedHashMap<Integer, Schema>> subjects = new HashMap<>();

    private InMemoryRegistry(String scope) {
        this.scope = scope;
    }

    static InMemoryRegistry scope(String scope) {
        return SCOPES.computeIfAbsent(scope, InMemoryRegistry::new);
    }

    @Override
    public synchronized int register(String subject, Schema schema, boolean normalize) {
        int id =
                ids.computeIfAbsent(
                        schema.toString(),
                        _ -> {
                            schemas.add(schema);
                            return schemas.size();
                        });
        subjects.computeIfAbsent(subject, _ -> new LinkedHashMap<>()).putIfAbsent(id, schema);
        return id;
    }

    @Override
    public synchronized int find(String subject, Schema schema, boolean normalize) {
        var id = ids.get(schema.toString());
        if (id == null || !versions(subject).containsKey(id)) {
            throw missing(
                    "subject " + subject + " does not have the schema of " + schema.getFullName());
        }
        return id;
    }

    @Override
    public synchronized Registered latest(String subject) {
        var versions = versions(subject);
        if (versions.isEmpty()) {
            throw missing("there is no subject " + subject);
        }
        var newest = versions.lastEntry();
        return new Registered(newest.getKey(), newest.getValue());
    }

    @Override
    public synchronized Schema byId(int id) {
        if (id < 1 || id > schemas.size()) {
            throw missing("there is no schema with id " + id);
        }
        return schemas.get(id - 1);
    }

    private LinkedHashMap<Integer, Schema> versions(String subject) {
        return subjects.getOrDefault(subject, new LinkedHashMap<>());
    }

    private SerializationException missing(String what) {
        return new SerializationException("mock://" + scope + ": " + what);
    }
}
