package guichet.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;

/** A local date with any open time, in the zone of its opening hours. */
record BusinessDay(OpeningHours hours, LocalDate date) {

    /** The date of {@code at} when the line is open then, else the date of its next opening. */
    static BusinessDay of(OpeningHours hours, Instant at) {
        Instant open = hours.nextOpening(at).orElseThrow();
        return new BusinessDay(hours, LocalDate.ofInstant(open, hours.zone()));
    }

    /** So many business days later. */
    BusinessDay later(int days) {
        BusinessDay day = this;
        for (int i = 0; i < days; i++) {
            day = of(hours, day.end());
        }
        return day;
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
     * it, else the day's first opening.
     */
    Instant lastOpenBy(LocalTime time) {
        Instant wanted = date.atTime(time).atZone(hours.zone()).toInstant();
        if (hours.isOpen(wanted)) {
            return wanted;
        }
        return hours.lastOpen(wanted)
                .filter(closing -> closing.isAfter(start()))
                .orElseGet(() -> hours.nextOpening(start()).orElseThrow());
    }

    private Instant start() {
        return date.atStartOfDay(hours.zone()).toInstant();
    }

    private Instant end() {
        return date.plusDays(1).atStartOfDay(hours.zone()).toInstant();
    }
}
