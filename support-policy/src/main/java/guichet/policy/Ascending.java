package guichet.policy;

/**
 * Numbers in ascending order, to be searched. Beforehand they are cut into stretches of the same
 * width, up to twice as many as there are numbers, and the place of each is noted; where numbers
 * lie about as evenly as the openings of a year do, that leaves a search a step or two.
 */
final class Ascending {

    private final long[] numbers;
    private final int widthBits;

    /** The last number that is not above the beginning of each stretch, and the last of all. */
    private final int[] places;

    /**
     * @param numbers each above the one before it
     */
    Ascending(long[] numbers) {
        this.numbers = numbers;
        int last = numbers.length - 1;
        long range = last < 0 ? 0 : numbers[last] - numbers[0];
        int bits = 0;
        while (range >> bits > 2L * Math.max(last, 0)) {
            bits++;
        }
        this.widthBits = bits;
        this.places = new int[(int) (range >> bits) + 2];
        int place = 0;
        for (int i = 0; i < places.length; i++) {
            while (place < last && numbers[place + 1] - numbers[0] <= (long) i << bits) {
                place++;
            }
            places[i] = place;
        }
    }

    int size() {
        return numbers.length;
    }

    long get(int index) {
        return numbers[index];
    }

    /** Where the last number is that is not above {@code number}; -1 where all are. */
    int lastUpTo(long number) {
        int last = numbers.length - 1;
        if (last < 0 || number < numbers[0]) {
            return -1;
        }
        if (number >= numbers[last]) {
            return last;
        }
        int stretch = (int) ((number - numbers[0]) >> widthBits);
        int low = places[stretch];
        int high = places[stretch + 1];
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (numbers[middle] <= number) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
