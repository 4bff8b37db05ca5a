package guichet.intake.requests;

import guichet.chassis.forms.Form;
import guichet.chassis.forms.Texts;
import guichet.policy.Channel;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Objects;

/**
 * Which requests are asked for; null stands for all.
 *
 * @param after the place behind which to go on
 * @param limit 1 to 100
 */
record Selection(
        @Nullable RequestState state,
        @Nullable Channel channel,
        @Nullable Cursor after,
        int limit) {

    private static final int USUAL_LIMIT = 20;
    private static final int HIGHEST_LIMIT = 100;

    /**
     * Reads the parameters state, channel, cursor and limit (20 unless said).
     *
     * @throws guichet.chassis.forms.InvalidForm naming each that is faulty
     */
    static Selection read(Map<String, String> parameters) {
        Form form = Form.of(parameters);
        return form.complete(
                new Selection(
                        form.optional("state", Texts.oneOf(RequestState.class)),
                        form.optional("channel", Texts.oneOf(Channel.class)),
                        form.optional("cursor", Cursor.ofAnswer()),
                        Objects.requireNonNullElse(
                                form.optional("limit", Texts.number(1, HIGHEST_LIMIT)),
                                USUAL_LIMIT)));
    }
}
