package guichet.intake.contacts;

import guichet.chassis.forms.Form;
import guichet.chassis.forms.Sites;
import guichet.chassis.forms.Texts;
import guichet.policy.Impact;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/**
 * What a customer says who asks to be talked with, by chat or by phone.
 *
 * @param language BCP 47 tag the customer declares; null where none
 * @param topic as named in the support policy; null where none was chosen
 */
public record FirstWords(
        Impact impact,
        @Nullable String language,
        @Nullable String topic,
        @Nullable String question,
        @Nullable String site) {

    private static final int LONGEST_TOPIC = 100;
    private static final int LONGEST_QUESTION = 4_000;

    /** Reads them; without an impact it is NORMAL. */
    public static FirstWords read(Form form) {
        return new FirstWords(
                Objects.requireNonNullElse(
                        form.optional("impact", Texts.oneOf(Impact.class)), Impact.NORMAL),
                form.optional("language", Texts.languageTag()),
                form.optional("topic", Texts.line(LONGEST_TOPIC)),
                form.optional("question", Texts.prose(LONGEST_QUESTION)),
                form.optional("site", Sites.aliasOrUrl()));
    }
}
