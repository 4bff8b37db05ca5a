package guichet.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What a timetable gives for ever: a look at the years after all that happens once is over, up to
 * the first in which it opens, since closures may come every few years only.
 *
 * @param years how many were looked at
 * @param openTime in all of them; zero where it does not open within ten years
 * @param businessDays in all of them
 */
record SettledYears(int years, Duration openTime, int businessDays) {

    private static final LocalDate ANY_DATE = LocalDate.of(2024, 1, 1);
    private static final int DAYS = 366;
    private static final int MOST_YEARS = 10;

    static SettledYears of(Timetable timetable) {
        Instant from = start(timetable);
        for (int years = 1; years <= MOST_YEARS; years++) {
            Instant to = from.plus(DAYS, ChronoUnit.DAYS);
            Spans open = timetable.between(from.getEpochSecond(), to.getEpochSecond());
            if (open.size() > 0) {
                BusinessDates dates =
                        BusinessDates.in(
                                from.getEpochSecond(),
                                to.getEpochSecond(),
                                open,
                                timetable.hours().zone());
                return new SettledYears(years, Duration.ofSeconds(open.total()), dates.size());
            }
            from = to;
        }
        return new SettledYears(MOST_YEARS, Duration.ZERO, 0);
    }

    /**
     * Of a timetable that does not open: which of its closures takes the last open time; empty
     * where the hours leave none to take.
     */
    static OptionalInt lastToShut(Timetable timetable) {
        Instant start = start(timetable);
        long from = start.getEpochSecond();
        long to = start.plus(DAYS * MOST_YEARS, ChronoUnit.DAYS).getEpochSecond();
        Spans open = timetable.hours().between(from, to);
        for (int i = 0; i < timetable.closures().size() && open.size() > 0; i++) {
            open = open.minus(timetable.closures().get(i).between(from, to));
            if (open.size() == 0) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    boolean neverOpen() {
        return openTime.isZero();
    }

    /** Whether a target takes more than so many years of this kind. */
    boolean areExceededBy(Target target, int limit) {
        return switch (target) {
            case Target.OpenTime(Duration allowed) ->
                    allowed.compareTo(openTime.multipliedBy(limit).dividedBy(years)) > 0;
            case Target.BusinessDays(int days) -> days > businessDays * limit / years;
            case Target.HalfBusinessDay() -> false;
        };
    }

    private static Instant start(Timetable timetable) {
        LocalDate settled =
                Stream.of(
                                timetable.hours().specialDays().keySet().stream(),
                                timetable.closures().stream().map(Closure.OnDays::settled),
                                Stream.of(ANY_DATE))
                        .flatMap(dates -> dates)
                        .max(Comparator.naturalOrder())
                        .orElseThrow();
        return settled.plusDays(2).atStartOfDay(timetable.hours().zone()).toInstant();
    }
}
