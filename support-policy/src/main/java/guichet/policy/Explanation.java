package guichet.policy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Why the first response to a contact is due when it is.
 *
 * @param policyVersion the digest of the policy that says so
 * @param zone in which the line's days begin and end
 * @param target empty where the contact is out of scope (S2, S3)
 * @param rules those that fit the contact, in the order target, hours, closures
 * @param stretches the time from creation until due, in order and without gaps
 */
public record Explanation(
        String policyVersion,
        Line line,
        ZoneId zone,
        Scope scope,
        Instant createdAt,
        Optional<ResponseTarget> target,
        List<AppliedRule> rules,
        List<Stretch> stretches) {

    private static final DateTimeFormatter MOMENT =
            new DateTimeFormatterBuilder()
                    .appendPattern("EEE uuuu-MM-dd HH:mm:ss")
                    .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
                    .toFormatter(Locale.ENGLISH);

    public Explanation {
        rules = List.copyOf(rules);
        stretches = List.copyOf(stretches);
    }

    /**
     * For a person to read, in English; several lines.
     *
     * @param viewer the zone of the times shown
     */
    public String inWords(ZoneId viewer) {
        StringBuilder words = new StringBuilder();
        line(words, "%s, created %s", line, moment(createdAt, viewer));
        line(words, "times in %s; policy %s", viewer, policyVersion);
        rules.forEach(rule -> line(words, "  %s", rule));
        target.ifPresentOrElse(
                found -> addTarget(words, found, viewer),
                () -> line(words, "%-8s never: no target", "due"));
        return words.toString();
    }

    private void addTarget(StringBuilder words, ResponseTarget found, ZoneId viewer) {
        for (Stretch stretch : stretches) {
            line(
                    words,
                    "%s - %s  %s",
                    moment(stretch.from(), viewer),
                    moment(stretch.to(), viewer),
                    inWords(stretch));
        }
        line(words, "%-8s %s", "due soon", moment(found.dueSoon(), viewer));
        line(
                words,
                "%-8s %s, after %s of open time",
                "due",
                moment(found.due(), viewer),
                Durations.inWords(found.openTime()));
    }

    private static String inWords(Stretch stretch) {
        String said =
                stretch.row().isEmpty()
                        ? stretch.reason()
                        : stretch.row() + ": " + stretch.reason();
        return switch (stretch.state()) {
            case COUNTED -> "counts " + Durations.inWords(stretch.duration()) + ", " + said;
            case OUTSIDE_HOURS -> "outside hours, " + said;
            case CLOSURE, ANNOUNCED_CLOSURE -> said;
        };
    }

    private static String moment(Instant at, ZoneId zone) {
        return MOMENT.format(ZonedDateTime.ofInstant(at, zone));
    }

    private static void line(StringBuilder words, String format, Object... values) {
        words.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
