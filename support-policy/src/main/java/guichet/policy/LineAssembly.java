package guichet.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts together what the rules say of each line. Lines with the same hours share them, and so the
 * work of laying them out.
 */
final class LineAssembly {

    /** Rules recur weekly, so any year tells whether a line ever opens, and how much. */
    private static final Instant SAMPLE_START = Instant.parse("2024-01-01T00:00:00Z");

    private static final Instant SAMPLE_END = Instant.parse("2025-01-01T00:00:00Z");
    private static final int LONGEST_TARGET_YEARS = 50;

    private final Map<Language, ZoneId> zones;
    private final Map<Line, Rule<Week>> weeks;
    private final List<Rule<Closure>> closures;
    private final Map<Line, Rule<Target>> targets;
    private final Share dueSoon;
    private final Faults faults;
    private final Map<Layout, OpeningHours> hours = new HashMap<>();
    private final Set<Integer> faultyRules = new HashSet<>();

    private record Layout(WeeklySpans weekly, List<Closure> closures) {

        OpeningHours hours() {
            return new OpeningHours(weekly, closures);
        }
    }

    LineAssembly(
            Map<Language, ZoneId> zones,
            Map<Line, Rule<Week>> weeks,
            List<Rule<Closure>> closures,
            Map<Line, Rule<Target>> targets,
            Share dueSoon,
            Faults faults) {
        this.zones = zones;
        this.weeks = weeks;
        this.closures = closures;
        this.targets = targets;
        this.dueSoon = dueSoon;
        this.faults = faults;
    }

    /** What holds for each line; lines of which a part cannot be used are left out. */
    Map<Line, LinePolicy> assemble() {
        Map<Line, LinePolicy> lines = new HashMap<>();
        for (Line line : Line.all()) {
            ZoneId zone = zones.get(line.language());
            Rule<Week> week = weeks.get(line);
            if (zone != null && week != null) {
                assemble(line, zone, week).ifPresent(policy -> lines.put(line, policy));
            }
        }
        return lines;
    }

    private Optional<LinePolicy> assemble(Line line, ZoneId zone, Rule<Week> week) {
        List<Rule<Closure>> fitting = closures.stream().filter(rule -> rule.fits(line)).toList();
        Layout layout =
                new Layout(
                        new WeeklySpans(zone, week.value()),
                        fitting.stream().map(Rule::value).toList());
        OpeningHours open = hours.computeIfAbsent(layout, Layout::hours);
        Duration yearly = open.openTime(SAMPLE_START, SAMPLE_END);
        if (yearly.isZero()) {
            refuse(week, line + " never opens", "give it spans that its closures leave open");
            return Optional.empty();
        }
        Rule<Target> target = targets.get(line);
        if (target == null) {
            return Optional.empty();
        }
        if (target.value() instanceof Target.OpenTime(Duration allowed)
                && allowed.compareTo(yearly.multipliedBy(LONGEST_TARGET_YEARS)) > 0) {
            refuse(
                    target,
                    "for " + line + " this takes more than " + LONGEST_TARGET_YEARS + " years",
                    "allow less open time");
        }
        return Optional.of(
                new LinePolicy(
                        open, target.value(), dueSoon, reasons(line, target, week, zone, fitting)));
    }

    private static List<String> reasons(
            Line line,
            Rule<Target> target,
            Rule<Week> week,
            ZoneId zone,
            List<Rule<Closure>> closures) {
        List<String> reasons = new ArrayList<>();
        String plan = target.plans().isEmpty() ? "" : line.plan() + " ";
        String channel = Entry.nameOf(line.channel());
        reasons.add(target.row() + ": " + plan + channel + ", " + target.value());
        reasons.add(week.row() + ": " + line + " " + week.value() + " " + zone);
        closures.forEach(closure -> reasons.add(closure.row() + ": " + closure.value()));
        return List.copyOf(reasons);
    }

    /** Reports a rule once, however many lines it spoils. */
    private void refuse(Rule<?> rule, String problem, String remedy) {
        if (faultyRules.add(rule.fileLine())) {
            faults.add(rule.fileLine(), problem, remedy);
        }
    }
}
