package guichet.policy;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The keys and values under one heading of a policy file. It may lie over another section, whose
 * values stand for the keys that it leaves out.
 */
final class Section {

    private final Entry heading;
    private final @Nullable Section below;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Set<String> known = new LinkedHashSet<>();

    private Section(Entry heading, @Nullable Section below) {
        this.heading = heading;
        this.below = below;
    }

    static Section of(Entry heading) {
        return over(null, heading);
    }

    static Section over(@Nullable Section below, Entry heading) {
        Section section = new Section(heading, below);
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
        int line = Entry.lineOf(tuple.getKeyNode());
        Entry entry = new Entry(key, line, tuple.getValueNode(), heading.faults());
        if (entries.putIfAbsent(key, entry) != null) {
            entry.refuse(
                    "'" + key + "' stands twice in '" + heading.name() + "'",
                    "keep one of the two");
        }
    }

    Entry heading() {
        return heading;
    }

    Optional<Entry> take(String key) {
        known.add(key);
        Entry entry = entries.get(key);
        return entry == null && below != null ? below.take(key) : Optional.ofNullable(entry);
    }

    /** As {@link #take}, but only what the section says itself. */
    Optional<Entry> takeOwn(String key) {
        known.add(key);
        return Optional.ofNullable(entries.get(key));
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
        entries.forEach(
                (key, entry) -> {
                    if (!known.contains(key)) {
                        reader.accept(key, entry);
                    }
                });
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
