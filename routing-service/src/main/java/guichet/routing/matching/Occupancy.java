package guichet.routing.matching;

/** How much of what the agents present could hold they hold or are offered. */
record Occupancy(long taken, long capacity) {}
