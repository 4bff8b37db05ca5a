package guichet.policy;

import java.util.List;
import java.util.Set;

/**
 * A value for some lines; an empty set stands for all of its kind. Where several rules fit a line,
 * the one that names the most of language, plan and channel wins.
 *
 * @param row the mission row, or the owner's name for the rule
 * @param entry where the rule stands in the policy file
 */
record Rule<T>(
        String row,
        Entry entry,
        Set<Language> languages,
        Set<Plan> plans,
        Set<Channel> channels,
        T value) {

    boolean fits(Line line) {
        return (languages.isEmpty() || languages.contains(line.language()))
                && (plans.isEmpty() || plans.contains(line.plan()))
                && (channels.isEmpty() || channels.contains(line.channel()));
    }

    /** Those that name the most, of rules that fit. */
    static <T> List<Rule<T>> mostSpecific(List<Rule<T>> fitting) {
        int most = fitting.stream().mapToInt(Rule::specificity).max().orElse(0);
        return fitting.stream().filter(rule -> rule.specificity() == most).toList();
    }

    private int specificity() {
        return (languages.isEmpty() ? 0 : 1)
                + (plans.isEmpty() ? 0 : 1)
                + (channels.isEmpty() ? 0 : 1);
    }
}
