package guichet.intake.contacts;

import guichet.chassis.forms.Form;
import guichet.intake.words.Words;

import org.jspecify.annotations.Nullable;

import java.util.regex.Pattern;

/** What a sender calls a request by, so that a repeat is known as one: 1 to 200 visible ASCII. */
record IdempotencyKey(String value) {

    static final String HEADER = "Idempotency-Key";

    private static final Pattern VISIBLE_ASCII = Pattern.compile("[!-~]{1,200}");

    /** The key of a request's header, null where it has none; what is wrong stays with the form. */
    static @Nullable IdempotencyKey read(@Nullable String header, Form form) {
        if (header == null) {
            return null;
        }
        if (!VISIBLE_ASCII.matcher(header).matches()) {
            form.fault(HEADER, Words.sentence("key"));
            return null;
        }
        return new IdempotencyKey(header);
    }
}
