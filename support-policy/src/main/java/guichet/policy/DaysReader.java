package guichet.policy;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads the days of a closure. One key says which: {@code weekly}, {@code monthly}, {@code yearly},
 * {@code dates} or {@code recurrence}; {@code every}, {@code starting} and {@code until} say more
 * of those that recur.
 */
final class DaysReader {

    private static final List<String> KINDS =
            List.of("weekly", "monthly", "yearly", "dates", "recurrence");
    private static final Map<String, Integer> ORDINALS =
            Map.of("first", 1, "second", 2, "third", 3, "fourth", 4, "fifth", 5, "last", -1);
    private static final Map<String, String> UNITS = Map.of("weekly", "weeks", "monthly", "months");
    private static final Pattern EVERY = Pattern.compile("([2-9]|[1-9]\\d) (weeks|months)");

    private final Section rule;

    DaysReader(Section rule) {
        this.rule = rule;
    }

    /** The dates of a list. */
    static List<LocalDate> dates(Entry entry) {
        return entry.oneOrMore().stream().flatMap(item -> date(item).stream()).distinct().toList();
    }

    /** Empty where they have a fault. */
    Optional<Days> read() {
        List<Entry> kinds = KINDS.stream().flatMap(kind -> rule.take(kind).stream()).toList();
        if (kinds.size() != 1) {
            rule.heading()
                    .refuse(
                            kinds.isEmpty()
                                    ? "this does not say on which days"
                                    : "this says on which days more than once",
                            "keep one of " + String.join(", ", KINDS));
            return Optional.empty();
        }
        Entry kind = kinds.getFirst();
        return switch (kind.name()) {
            case "dates" -> single(kind);
            case "weekly" -> recurring(kind, "a weekday or a run of them, such as tue or mon-fri");
            case "monthly" -> recurring(kind, "such as first tue or last fri");
            case "yearly" -> recurring(kind, "a month and a day, such as 12-25");
            default ->
                    recurring(
                            kind,
                            "an RRULE of days, such as FREQ=MONTHLY;BYMONTHDAY=1, with an INTERVAL up to"
                                    + " 1000, a COUNT up to 10000, an UNTIL in the years 1970 to"
                                    + " 2099, and FREQ=YEARLY where its dates are rare");
        };
    }

    private static Optional<Days> single(Entry kind) {
        List<LocalDate> dates = dates(kind);
        String words =
                dates.size() == 1 ? "on " + dates.getFirst() : "on " + dates.size() + " dates";
        return dates.isEmpty() ? Optional.empty() : Optional.of(new Days(words, List.of(), dates));
    }

    private Optional<Days> recurring(Entry kind, String form) {
        int faultsBefore = kind.faults().count();
        Optional<Entry> every = rule.take("every");
        String interval =
                every.flatMap(
                                entry ->
                                        entry.parsed(
                                                text -> interval(kind.name(), text),
                                                "write, for example, 2 weeks beside 'weekly' or"
                                                        + " 3 months beside 'monthly'"))
                        .orElse("");
        Optional<Entry> starting = rule.take("starting");
        LocalDate from = starting.flatMap(DaysReader::date).orElse(Recurrence.EARLIEST);
        Optional<Entry> ending = rule.take("until");
        LocalDate until = ending.flatMap(DaysReader::date).orElse(Recurrence.FOR_EVER);
        if (ending.isPresent() && until.isBefore(from)) {
            ending.get().refuse("'until' is before 'starting'", "put the later date here");
            return Optional.empty();
        }
        List<String> said = new ArrayList<>();
        List<Recurrence> recurrences = new ArrayList<>();
        for (Entry item : kind.oneOrMore()) {
            item.text().ifPresent(said::add);
            item.parsed(
                            text -> {
                                String rrule = rrule(kind.name(), text) + interval;
                                return Optional.of(new Recurrence(rrule, from, until));
                            },
                            "write " + form + "; it must come true before it ends")
                    .ifPresent(recurrences::add);
        }
        if (starting.isEmpty() && recurrences.stream().anyMatch(Recurrence::needsStart)) {
            kind.refuse(
                    "'" + kind.name() + "' does not say from when to count",
                    "add 'starting' with the first date");
        }
        return kind.faults().count() == faultsBefore && !recurrences.isEmpty()
                ? Optional.of(
                        new Days(
                                kind.name()
                                        + " "
                                        + String.join(", ", said)
                                        + every.flatMap(Entry::text)
                                                .map(text -> ", every " + text)
                                                .orElse(""),
                                recurrences,
                                List.of()))
                : Optional.empty();
    }

    private static Optional<LocalDate> date(Entry entry) {
        return entry.parsed(
                text -> Optional.of(LocalDate.parse(text)).filter(Recurrence::mayBeNamed),
                "write a date such as 2026-12-24, in the years 1970 to 2099");
    }

    private static Optional<String> interval(String kind, String text) {
        Matcher form = EVERY.matcher(text);
        return form.matches() && form.group(2).equals(UNITS.get(kind))
                ? Optional.of(";INTERVAL=" + form.group(1))
                : Optional.empty();
    }

    /**
     * @throws IllegalArgumentException if the text is not of the kind's form
     * @throws java.time.DateTimeException if it names no day of a year
     */
    private static String rrule(String kind, String text) {
        return switch (kind) {
            case "weekly" -> "FREQ=WEEKLY;BYDAY=" + weekdays(text);
            case "monthly" -> "FREQ=MONTHLY;BYDAY=" + weekdayOfMonth(text);
            case "yearly" -> {
                MonthDay day = MonthDay.parse("--" + text);
                yield "FREQ=YEARLY;BYMONTH=%d;BYMONTHDAY=%d"
                        .formatted(day.getMonthValue(), day.getDayOfMonth());
            }
            default -> text;
        };
    }

    private static String weekdays(String text) {
        List<DayOfWeek> days = WeekReader.days(text);
        if (days.isEmpty()) {
            throw new IllegalArgumentException("no weekday: " + text);
        }
        return days.stream().map(DaysReader::rfcName).collect(Collectors.joining(","));
    }

    private static String weekdayOfMonth(String text) {
        String[] words = text.split(" ", -1);
        Integer ordinal = ORDINALS.get(words[0]);
        if (words.length != 2 || ordinal == null) {
            throw new IllegalArgumentException("no weekday of a month: " + text);
        }
        List<DayOfWeek> days = WeekReader.days(words[1]);
        if (days.size() != 1) {
            throw new IllegalArgumentException("no single weekday: " + text);
        }
        return ordinal + rfcName(days.getFirst());
    }

    private static String rfcName(DayOfWeek day) {
        return day.name().substring(0, 2);
    }
}
