package guichet.policy;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Reads closures and special days. */
final class ClosureReader {

    private ClosureReader() {}

    /** Empty where it has a fault or is switched off. */
    static Optional<ClosureRule> closure(Section rule) {
        Optional<String> name = rule.require("name", "the team meeting").flatMap(Entry::text);
        boolean switchedOff =
                rule.take("switched-off")
                        .flatMap(
                                entry ->
                                        entry.parsed(ClosureReader::yesOrNo, "write true or false"))
                        .orElse(false);
        Optional<Entry> zoneEntry = rule.take("zone");
        Optional<ZoneId> zone = zoneEntry.flatMap(WeekReader::zone);
        Optional<Days> days = new DaysReader(rule).read();
        List<LocalSpan> times =
                rule.take("times").map(ClosureReader::times).orElse(List.of(LocalSpan.WHOLE_DAY));
        boolean whole =
                name.isPresent()
                        && days.isPresent()
                        && !times.isEmpty()
                        && zone.isPresent() == zoneEntry.isPresent();
        return whole && !switchedOff
                ? Optional.of(new ClosureRule(name.get(), days.get(), times, zone))
                : Optional.empty();
    }

    private static List<LocalSpan> times(Entry entry) {
        entry.refuseEmptyList();
        return WeekReader.spans(entry);
    }

    /** Empty where it has a fault. */
    static Optional<SpecialDays> specialDays(Section rule) {
        Optional<String> name = rule.require("name", "Christmas Eve").flatMap(Entry::text);
        List<LocalDate> dates =
                rule.require("dates", "[2026-12-24]").map(DaysReader::dates).orElse(List.of());
        List<LocalSpan> times =
                rule.require("times", "[09:00-12:00]").map(WeekReader::spans).orElse(List.of());
        return name.map(said -> new SpecialDays(said, dates, times));
    }

    private static Optional<Boolean> yesOrNo(String text) {
        return switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }
}
