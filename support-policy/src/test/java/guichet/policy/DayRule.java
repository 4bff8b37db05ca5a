package guichet.policy;

import static java.util.stream.Collectors.joining;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Set;

/**
 * The days of a closure, told twice: to the policy as a recurrence rule, and by the arithmetic of
 * dates, which is what the policy is held to.
 */
sealed interface DayRule {

    boolean includes(LocalDate date);

    /** The same for the policy. */
    Days days();

    /** These weekdays of every nth week, counted from that of {@code starting}. */
    record Weekly(Set<DayOfWeek> weekdays, int every, LocalDate starting, LocalDate until)
            implements DayRule {

        @Override
        public boolean includes(LocalDate date) {
            return within(starting, date, until)
                    && weekdays.contains(date.getDayOfWeek())
                    && ChronoUnit.WEEKS.between(monday(starting), monday(date)) % every == 0;
        }

        @Override
        public Days days() {
            String names = weekdays.stream().map(DayRule::rfcName).collect(joining(","));
            return recurring("FREQ=WEEKLY;BYDAY=" + names + ";INTERVAL=" + every, starting, until);
        }

        private static LocalDate monday(LocalDate date) {
            return date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        }
    }

    /**
     * A weekday of every nth month.
     *
     * @param ordinal 1 to 5, in months that have so many; -1 is the last
     */
    record WeekdayOfMonth(
            int ordinal, DayOfWeek weekday, int every, LocalDate starting, LocalDate until)
            implements DayRule {

        @Override
        public boolean includes(LocalDate date) {
            return within(starting, date, until)
                    && everyMonths(starting, date, every)
                    && date.getDayOfWeek() == weekday
                    && (ordinal < 0
                            ? date.getDayOfMonth() > date.lengthOfMonth() - 7
                            : (date.getDayOfMonth() - 1) / 7 == ordinal - 1);
        }

        @Override
        public Days days() {
            String day = ordinal + rfcName(weekday);
            return recurring("FREQ=MONTHLY;BYDAY=" + day + ";INTERVAL=" + every, starting, until);
        }
    }

    /**
     * A day of every nth month.
     *
     * @param day 1 to 31, in months that have so many; -1 to -28 count from the end
     */
    record DayOfMonth(int day, int every, LocalDate starting, LocalDate until) implements DayRule {

        @Override
        public boolean includes(LocalDate date) {
            return within(starting, date, until)
                    && everyMonths(starting, date, every)
                    && date.getDayOfMonth() == (day > 0 ? day : date.lengthOfMonth() + 1 + day);
        }

        @Override
        public Days days() {
            return recurring(
                    "FREQ=MONTHLY;BYMONTHDAY=" + day + ";INTERVAL=" + every, starting, until);
        }
    }

    /** A day of the year; 29 February only in leap years. */
    record Yearly(MonthDay day, LocalDate starting, LocalDate until) implements DayRule {

        @Override
        public boolean includes(LocalDate date) {
            return within(starting, date, until) && MonthDay.from(date).equals(day);
        }

        @Override
        public Days days() {
            return recurring(
                    "FREQ=YEARLY;BYMONTH=%d;BYMONTHDAY=%d"
                            .formatted(day.getMonthValue(), day.getDayOfMonth()),
                    starting,
                    until);
        }
    }

    /** So many times, so many days apart. */
    record Times(int count, int daysApart, LocalDate starting) implements DayRule {

        @Override
        public boolean includes(LocalDate date) {
            long days = ChronoUnit.DAYS.between(starting, date);
            return days >= 0 && days % daysApart == 0 && days / daysApart < count;
        }

        @Override
        public Days days() {
            return recurring(
                    "FREQ=DAILY;INTERVAL=" + daysApart + ";COUNT=" + count,
                    starting,
                    Recurrence.FOR_EVER);
        }
    }

    /** Single ones. */
    record Dates(List<LocalDate> dates) implements DayRule {

        @Override
        public boolean includes(LocalDate date) {
            return dates.contains(date);
        }

        @Override
        public Days days() {
            return new Days("on some dates", List.of(), dates);
        }
    }

    private static boolean within(LocalDate first, LocalDate date, LocalDate last) {
        return !date.isBefore(first) && !date.isAfter(last);
    }

    private static boolean everyMonths(LocalDate starting, LocalDate date, int every) {
        long months = ChronoUnit.MONTHS.between(YearMonth.from(starting), YearMonth.from(date));
        return months % every == 0;
    }

    private static String rfcName(DayOfWeek day) {
        return day.name().substring(0, 2);
    }

    private static Days recurring(String rule, LocalDate starting, LocalDate until) {
        return new Days(rule, List.of(new Recurrence(rule, starting, until)), List.of());
    }
}
