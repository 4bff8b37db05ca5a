package guichet.policy;

import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A value in a policy file that knows where it stands. What cannot be read becomes a fault and an
 * empty answer, so that reading goes on.
 *
 * @param name the key it stands under, for faults
 * @param line where it begins, from 1; that of the key where it has one
 */
record Entry(String name, int line, Node node, Faults faults) {

    private static final String DURATION_FORM = "write, for example, 8 seconds, 15 minutes, 1 hour";

    static int lineOf(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    void refuse(String problem, String remedy) {
        faults.add(line, problem, remedy);
    }

    void refuseEmptyList() {
        if (node instanceof SequenceNode sequence && sequence.getValue().isEmpty()) {
            refuse("'" + name + "' names none", "leave it out, or name some");
        }
    }

    Section section() {
        return Section.of(this);
    }

    Optional<String> text() {
        if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
            return Optional.of(scalar.getValue().strip());
        }
        refuse("'" + name + "' has no value", "write one beside it, on the same line");
        return Optional.empty();
    }

    List<Entry> items() {
        if (!(node instanceof SequenceNode sequence)) {
            refuse("'" + name + "' is not a list", "write its items in [ ] or one a line after -");
            return List.of();
        }
        return sequence.getValue().stream()
                .map(item -> new Entry(name, lineOf(item), item, faults))
                .toList();
    }

    /** The items of a list, which must not be empty, or the value itself where it is none. */
    List<Entry> oneOrMore() {
        refuseEmptyList();
        return node instanceof SequenceNode ? items() : List.of(this);
    }

    /** The text as {@code parse} reads it; where it answers nothing or cannot, a fault. */
    <T> Optional<T> parsed(Function<String, Optional<T>> parse, String remedy) {
        Optional<String> text = text();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<T> value;
        try {
            value = parse.apply(text.get());
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException unreadable) {
            value = Optional.empty();
        }
        if (value.isEmpty()) {
            refuse("'" + text.get() + "' is not a valid '" + name + "'", remedy);
        }
        return value;
    }

    Optional<Duration> duration() {
        return parsed(Durations::parse, DURATION_FORM);
    }

    Optional<Duration> positiveDuration() {
        return parsed(
                text -> Durations.parse(text).filter(Duration::isPositive),
                DURATION_FORM + ", and more than none");
    }

    <E extends Enum<E>> Optional<E> oneOf(Class<E> type) {
        return parsed(
                text ->
                        Arrays.stream(type.getEnumConstants())
                                .filter(constant -> nameOf(constant).equals(text))
                                .findFirst(),
                "use one of " + namesOf(type));
    }

    <E extends Enum<E>> Set<E> someOf(Class<E> type) {
        refuseEmptyList();
        return items().stream()
                .flatMap(item -> item.oneOf(type).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    static String nameOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static <E extends Enum<E>> String namesOf(Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(Entry::nameOf)
                .collect(Collectors.joining(", "));
    }
}
