package guichet.policy;

/** A time when phone and chat are shut although their hours say open (H5). */
sealed interface Closure {

    /** When the line is shut within {@code [from, to)}, in epoch seconds. */
    Spans between(long from, long to);

    /**
     * Shut at the same local times every week, in a zone of its own.
     *
     * @param name what the closure is for, in English
     */
    record Weekly(String name, WeeklySpans spans) implements Closure {

        @Override
        public Spans between(long from, long to) {
            return spans.between(from, to);
        }

        @Override
        public String toString() {
            return "closed for " + name + " " + spans;
        }
    }
}
