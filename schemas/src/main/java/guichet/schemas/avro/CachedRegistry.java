package guichet.schemas.avro;

import org.apache.avro.Schema;

/**
 * Asks a registry each question once. Ids and schemas never change, so they are kept for good; the
 * newest schema of a subject does change, and each serializer asks for it anew.
 */
final class CachedRegistry implements SchemaRegistry {

    private record Entry(String subject, Schema schema, boolean normalize) {}

    private final SchemaRegistry registry;
    private final Once<Entry, Integer> registered;
    private final Once<Entry, Integer> found;
    private final Once<Integer, Schema> schemas;

    CachedRegistry(SchemaRegistry registry) {
        this.registry = registry;
        this.registered =
                new Once<>(e -> registry.register(e.subject(), e.schema(), e.normalize()));
        this.found = new Once<>(e -> registry.find(e.subject(), e.schema(), e.normalize()));
        this.schemas = new Once<>(registry::byId);
    }

    @Override
    public int register(String subject, Schema schema, boolean normalize) {
        return registered.get(new Entry(subject, schema, normalize));
    }

    @Override
    public int find(String subject, Schema schema, boolean normalize) {
        return found.get(new Entry(subject, schema, normalize));
    }

    @Override
    public Registered latest(String subject) {
        return registry.latest(subject);
    }

    @Override
    public Schema byId(int id) {
        return schemas.get(id);
    }

    @Override
    public void close() {
        registry.close();
    }
}
