package guichet.localstack.console;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * How lines look.
 *
 * @param colour whether the terminal shows ANSI colours
 * @param zone in which times are told
 */
public record LineFormat(boolean colour, ZoneId zone) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("EEE d MMM HH:mm:ss", Locale.ENGLISH);

    /** Colours only for a terminal, and not where the {@code NO_COLOR} convention forbids them. */
    public static LineFormat forTerminal(boolean wantsColour) {
        boolean terminal = System.console() != null && System.console().isTerminal();
        String noColour = System.getenv("NO_COLOR");
        boolean allowed = noColour == null || noColour.isEmpty();
        return new LineFormat(wantsColour && terminal && allowed, ZoneId.systemDefault());
    }

    String text(Line line) {
        String words = colour ? line.kind().paint(line.words()) : line.words();
        return "%s  %-8s  %s".formatted(time(line.at()), brief(line.contact()), words);
    }

    String time(Instant at) {
        return TIME.format(at.atZone(zone));
    }

    /** A time as seen from another: with its day where that is another day. */
    String time(Instant at, Instant seenFrom) {
        LocalDate day = LocalDate.ofInstant(at, zone);
        return day.equals(LocalDate.ofInstant(seenFrom, zone))
                ? time(at)
                : DAY_AND_TIME.format(at.atZone(zone));
    }

    /** Enough of an id to follow a contact by eye. */
    static String brief(String id) {
        return id.length() <= 8 ? id : id.substring(0, 8);
    }
}
