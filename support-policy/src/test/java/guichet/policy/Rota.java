package guichet.policy;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * When a line is open, as its rules: what {@link OpeningHours} and {@link SlowHours} work out, each
 * in its own way.
 *
 * @param phases in the order of their beginnings, all in one zone
 */
record Rota(List<Phase> phases, List<AnnouncedClosure> announced) {

    /**
     * What holds from an instant on, until the next phase.
     *
     * @param from epoch second; {@link Long#MIN_VALUE} for the first
     */
    record Phase(long from, LocalHours hours, List<Meeting> meetings) {

        Timetable timetable() {
            return new Timetable(from, hours, meetings.stream().map(Meeting::closure).toList());
        }

        Phase fromEver() {
            return new Phase(Long.MIN_VALUE, hours, meetings);
        }
    }

    /** A closure on some days, in a zone of its own. */
    record Meeting(DayRule days, List<LocalSpan> times, ZoneId zone) {

        Closure.OnDays closure() {
            return new Closure.OnDays("H6", "a meeting", days.days(), times, zone);
        }
    }

    OpeningHours hours() {
        return new OpeningHours(
                phases.stream().map(Phase::timetable).toList(),
                announced.stream().map(Closure.Announced::new).toList());
    }

    ZoneId zone() {
        return phases.getFirst().hours().zone();
    }

    /** Only one of the phases, for ever. */
    Rota only(int phase) {
        return new Rota(List.of(phases.get(phase).fromEver()), announced);
    }

    Rota withoutAnnouncements() {
        return new Rota(phases, List.of());
    }

    Rota withoutMeetings() {
        return new Rota(
                phases.stream()
                        .map(phase -> new Phase(phase.from(), phase.hours(), List.of()))
                        .toList(),
                announced);
    }

    /** With a meeting more in every phase. */
    Rota with(Meeting meeting) {
        List<Phase> busier = new ArrayList<>();
        for (Phase phase : phases) {
            List<Meeting> meetings = new ArrayList<>(phase.meetings());
            meetings.add(meeting);
            busier.add(new Phase(phase.from(), phase.hours(), meetings));
        }
        return new Rota(busier, announced);
    }
}
