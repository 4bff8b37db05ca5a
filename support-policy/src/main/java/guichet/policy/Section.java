package guichet.policy;

import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The keys and values under one heading of a policy file. Each key may be taken once. */
final class Section {

    private final Entry heading;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final List<String> known = new ArrayList<>();

    private Section(Entry heading) {
        this.heading = heading;
    }

    static Section of(Entry heading) {
        Section section = new Section(heading);
        if (heading.node() instanceof MappingNode mapping) {
            mapping.getValue().forEach(section::add);
        } else {
            heading.refuse(
                    "'" + heading.name() + "' has no keys", "write 'key: value' lines under it");
        }
        return section;
    }

    private void add(NodeTuple tuple) {
        String key = tuple.getKeyNode() instanceof ScalarNode name ? name.getValue() : "?";
        Entry entry = new Entry(key, tuple.getValueNode(), heading.faults());
        if (entries.putIfAbsent(key, entry) != null) {
            heading.faults()
                    .add(
                            tuple.getKeyNode().getStartMark().getLine() + 1,
                            "'" + key + "' stands twice in '" + heading.name() + "'",
                            "keep one of the two");
        }
    }

    int line() {
        return heading.line();
    }

    Optional<Entry> take(String key) {
        known.add(key);
        return Optional.ofNullable(entries.remove(key));
    }

    Optional<Entry> require(String key, String example) {
        Optional<Entry> entry = take(key);
        if (entry.isEmpty()) {
            heading.refuse(
                    "'" + key + "' is missing in '" + heading.name() + "'",
                    "add, for example, '" + key + ": " + example + "'");
        }
        return entry;
    }

    /** All entries that have not been taken, in the order of the file. */
    void forEach(BiConsumer<String, Entry> reader) {
        entries.forEach(reader);
        entries.clear();
    }

    /** The values under the names of constants, all of which must be there. */
    <E extends Enum<E>, T> Map<E, T> all(Class<E> type, Function<Entry, Optional<T>> value) {
        return byConstant(type, value, constant -> require(Entry.nameOf(constant), "..."));
    }

    /** The values under the names of constants, any of which may be missing. */
    <E extends Enum<E>, T> Map<E, T> any(Class<E> type, Function<Entry, Optional<T>> value) {
        return byConstant(type, value, constant -> take(Entry.nameOf(constant)));
    }

    private <E extends Enum<E>, T> Map<E, T> byConstant(
            Class<E> type,
            Function<Entry, Optional<T>> value,
            Function<E, Optional<Entry>> entryOf) {
        Map<E, T> values = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            entryOf.apply(constant).flatMap(value).ifPresent(read -> values.put(constant, read));
        }
        refuseOthers();
        return Collections.unmodifiableMap(values);
    }

    /** Reports the keys that nobody has taken. */
    void refuseOthers() {
        forEach(
                (key, entry) ->
                        entry.refuse(
                                "'" + key + "' is unknown in '" + heading.name() + "'",
                                "use one of " + String.join(", ", known)));
    }
}
