package guichet.policy;

import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.Freq;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRule;
import org.dmfs.rfc5545.recur.RecurrenceRule.Part;
import org.dmfs.rfc5545.recur.RecurrenceRule.RfcMode;
import org.dmfs.rfc5545.recur.RecurrenceRuleIterator;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Dates that follow a recurrence rule of RFC 5545.
 *
 * @param rule an RRULE of whole days
 * @param starting the first date that can be one of them, from which intervals and counts run
 * @param until the last date that can be one of them
 */
record Recurrence(String rule, LocalDate starting, LocalDate until) {

    /** From then on where the policy names no date. */
    static final LocalDate ALWAYS = LocalDate.of(1970, 1, 1);

    static final LocalDate FOR_EVER = LocalDate.of(9999, 12, 31);

    private static final Set<Freq> OF_DAYS =
            EnumSet.of(Freq.DAILY, Freq.WEEKLY, Freq.MONTHLY, Freq.YEARLY);

    /**
     * @throws IllegalArgumentException if the rule is malformed, is of parts of days, or never
     *     comes true
     */
    Recurrence {
        RecurrenceRule parsed = parse(rule);
        if (!OF_DAYS.contains(parsed.getFreq()) || namesTimes(parsed)) {
            throw new IllegalArgumentException("only whole days can recur: " + rule);
        }
        LocalDate first = date(parsed.iterator(dateTime(starting)).nextDateTime());
        if (first.isAfter(until)) {
            throw new IllegalArgumentException("never comes true: " + rule);
        }
    }

    /** Whether the dates depend on {@link #starting}, not only on the calendar. */
    boolean needsStart() {
        RecurrenceRule parsed = parse(rule);
        return parsed.getInterval() > 1 || parsed.getCount() != null;
    }

    /** A date after which it goes on as before for ever, or is over. */
    LocalDate settled() {
        RecurrenceRule parsed = parse(rule);
        if (parsed.getCount() != null) {
            return between(starting, FOR_EVER).getLast();
        }
        LocalDate end = parsed.getUntil() == null ? until : min(until, date(parsed.getUntil()));
        return end.equals(FOR_EVER) ? starting : end;
    }

    /** The dates in {@code [first, last]}, in order. */
    List<LocalDate> between(LocalDate first, LocalDate last) {
        List<LocalDate> dates = new ArrayList<>();
        RecurrenceRuleIterator occurrences = parse(rule).iterator(dateTime(starting));
        occurrences.fastForward(dateTime(first));
        while (occurrences.hasNext()) {
            LocalDate date = date(occurrences.nextDateTime());
            if (date.isAfter(last) || date.isAfter(until)) {
                break;
            }
            dates.add(date);
        }
        return dates;
    }

    /** Not a constant: the library cannot load {@link Part} before {@link RecurrenceRule}. */
    private static boolean namesTimes(RecurrenceRule rule) {
        return Stream.of(Part.BYHOUR, Part.BYMINUTE, Part.BYSECOND).anyMatch(rule::hasPart);
    }

    private static LocalDate min(LocalDate one, LocalDate other) {
        return one.isBefore(other) ? one : other;
    }

    private static RecurrenceRule parse(String rule) {
        try {
            return new RecurrenceRule(rule, RfcMode.RFC5545_STRICT);
        } catch (InvalidRecurrenceRuleException e) {
            throw new IllegalArgumentException("not a recurrence rule: " + rule, e);
        }
    }

    /** The library's months begin with 0. */
    private static DateTime dateTime(LocalDate date) {
        return new DateTime(date.getYear(), date.getMonthValue() - 1, date.getDayOfMonth());
    }

    private static LocalDate date(DateTime dateTime) {
        return LocalDate.of(dateTime.getYear(), dateTime.getMonth() + 1, dateTime.getDayOfMonth());
    }
}
