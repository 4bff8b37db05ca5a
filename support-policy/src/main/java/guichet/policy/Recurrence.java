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
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Dates that follow a recurrence rule of RFC 5545.
 *
 * @param rule an RRULE of whole days
 * @param starting the first date that can be one of them, from which intervals and counts run
 * @param until the last date that can be one of them
 */
record Recurrence(String rule, LocalDate starting, LocalDate until) {

    /** The first date that a policy may name, and where rules start that name none. */
    static final LocalDate EARLIEST = LocalDate.of(1970, 1, 1);

    /** The last date that a policy may name: one beyond is a slip. */
    static final LocalDate LATEST = LocalDate.of(2099, 12, 31);

    /** Long after the last single event. */
    private static final LocalDate LAST_TRIED = LATEST.plusYears(30);

    static final LocalDate FOR_EVER = LocalDate.of(9999, 12, 31);

    /** The library walks through every one that it skips. */
    private static final int LONGEST_INTERVAL = 1000;

    private static final int HIGHEST_COUNT = 10_000;

    private static final Set<Freq> OF_DAYS =
            EnumSet.of(Freq.DAILY, Freq.WEEKLY, Freq.MONTHLY, Freq.YEARLY);

    private static final Pattern OTHER_CALENDAR =
            Pattern.compile("RSCALE=(?!GREGORIAN\\b)", Pattern.CASE_INSENSITIVE);

    /**
     * @throws IllegalArgumentException if the rule is malformed, is of parts of days or of another
     *     calendar, comes true never or too rarely, skips or counts too many, or ends outside
     *     {@link #EARLIEST} to {@link #LATEST}
     */
    Recurrence {
        RecurrenceRule parsed = parse(rule);
        if (!OF_DAYS.contains(parsed.getFreq())
                || namesTimes(parsed)
                || OTHER_CALENDAR.matcher(rule).find()) {
            throw new IllegalArgumentException("only whole days can recur: " + rule);
        }
        if (!isInBounds(parsed)) {
            throw new IllegalArgumentException("skips, counts or reaches too far: " + rule);
        }
        if (first(parsed, starting).filter(date -> !date.isAfter(min(until, LATEST))).isEmpty()) {
            throw new IllegalArgumentException("never comes true: " + rule);
        }
    }

    /** Whether a policy may name the date. */
    static boolean mayBeNamed(LocalDate date) {
        return !date.isBefore(EARLIEST) && !date.isAfter(LATEST);
    }

    private static boolean isInBounds(RecurrenceRule rule) {
        return rule.getInterval() <= LONGEST_INTERVAL
                && (rule.getCount() == null || rule.getCount() <= HIGHEST_COUNT)
                && (rule.getUntil() == null || mayBeNamed(date(rule.getUntil())));
    }

    /**
     * The library throws exceptions of many kinds at rules that never come true, and also amid
     * their dates where these lie too far apart for it.
     */
    private static Optional<LocalDate> first(RecurrenceRule rule, LocalDate starting) {
        try {
            RecurrenceRuleIterator occurrences = rule.iterator(dateTime(starting));
            if (!occurrences.hasNext()) {
                return Optional.empty();
            }
            LocalDate first = date(occurrences.nextDateTime());
            LocalDate date = first;
            while (isRare(rule) && occurrences.hasNext() && date.isBefore(LAST_TRIED)) {
                date = date(occurrences.nextDateTime());
            }
            return Optional.of(first);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("comes true never or too rarely: " + rule, e);
        }
    }

    /** Whether there are conditions that may meet on few dates only. */
    private static boolean isRare(RecurrenceRule rule) {
        long conditions =
                Stream.of(
                                Part.BYMONTH,
                                Part.BYWEEKNO,
                                Part.BYYEARDAY,
                                Part.BYMONTHDAY,
                                Part.BYDAY,
                                Part.BYSETPOS)
                        .filter(rule::hasPart)
                        .count();
        boolean skipsDays = rule.getFreq() == Freq.DAILY && rule.getInterval() > 1;
        return conditions > (skipsDays ? 0 : 1);
    }

    /** Whether the dates depend on {@link #starting}, not only on the calendar. */
    boolean needsStart() {
        RecurrenceRule parsed = parse(rule);
        return parsed.getInterval() > 1 || parsed.getCount() != null || !namesDays(parsed);
    }

    /** Otherwise the days are those of {@link #starting}, such as its weekday. */
    private static boolean namesDays(RecurrenceRule rule) {
        return switch (rule.getFreq()) {
            case DAILY -> true;
            case WEEKLY -> rule.hasPart(Part.BYDAY);
            default ->
                    rule.hasPart(Part.BYDAY)
                            || (!rule.hasPart(Part.BYWEEKNO)
                                    && (rule.hasPart(Part.BYMONTHDAY)
                                            || rule.hasPart(Part.BYYEARDAY)));
        };
    }

    /** A date after which it goes on as before for ever, or is over. */
    LocalDate settled() {
        RecurrenceRule parsed = parse(rule);
        if (parsed.getCount() != null) {
            return between(starting, LAST_TRIED).getLast();
        }
        LocalDate end = end(parsed);
        return end.equals(FOR_EVER) ? starting : end;
    }

    /** The dates in {@code [first, last]}, in order. */
    List<LocalDate> between(LocalDate first, LocalDate last) {
        List<LocalDate> dates = new ArrayList<>();
        RecurrenceRule parsed = parse(rule);
        if (first.isAfter(end(parsed)) || last.isBefore(starting)) {
            return dates;
        }
        RecurrenceRuleIterator occurrences = parsed.iterator(dateTime(starting));
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

    private LocalDate end(RecurrenceRule parsed) {
        return parsed.getUntil() == null ? until : min(until, date(parsed.getUntil()));
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
