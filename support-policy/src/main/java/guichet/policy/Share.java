package guichet.policy;

import java.math.BigDecimal;
import java.time.Duration;

/** A share of a duration, in thousandths: more than nothing, at most the whole. */
record Share(int thousandths) {

    static final Share WHOLE = new Share(1000);

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    Share {
        if (thousandths < 1 || thousandths > 1000) {
            throw new IllegalArgumentException("not a share: " + thousandths + " thousandths");
        }
    }

    /**
     * Reads {@code 0.8}.
     *
     * @throws ArithmeticException if there are more than three decimals
     * @throws IllegalArgumentException if it is not a number above 0 and up to 1
     */
    static Share parse(String text) {
        return new Share(new BigDecimal(text).movePointRight(3).intValueExact());
    }

    /** The share of {@code whole}, which is not negative, cut to the millisecond. */
    Duration of(Duration whole) {
        long ofNanos = (long) whole.getNano() * thousandths / NANOS_PER_SECOND;
        return Duration.ofMillis(whole.getSeconds() * thousandths + ofNanos);
    }
}
