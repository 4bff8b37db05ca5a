package guichet.policy;

import guichet.policy.Stretch.State;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Tells for every moment of some time which rule opens or shuts a line then. */
record Timeline(List<Timetable> timetables, List<Closure.Announced> announced) {

    /** What holds in {@code [from, to)}, in order, without gaps and none of them empty. */
    List<Stretch> stretches(Instant from, Instant to) {
        if (!from.isBefore(to)) {
            return List.of();
        }
        long first = from.getEpochSecond();
        long last = to.getNano() == 0 ? to.getEpochSecond() : to.getEpochSecond() + 1;
        List<Stretch> stretches = new ArrayList<>();
        for (int i = 0; i < timetables.size(); i++) {
            long begin = Math.max(first, timetables.get(i).from());
            long end = i + 1 < timetables.size() ? timetables.get(i + 1).from() : last;
            if (begin < Math.min(end, last)) {
                new Window(timetables.get(i), begin, Math.min(end, last)).addTo(stretches);
            }
        }
        stretches.sort(Comparator.comparing(Stretch::from));
        return stretches.stream().map(stretch -> cut(stretch, from, to)).toList();
    }

    private static Stretch cut(Stretch whole, Instant from, Instant to) {
        return new Stretch(
                whole.from().isBefore(from) ? from : whole.from(),
                whole.to().isAfter(to) ? to : whole.to(),
                whole.state(),
                whole.row(),
                whole.reason());
    }

    /** Some time under one timetable, in epoch seconds. */
    private final class Window {

        private final Timetable timetable;
        private final long from;
        private final long to;

        Window(Timetable timetable, long from, long to) {
            this.timetable = timetable;
            this.from = from;
            this.to = to;
        }

        /** Where several closures shut the line at once, the first of them is named. */
        void addTo(List<Stretch> stretches) {
            LocalHours hours = timetable.hours();
            Spans within = hours.between(from, to);
            Spans open = without(within, timetable.closures(), State.CLOSURE, stretches);
            open = without(open, announced, State.ANNOUNCED_CLOSURE, stretches);
            addByHours(stretches, State.COUNTED, open);
            addByHours(stretches, State.OUTSIDE_HOURS, Spans.of(from, to).minus(within));
        }

        private Spans without(
                Spans open,
                List<? extends Closure> closures,
                State state,
                List<Stretch> stretches) {
            Spans left = open;
            for (Closure closure : closures) {
                Spans shut = left.and(closure.between(from, to));
                add(stretches, shut, state, closure.row(), closure.toString());
                left = left.minus(shut);
            }
            return left;
        }

        private void addByHours(List<Stretch> stretches, State state, Spans spans) {
            LocalHours hours = timetable.hours();
            Spans left = spans;
            for (Map.Entry<LocalDate, SpecialDay> day : hours.specialDays().entrySet()) {
                SpecialDay special = day.getValue();
                Spans onDay = left.and(wholeDay(day.getKey(), hours.zone()));
                String reason =
                        special.name()
                                + ", "
                                + day.getKey()
                                + " "
                                + LocalSpan.inWords(special.spans());
                add(stretches, onDay, state, special.row(), reason);
                left = left.minus(onDay);
            }
            add(stretches, left, state, hours.row(), hours.toString());
        }

        private Spans wholeDay(LocalDate date, ZoneId zone) {
            Spans.Builder day = new Spans.Builder(from, to);
            day.add(date, List.of(LocalSpan.WHOLE_DAY), zone);
            return day.build();
        }

        private static void add(
                List<Stretch> stretches, Spans spans, State state, String row, String reason) {
            for (int i = 0; i < spans.size(); i++) {
                stretches.add(
                        new Stretch(
                                Instant.ofEpochSecond(spans.start(i)),
                                Instant.ofEpochSecond(spans.end(i)),
                                state,
                                row,
                                reason));
            }
        }
    }
}
