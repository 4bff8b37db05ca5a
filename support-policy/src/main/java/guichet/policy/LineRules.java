package guichet.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Rules of one kind, of which exactly one holds for each line: the most specific that fits.
 *
 * @param heading where the rules stand in the policy file
 */
record LineRules<T>(Entry heading, List<Rule<T>> rules) {

    /** The rule of each line; lines that no rule or no single rule fits are faults and left out. */
    Map<Line, Rule<T>> byLine() {
        Map<Line, Rule<T>> chosen = new HashMap<>();
        List<Line> withoutRule = new ArrayList<>();
        Set<Rule<T>> reportedTies = new HashSet<>();
        for (Line line : Line.all()) {
            List<Rule<T>> best =
                    Rule.mostSpecific(rules.stream().filter(rule -> rule.fits(line)).toList());
            if (best.isEmpty()) {
                withoutRule.add(line);
            } else if (best.size() == 1) {
                chosen.put(line, best.getFirst());
            } else if (reportedTies.add(best.getLast())) {
                reportTie(line, best);
            }
        }
        if (!withoutRule.isEmpty()) {
            heading.refuse(
                    "no rule in '" + heading.name() + "' fits " + inWords(withoutRule),
                    "add one for these, or one for all lines");
        }
        return chosen;
    }

    private void reportTie(Line line, List<Rule<T>> best) {
        best.getLast()
                .entry()
                .refuse(
                        "this rule and that of line "
                                + best.getFirst().entry().line()
                                + " fit "
                                + line
                                + " equally well",
                        "let one of the two name fewer languages, plans or channels");
    }

    private static String inWords(List<Line> lines) {
        String first =
                lines.stream().limit(3).map(Line::toString).collect(Collectors.joining(", "));
        return lines.size() <= 3 ? first : first + " and " + (lines.size() - 3) + " more lines";
    }
}
