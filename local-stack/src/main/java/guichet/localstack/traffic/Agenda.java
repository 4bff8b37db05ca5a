package guichet.localstack.traffic;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/** What is to be done, and when: at most one thing about each subject. */
final class Agenda {

    private record Entry(Instant at, String about, Consumer<Instant> work) {}

    private final NavigableSet<Entry> entries =
            new TreeSet<>(Comparator.comparing(Entry::at).thenComparing(Entry::about));

    private final Map<String, Entry> bySubject = new HashMap<>();

    /**
     * Takes the place of what was planned about the subject.
     *
     * @param work is told when it is done, which may be later than planned
     */
    void plan(String about, Instant at, Consumer<Instant> work) {
        drop(about);
        Entry entry = new Entry(at, about, work);
        bySubject.put(about, entry);
        entries.add(entry);
    }

    void drop(String about) {
        Entry entry = bySubject.remove(about);
        if (entry != null) {
            entries.remove(entry);
        }
    }

    /** Does in order what is planned until now, also what is planned meanwhile. */
    void doWhatIsDue(Instant now) {
        while (!entries.isEmpty() && !entries.first().at().isAfter(now)) {
            Entry next = entries.first();
            drop(next.about());
            next.work().accept(now);
        }
    }
}
