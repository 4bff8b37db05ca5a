package guichet.policy;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Puts together what the editions say of each line. Lines with the same hours share them, and so
 * the work of laying them out.
 */
final class LineAssembly {

    private static final LocalDate ANY_DATE = LocalDate.of(2024, 1, 1);
    private static final Duration YEAR = Duration.ofDays(366);
    private static final int LONGEST_TARGET_YEARS = 50;

    private final Map<Language, ZoneId> zones;
    private final List<EditionRules> editions;
    private final Map<Line, OpeningHours> hours = new HashMap<>();
    private final List<Map<Line, LinePolicy>> policies = new ArrayList<>();
    private final Set<Rule<?>> faultyRules = new HashSet<>();

    /** Adds the faults of what cannot be put together; lines that have any are left out. */
    LineAssembly(Map<Language, ZoneId> zones, List<EditionRules> editions) {
        this.zones = zones;
        this.editions = editions;
        editions.forEach(edition -> policies.add(new HashMap<>()));
        assemble();
    }

    /** The hours of each line, through all editions. */
    Map<Line, OpeningHours> hours() {
        return hours;
    }

    List<Edition> editions() {
        List<Edition> assembled = new ArrayList<>();
        for (int i = 0; i < editions.size(); i++) {
            EditionRules rules = editions.get(i);
            assembled.add(
                    new Edition(
                            rules.from(),
                            policies.get(i),
                            rules.topics(),
                            rules.priorities(),
                            rules.conversationLimit()));
        }
        return assembled;
    }

    private void assemble() {
        Map<List<Timetable>, OpeningHours> layouts = new HashMap<>();
        for (Line line : Line.all()) {
            List<Timetable> timetables = new ArrayList<>();
            for (int i = 0; i < editions.size(); i++) {
                Timetable timetable = timetable(line, editions.get(i));
                if (timetable != null) {
                    setTarget(line, i, timetable);
                    addUnlessSame(timetables, timetable);
                }
            }
            if (!timetables.isEmpty()) {
                hours.put(
                        line,
                        layouts.computeIfAbsent(
                                timetables, laidOut -> new OpeningHours(laidOut, List.of())));
            }
        }
    }

    private @Nullable Timetable timetable(Line line, EditionRules edition) {
        ZoneId zone = zones.get(line.language());
        Rule<Week> week = edition.weeks().get(line);
        if (zone == null || week == null) {
            return null;
        }
        long from =
                edition.from().equals(Instant.MIN)
                        ? Long.MIN_VALUE
                        : edition.from().getEpochSecond();
        LocalHours localHours =
                new LocalHours(week.row(), zone, week.value(), specialDays(line, edition));
        List<Closure.OnDays> closures =
                edition.closures().stream()
                        .filter(rule -> rule.fits(line))
                        .map(rule -> rule.value().in(rule.row(), zone))
                        .toList();
        return new Timetable(from, localHours, closures);
    }

    private Map<LocalDate, SpecialDay> specialDays(Line line, EditionRules edition) {
        Map<LocalDate, Rule<SpecialDays>> chosen = new HashMap<>();
        for (Rule<SpecialDays> rule : edition.specialDays()) {
            if (rule.fits(line)) {
                rule.value().dates().forEach(date -> choose(chosen, date, rule, line));
            }
        }
        Map<LocalDate, SpecialDay> days = new HashMap<>();
        chosen.forEach(
                (date, rule) ->
                        days.put(
                                date,
                                new SpecialDay(
                                        rule.row(), rule.value().name(), rule.value().times())));
        return days;
    }

    private void choose(
            Map<LocalDate, Rule<SpecialDays>> chosen,
            LocalDate date,
            Rule<SpecialDays> rule,
            Line line) {
        Rule<SpecialDays> other = chosen.get(date);
        if (other == null || other.specificity() < rule.specificity()) {
            chosen.put(date, rule);
        } else if (other.specificity() == rule.specificity()) {
            refuse(
                    rule,
                    "this rule and that of line "
                            + other.entry().line()
                            + " fit "
                            + line
                            + " equally well on "
                            + date,
                    "let one of the two name fewer languages, plans or channels");
        }
    }

    private static void addUnlessSame(List<Timetable> timetables, Timetable next) {
        if (timetables.isEmpty() || !timetables.getLast().saysTheSameAs(next)) {
            timetables.add(next);
        }
    }

    private void setTarget(Line line, int edition, Timetable timetable) {
        EditionRules rules = editions.get(edition);
        Duration yearly = yearly(timetable);
        if (yearly.isZero()) {
            refuse(
                    requireNonNull(rules.weeks().get(line)),
                    line + " never opens",
                    "give it spans that its closures leave open");
            return;
        }
        Rule<Target> target = rules.targets().get(line);
        if (target == null) {
            return;
        }
        if (target.value() instanceof Target.OpenTime(Duration allowed)
                && allowed.compareTo(yearly.multipliedBy(LONGEST_TARGET_YEARS)) > 0) {
            refuse(
                    target,
                    "for " + line + " this takes more than " + LONGEST_TARGET_YEARS + " years",
                    "allow less open time");
        }
        policies.get(edition)
                .put(
                        line,
                        new LinePolicy(
                                target.value(), rules.dueSoon(), applied(line, target, timetable)));
    }

    /** The open time of a year in which all that happens once is over. */
    private static Duration yearly(Timetable timetable) {
        LocalDate settled =
                Stream.of(
                                timetable.hours().specialDays().keySet().stream(),
                                timetable.closures().stream().map(Closure.OnDays::settled),
                                Stream.of(ANY_DATE))
                        .flatMap(dates -> dates)
                        .max(Comparator.naturalOrder())
                        .orElseThrow();
        Instant start = settled.plusDays(2).atStartOfDay(timetable.hours().zone()).toInstant();
        Spans open = timetable.between(start.getEpochSecond(), start.plus(YEAR).getEpochSecond());
        return Duration.ofSeconds(open.total());
    }

    private static List<AppliedRule> applied(Line line, Rule<Target> target, Timetable timetable) {
        List<AppliedRule> rules = new ArrayList<>();
        String plan = target.plans().isEmpty() ? "" : line.plan() + " ";
        String channel = Entry.nameOf(line.channel());
        rules.add(new AppliedRule(target.row(), plan + channel + ", " + target.value()));
        rules.add(new AppliedRule(timetable.hours().row(), line + " " + timetable.hours()));
        timetable.closures().forEach(it -> rules.add(new AppliedRule(it.row(), it.toString())));
        return rules;
    }

    /** Reports a rule once, however many lines it spoils. */
    private void refuse(Rule<?> rule, String problem, String remedy) {
        if (faultyRules.add(rule)) {
            rule.entry().refuse(problem, remedy);
        }
    }
}
