package guichet.policy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/** A time when a line is shut although its hours say open (H5, H6). */
sealed interface Closure {

    /** The mission row, or the owner's name for the rule; empty where it was announced. */
    String row();

    /** When the line is shut within {@code [from, to)}, in epoch seconds. */
    Spans between(long from, long to);

    /**
     * Shut at the same local times on some days, in a zone of its own.
     *
     * @param name what it is for, in English
     */
    record OnDays(String row, String name, Days days, List<LocalSpan> times, ZoneId zone)
            implements Closure {

        @Override
        public Spans between(long from, long to) {
            Spans.Builder spans = new Spans.Builder(from, to);
            LocalDate first = dateOf(from).minusDays(1);
            LocalDate last = dateOf(to).plusDays(1);
            days.between(first, last).forEach(date -> spans.add(date, times, zone));
            return spans.build();
        }

        /** A date after which it goes on as before for ever, or is over. */
        LocalDate settled() {
            return days.settled();
        }

        private LocalDate dateOf(long epochSecond) {
            return LocalDate.ofInstant(Instant.ofEpochSecond(epochSecond), zone);
        }

        @Override
        public String toString() {
            return "closed for " + name + ", " + days + " " + LocalSpan.inWords(times) + " " + zone;
        }
    }

    /** Shut once, from one instant to another. */
    record Announced(AnnouncedClosure announcement) implements Closure {

        @Override
        public String row() {
            return "";
        }

        @Override
        public Spans between(long from, long to) {
            Spans.Builder spans = new Spans.Builder(from, to);
            spans.add(announcement.from().getEpochSecond(), announcement.to().getEpochSecond());
            return spans.build();
        }

        @Override
        public String toString() {
            return "closed for " + announcement.reason() + ", announced as " + announcement.id();
        }
    }
}
