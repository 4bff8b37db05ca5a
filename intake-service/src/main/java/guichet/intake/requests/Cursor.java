package guichet.intake.requests;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.chassis.forms.Reading;
import guichet.intake.words.Words;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/**
 * A place in a list that is newest first: behind the request with this beginning and id. What is
 * added or changes meanwhile moves nothing across it.
 */
record Cursor(Instant createdAt, String id) {

    private static final int LONGEST = 1_500;

    /** As customers carry it; they need not understand it. */
    String opaque() {
        String text = createdAt.toEpochMilli() + " " + id;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    /** Reads what {@link #opaque} wrote. */
    static Reading<Cursor> ofAnswer() {
        return text -> {
            try {
                if (text.length() <= LONGEST) {
                    String plain = new String(Base64.getUrlDecoder().decode(text), UTF_8);
                    int blank = plain.indexOf(' ');
                    if (blank > 0 && plain.codePoints().noneMatch(Character::isISOControl)) {
                        return new Cursor(
                                milli(Long.parseLong(plain.substring(0, blank))),
                                plain.substring(blank + 1));
                    }
                }
            } catch (IllegalArgumentException | DateTimeException _) {
                // Said below, as for one that is cut off.
            }
            throw Words.faulty("cursor");
        };
    }

    private static Instant milli(long millis) {
        Instant at = Instant.ofEpochMilli(millis);
        if (millis < 0 || at.isAfter(Instant.parse("2200-01-01T00:00:00Z"))) {
            throw new DateTimeException("no request begins then");
        }
        return at;
    }
}
