package guichet.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;

/** How long a first response may take (T1 to T4). */
sealed interface Target {

    /** The instant the target ends for a contact created at {@code createdAt}. */
    Instant due(OpeningHours hours, Instant createdAt);

    /** So much open time (T2, T3). */
    record OpenTime(Duration duration) implements Target {

        @Override
        public Instant due(OpeningHours hours, Instant createdAt) {
            return hours.whenOpenTimeHasPassed(createdAt, duration).orElseThrow();
        }

        @Override
        public String toString() {
            return Durations.inWords(duration) + " of open time";
        }
    }

    /**
     * Business days (T1): created while open, the same local time so many open days later; created
     * while closed, the close of the nth open day.
     */
    record BusinessDays(int days) implements Target {

        @Override
        public Instant due(OpeningHours hours, Instant createdAt) {
            return hours.isOpen(createdAt)
                    ? dueSameTime(hours, createdAt)
                    : dueAtClose(hours, createdAt);
        }

        private Instant dueSameTime(OpeningHours hours, Instant createdAt) {
            LocalTime time = LocalTime.ofInstant(createdAt, hours.zone());
            return hours.businessDay(createdAt).later(days).lastOpenBy(time);
        }

        private Instant dueAtClose(OpeningHours hours, Instant createdAt) {
            return hours.businessDay(createdAt).later(days - 1).close();
        }

        @Override
        public String toString() {
            return days == 1 ? "1 business day" : days + " business days";
        }
    }

    /** Half of the open time of the business day it is counted from, as open time (T4). */
    record HalfBusinessDay() implements Target {

        @Override
        public Instant due(OpeningHours hours, Instant createdAt) {
            Duration half = Duration.ofNanos(hours.businessDay(createdAt).openTime().toNanos() / 2);
            return hours.whenOpenTimeHasPassed(createdAt, half).orElseThrow();
        }

        @Override
        public String toString() {
            return "half a business day of open time";
        }
    }
}
