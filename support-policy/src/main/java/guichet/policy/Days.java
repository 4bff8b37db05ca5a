package guichet.policy;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The local dates of a closure.
 *
 * @param words as the policy file puts them
 * @param dates single ones
 */
record Days(String words, List<Recurrence> recurrences, List<LocalDate> dates) {

    Days {
        recurrences = List.copyOf(recurrences);
        dates = List.copyOf(dates);
    }

    /** The dates in {@code [first, last]}, in order. */
    NavigableSet<LocalDate> between(LocalDate first, LocalDate last) {
        NavigableSet<LocalDate> between = new TreeSet<>();
        dates.stream()
                .filter(date -> !date.isBefore(first) && !date.isAfter(last))
                .forEach(between::add);
        recurrences.forEach(recurrence -> between.addAll(recurrence.between(first, last)));
        return between;
    }

    /** A date after which the days go on as before for ever, or are over. */
    LocalDate settled() {
        return Stream.concat(dates.stream(), recurrences.stream().map(Recurrence::settled))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    @Override
    public String toString() {
        return words;
    }
}
