package guichet.policy;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as the policy file and its reasons write them: {@code 15 minutes}. */
final class Durations {

    private static final Pattern FORM = Pattern.compile("(\\d{1,6}) ?(second|minute|hour)s?");

    private static final Pattern TRAILING_ZEROS = Pattern.compile("\\.?0+$");

    private Durations() {}

    static Optional<Duration> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(form.group(1));
        return Optional.of(
                switch (form.group(2)) {
                    case "hour" -> Duration.ofHours(count);
                    case "minute" -> Duration.ofMinutes(count);
                    default -> Duration.ofSeconds(count);
                });
    }

    /** For people: {@code 15 minutes}, or {@code 9:59:59.5} where no single unit says it. */
    static String inWords(Duration duration) {
        long seconds = duration.toSeconds();
        if (duration.getNano() > 0 || (seconds > 60 && seconds % 60 > 0)) {
            return clock(duration);
        }
        if (seconds > 0 && seconds % 3600 == 0) {
            return count(seconds / 3600, "hour");
        }
        if (seconds > 0 && seconds % 60 == 0) {
            return count(seconds / 60, "minute");
        }
        return count(seconds, "second");
    }

    private static String clock(Duration duration) {
        String whole =
                String.format(
                        Locale.ROOT,
                        "%d:%02d:%02d.%09d",
                        duration.toHours(),
                        duration.toMinutesPart(),
                        duration.toSecondsPart(),
                        duration.getNano());
        return TRAILING_ZEROS.matcher(whole).replaceFirst("");
    }

    private static String count(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }
}
