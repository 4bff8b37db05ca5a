package guichet.escalation.conversion;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * E1 and E2 in plain words: whenever asked, it looks anew at all it was told of a contact. A
 * conversation may last 30 minutes, 45 from a midnight on.
 */
final class ConversionOracle {

    enum Kind {
        BEGUN,
        ANSWERED,
        ENDED
    }

    /** One event of a contact. */
    record Told(String contact, Kind kind, Instant at) {}

    /**
     * What a service says of a contact.
     *
     * @param endedAt null where it says that the contact became a ticket, else when it ended
     */
    record Said(String contact, Instant convertedAt, @Nullable Instant endedAt) {}

    private final Instant midnight;
    private final Map<String, List<Told>> known = new TreeMap<>();
    private final Map<String, Instant> converted = new TreeMap<>();
    private final Map<String, Instant> linked = new TreeMap<>();

    ConversionOracle(Instant midnight) {
        this.midnight = midnight;
    }

    /** What is to be said when an event is read. */
    List<Said> read(Told told) {
        known.computeIfAbsent(told.contact(), contact -> new ArrayList<>()).add(told);
        return ofAll(this::link);
    }

    /** What is to be said when the clock has come to an instant. */
    List<Said> reach(Instant now) {
        return ofAll(
                (contact, events) -> {
                    List<Said> said = new ArrayList<>(convert(contact, events, now));
                    said.addAll(link(contact, events));
                    return said;
                });
    }

    private List<Said> ofAll(BiFunction<String, List<Told>, List<Said>> sayings) {
        List<Said> said = new ArrayList<>();
        known.forEach((contact, events) -> said.addAll(sayings.apply(contact, events)));
        return said;
    }

    private List<Said> convert(String contact, List<Told> events, Instant now) {
        Optional<Instant> limit = first(events, Kind.ANSWERED).map(this::limit);
        Optional<Instant> ended = first(events, Kind.ENDED);
        if (converted.containsKey(contact)
                || first(events, Kind.BEGUN).isEmpty()
                || limit.isEmpty()
                || limit.get().isAfter(now)
                || ended.filter(limit.get()::isAfter).isPresent()) {
            return List.of();
        }
        converted.put(contact, limit.get());
        return List.of(new Said(contact, limit.get(), null));
    }

    private List<Said> link(String contact, List<Told> events) {
        Optional<Instant> ended = first(events, Kind.ENDED);
        if (!converted.containsKey(contact) || linked.containsKey(contact) || ended.isEmpty()) {
            return List.of();
        }
        linked.put(contact, ended.get());
        return List.of(new Said(contact, converted.get(contact), ended.get()));
    }

    private Instant limit(Instant answeredAt) {
        return answeredAt.plus(Duration.ofMinutes(answeredAt.isBefore(midnight) ? 30 : 45));
    }

    private static Optional<Instant> first(List<Told> events, Kind kind) {
        return events.stream()
                .filter(told -> told.kind() == kind)
                .map(Told::at)
                .min(Instant::compareTo);
    }
}
