package guichet.policy;

/** A time when phone and chat are shut although their hours say open (H5). */
sealed interface Closure {

    /** The policy row that the closure comes from. */
    String row();

    /** What the closure is for, in English. */
    String name();

    /** When the line is shut within {@code [from, to)}, in epoch seconds. */
    Spans between(long from, long to);

    /** Shut at the same local times every week, in a zone of its own. */
    record Weekly(String row, String name, WeeklySpans spans) implements Closure {

        @Override
        public Spans between(long from, long to) {
            return spans.between(from, to);
        }

        @Override
        public String toString() {
            return row + ": closed for " + name + " " + spans;
        }
    }
}
