package guichet.policy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** A share of a duration, in thousandths: more than nothing, at most the whole. */
record Share(int thousandths) {

    static final Share WHOLE = new Share(1000);

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

    /** The share of {@code whole}, cut to the millisecond. */
    Duration of(Duration whole) {
        return whole.multipliedBy(thousandths).dividedBy(1000).truncatedTo(ChronoUnit.MILLIS);
    }
}
