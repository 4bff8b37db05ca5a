package guichet.chassis.door;

/**
 * Limits that follow the heap: what waits takes memory, and a JVM that has none left ends, which
 * tells nobody to come back later.
 */
public final class HeapLimits {

    private HeapLimits() {}

    /** So many for each MiB of this JVM's heap, and never more than the most. */
    public static int forEachMebibyte(int number, int most) {
        return (int) Math.min(most, number * (Runtime.getRuntime().maxMemory() >> 20));
    }
}
