package guichet.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;

/**
 * A local date with any open time, in the zone of its opening hours.
 *
 * @param block where its dates are found
 * @param index which of the block's dates it is
 */
record BusinessDay(OpeningHours hours, long block, int index) {

    /**
     * So many business days later.
     *
     * @throws java.util.NoSuchElementException if there are not so many within a hundred years
     */
    BusinessDay later(int days) {
        return hours.businessDay(block, index + days);
    }

    Duration openTime() {
        return hours.openTime(start(), end());
    }

    /** The end of the day's last span; 24:00 where the line stays open into the next day. */
    Instant close() {
        return hours.lastOpen(end()).orElseThrow();
    }

    /**
     * The given local time where the line is open then, else the end of the day's last span before
     * it, else the day's first opening. Where clocks skip that time into the next day, the {@link
     * #close}.
     */
    Instant lastOpenBy(LocalTime time) {
        Instant wanted = dates().date(index).atTime(time).atZone(hours.zone()).toInstant();
        if (!wanted.isBefore(end())) {
            return close();
        }
        if (hours.isOpen(wanted)) {
            return wanted;
        }
        return hours.lastOpen(wanted)
                .filter(closing -> closing.isAfter(start()))
                .orElseGet(() -> hours.nextOpening(start()).orElseThrow());
    }

    private Instant start() {
        return Instant.ofEpochSecond(dates().start(index));
    }

    private Instant end() {
        return Instant.ofEpochSecond(dates().end(index));
    }

    private BusinessDates dates() {
        return hours.dates(block);
    }
}
