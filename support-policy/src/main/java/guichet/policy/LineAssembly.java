package guichet.policy;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * Puts together what the editions say of each line. Lines with the same hours share them, and so
 * the work of laying them out.
 */
final class LineAssembly {

    private static final int LONGEST_TARGET_YEARS = 50;

    private final Map<Language, ZoneId> zones;
    private final List<EditionRules> editions;
    private final Map<Line, OpeningHours> hours = new HashMap<>();
    private final List<Map<Line, LinePolicy>> policies = new ArrayList<>();
    private final Map<Timetable, SettledYears> settledYears = new HashMap<>();
    private final Map<List<Timetable>, OpeningHours> layouts = new HashMap<>();
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
                            rules.conversationLimit(),
                            rules.offers()));
        }
        return assembled;
    }

    /** A line of which an edition says nothing readable is a fault already. */
    private void assemble() {
        for (Line line : Line.all()) {
            List<Timetable> timetables =
                    editions.stream()
                            .map(edition -> timetable(line, edition))
                            .flatMap(Optional::stream)
                            .toList();
            if (timetables.size() == editions.size()) {
                assemble(line, timetables);
            }
        }
    }

    /** Only the last edition has to open the line for ever; clocks run on into it. */
    private void assemble(Line line, List<Timetable> timetables) {
        Timetable last = timetables.getLast();
        SettledYears years = settledYears.computeIfAbsent(last, SettledYears::of);
        if (years.neverOpen()) {
            refuseShut(line, last);
            return;
        }
        for (int i = 0; i < editions.size(); i++) {
            setTarget(line, i, timetables.get(i), years);
        }
        hours.put(
                line,
                layouts.computeIfAbsent(
                        withoutRepetition(timetables),
                        laidOut -> new OpeningHours(laidOut, List.of())));
    }

    private void refuseShut(Line line, Timetable timetable) {
        EditionRules edition = editions.getLast();
        OptionalInt shutting = SettledYears.lastToShut(timetable);
        if (shutting.isPresent()) {
            refuse(
                    closures(line, edition).get(shutting.getAsInt()),
                    "with this closure " + line + " never opens",
                    "let it end, or leave some of the hours open");
        } else {
            refuse(
                    requireNonNull(edition.weeks().get(line)),
                    line + " never opens",
                    "give it spans of time");
        }
    }

    private Optional<Timetable> timetable(Line line, EditionRules edition) {
        ZoneId zone = zones.get(line.language());
        Rule<Week> week = edition.weeks().get(line);
        if (zone == null || week == null) {
            return Optional.empty();
        }
        long from =
                edition.from().equals(Instant.MIN)
                        ? Long.MIN_VALUE
                        : edition.from().getEpochSecond();
        LocalHours localHours =
                new LocalHours(week.row(), zone, week.value(), specialDays(line, edition));
        List<Closure.OnDays> closures =
                closures(line, edition).stream()
                        .map(rule -> rule.value().in(rule.row(), zone))
                        .toList();
        return Optional.of(new Timetable(from, localHours, closures));
    }

    private static List<Rule<ClosureRule>> closures(Line line, EditionRules edition) {
        return edition.closures().stream().filter(rule -> rule.fits(line)).toList();
    }

    private Map<LocalDate, SpecialDay> specialDays(Line line, EditionRules edition) {
        Map<LocalDate, List<Rule<SpecialDays>>> fitting = new TreeMap<>();
        for (Rule<SpecialDays> rule : edition.specialDays()) {
            if (rule.fits(line)) {
                rule.value()
                        .dates()
                        .forEach(
                                date ->
                                        fitting.computeIfAbsent(date, day -> new ArrayList<>())
                                                .add(rule));
            }
        }
        Map<LocalDate, SpecialDay> days = new HashMap<>();
        fitting.forEach(
                (date, rules) -> days.put(date, specialDay(Rule.mostSpecific(rules), date, line)));
        return days;
    }

    private SpecialDay specialDay(List<Rule<SpecialDays>> best, LocalDate date, Line line) {
        Rule<SpecialDays> rule = best.getFirst();
        if (best.size() > 1) {
            refuse(
                    best.getLast(),
                    "this rule and that of line "
                            + rule.entry().line()
                            + " fit "
                            + line
                            + " equally well on "
                            + date,
                    "let one of the two name fewer languages, plans or channels");
        }
        return new SpecialDay(rule.row(), rule.value().name(), rule.value().times());
    }

    private static List<Timetable> withoutRepetition(List<Timetable> timetables) {
        List<Timetable> kept = new ArrayList<>();
        for (Timetable next : timetables) {
            if (kept.isEmpty() || !kept.getLast().saysTheSameAs(next)) {
                kept.add(next);
            }
        }
        return kept;
    }

    private void setTarget(Line line, int edition, Timetable timetable, SettledYears years) {
        EditionRules rules = editions.get(edition);
        Rule<Target> target = rules.targets().get(line);
        if (target == null) {
            return;
        }
        if (years.areExceededBy(target.value(), LONGEST_TARGET_YEARS)) {
            refuse(
                    target,
                    "for " + line + " this takes more than " + LONGEST_TARGET_YEARS + " years",
                    "allow less");
        }
        policies.get(edition)
                .put(
                        line,
                        new LinePolicy(
                                target.value(), rules.dueSoon(), applied(line, target, timetable)));
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
