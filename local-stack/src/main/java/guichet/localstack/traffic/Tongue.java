package guichet.localstack.traffic;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The languages of the demo: where its speakers live, how many they are, when they are awake. */
enum Tongue {
    EN("America/Los_Angeles", 0.5),
    PT("America/Sao_Paulo", 0.3),
    ES("America/Sao_Paulo", 0.2);

    /** Contacts per second at rate 1, all languages together, averaged over a day. */
    static final double AVERAGE_PER_SECOND = 1.5;

    /** How busy each hour of the local day is; 1 is average. */
    private static final double[] BY_HOUR = {
        0.45, 0.40, 0.35, 0.35, 0.40, 0.50, 0.70, 0.95, 1.25, 1.50, 1.60, 1.55,
        1.35, 1.45, 1.55, 1.50, 1.40, 1.30, 1.15, 1.00, 0.95, 0.90, 0.80, 0.65
    };

    private static final double BUSIEST = Arrays.stream(BY_HOUR).max().orElseThrow();

    private final ZoneId zone;
    private final double share;

    Tongue(String zone, double share) {
        this.zone = ZoneId.of(zone);
        this.share = share;
    }

    /** The language queue: en, pt or es. */
    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one after it; the last is followed by the first. */
    Tongue next() {
        return values()[(ordinal() + 1) % values().length];
    }

    /** Contacts per second at rate 1 at an instant. */
    double perSecond(Instant at) {
        return AVERAGE_PER_SECOND * share * BY_HOUR[at.atZone(zone).getHour()];
    }

    /** A rate of all languages together that no hour exceeds. */
    static double mostPerSecond() {
        return AVERAGE_PER_SECOND * BUSIEST;
    }

    static List<Tongue> all() {
        return List.of(values());
    }
}
