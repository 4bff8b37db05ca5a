package guichet.benchmarks.desk;

import java.util.UUID;

/**
 * Names of those that deadlines belong to: as long as the ids of contacts, scattered over the
 * partitions and the stores as those are, and each tells its number.
 */
final class Owners {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private Owners() {}

    /**
     * @param batch tells the owners of one load from those of another
     */
    static String name(int batch, int number) {
        long which = (long) batch << Integer.SIZE | number;
        return new UUID(which * GOLDEN, which).toString();
    }

    static int batch(String name) {
        return (int) (UUID.fromString(name).getLeastSignificantBits() >>> Integer.SIZE);
    }

    static int number(String name) {
        return (int) UUID.fromString(name).getLeastSignificantBits();
    }
}
