package guichet.benchmarks.policy;

import guichet.policy.Channel;
import guichet.policy.Language;
import guichet.policy.Line;
import guichet.policy.Plan;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/** Which due instants are asked for: on which lines, under which targets. */
public enum DueQuestion {
    /** T2 and T4. */
    CHAT("chat due", "", on(Channel.CHAT), SupportPageByHand::target),
    /** T3 and T4. */
    PHONE("phone due", "", on(Channel.PHONE), SupportPageByHand::target),
    /** T1 and T4. */
    WEB("web due", "", on(Channel.WEB), SupportPageByHand::target),

    ONE_DAY_OF_OPEN_TIME(
            "due in 1 day of open time",
            withinOpenTimeOf(1),
            DueQuestion::openEightHoursOrAlways,
            line -> SupportPageByHand.openTime(openTimeOf(1, line))),
    A_YEAR_OF_OPEN_TIME(
            "due in 365 days of open time",
            withinOpenTimeOf(365),
            DueQuestion::openEightHoursOrAlways,
            line -> SupportPageByHand.openTime(openTimeOf(365, line))),

    ONE_BUSINESS_DAY(
            "due in 1 business day",
            "targets: [{row: own, within: 1 business day}]",
            on(Channel.WEB),
            line -> SupportPageByHand.businessDays(1)),
    A_YEAR_OF_BUSINESS_DAYS(
            "due in 365 business days",
            "targets: [{row: own, within: 365 business days}]",
            on(Channel.WEB),
            line -> SupportPageByHand.businessDays(365));

    private final String inWords;
    private final String headings;
    private final Predicate<Line> concerns;
    private final Function<Line, BiFunction<DayByDay, Instant, Instant>> targetByHand;

    /**
     * @param headings of the policy that differ from the support page's
     */
    DueQuestion(
            String inWords,
            String headings,
            Predicate<Line> concerns,
            Function<Line, BiFunction<DayByDay, Instant, Instant>> targetByHand) {
        this.inWords = inWords;
        this.headings = headings;
        this.concerns = concerns;
        this.targetByHand = targetByHand;
    }

    Questions questions() {
        return Questions.of(headings, concerns, targetByHand);
    }

    String inWords() {
        return inWords;
    }

    private static Predicate<Line> on(Channel channel) {
        return line -> line.channel() == channel;
    }

    private static boolean openEightHoursOrAlways(Line line) {
        return line.channel() == Channel.CHAT
                && (line.plan() == Plan.ENTERPRISE
                        || line.plan() == Plan.BASIC && line.language() != Language.EN);
    }

    private static String withinOpenTimeOf(int days) {
        return """
        targets:
          - {row: own, within: %d hours}
          - {row: own, plans: [enterprise], within: %d hours}
        """
                .formatted(8 * days, 24 * days);
    }

    private static Duration openTimeOf(int days, Line line) {
        return Duration.ofHours((line.plan() == Plan.ENTERPRISE ? 24L : 8L) * days);
    }
}
