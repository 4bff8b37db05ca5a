package guichet.benchmarks.desk;

import java.math.BigDecimal;
import java.util.Locale;

/** What a figure is held to. */
sealed interface Limit {

    boolean isKeptBy(double value);

    record AtMost(double value) implements Limit {

        @Override
        public boolean isKeptBy(double measured) {
            return measured <= value;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "<= %,.0f", value);
        }
    }

    record AtLeast(double value) implements Limit {

        @Override
        public boolean isKeptBy(double measured) {
            return measured >= value;
        }

        @Override
        public String toString() {
            return ">= " + BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
        }
    }
}
