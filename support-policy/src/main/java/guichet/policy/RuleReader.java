package guichet.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads a list of rules: each names its row and, where it is not for all, its lines. */
final class RuleReader {

    private RuleReader() {}

    /**
     * The rule that holds for each line. Where a rule cannot be read, the answer is empty: which
     * lines it leaves bare would be noise.
     *
     * @param value reads what the rule says, next to its row and lines
     */
    static <T> Map<Line, Rule<T>> byLine(Entry heading, Function<Section, Optional<T>> value) {
        List<Entry> items = heading.items();
        List<Rule<T>> rules = all(items, value);
        return rules.size() == items.size() ? new LineRules<>(heading, rules).byLine() : Map.of();
    }

    /** All the rules that can be read. */
    static <T> List<Rule<T>> all(List<Entry> items, Function<Section, Optional<T>> value) {
        List<Rule<T>> rules = new ArrayList<>();
        for (Entry item : items) {
            Section section = item.section();
            Optional<String> row = section.require("row", "H1").flatMap(Entry::text);
            int faultsBefore = item.faults().count();
            Set<Language> languages = some(section, "languages", Language.class);
            Set<Plan> plans = some(section, "plans", Plan.class);
            Set<Channel> channels = some(section, "channels", Channel.class);
            boolean linesAreRead = item.faults().count() == faultsBefore;
            Optional<T> said = value.apply(section);
            section.refuseOthers();
            if (row.isPresent() && linesAreRead && said.isPresent()) {
                rules.add(new Rule<>(row.get(), item, languages, plans, channels, said.get()));
            }
        }
        return rules;
    }

    private static <E extends Enum<E>> Set<E> some(Section section, String key, Class<E> type) {
        return section.take(key).map(entry -> entry.someOf(type)).orElse(Set.of());
    }
}
