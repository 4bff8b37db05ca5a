package guichet.routing.matching;

/** How much of what the agents present could hold they hold or are offered. */
record Occupancy(long taken, long capacity) {

    /** From 0 to 1, or above where agents hold more than they now state. */
    double share() {
        return capacity == 0 ? 0 : (double) taken / capacity;
    }
}
