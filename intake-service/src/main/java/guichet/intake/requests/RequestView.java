package guichet.intake.requests;

import com.fasterxml.jackson.annotation.JsonInclude;

import guichet.intake.words.Words;
import guichet.policy.Channel;
import guichet.policy.Language;
import guichet.policy.Line;
import guichet.policy.SupportPolicy;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A request as its customer sees it (C3).
 *
 * @param language the queue: en, pt or es; null for a moment, until it is known
 * @param subject null where the customer wrote nothing
 * @param respondBy when the first response is due; null where none is promised (S2)
 * @param copied whether the reader is only copied on it
 * @param convertedFrom id of the chat or callback that it was; null for others, and for those who
 *     are only copied
 * @param convertedTo id of the ticket that it became; null likewise
 * @param timeline what happened, oldest first; not there in a list
 */
record RequestView(
        String id,
        Channel channel,
        RequestState state,
        @Nullable String language,
        @Nullable String subject,
        Instant createdAt,
        @Nullable Instant respondBy,
        boolean copied,
        @Nullable String convertedFrom,
        @Nullable String convertedTo,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Moment> timeline) {

    /**
     * Something that happened.
     *
     * @param text the same in words, in the language of the request
     */
    record Moment(Instant at, StepKind what, String text) {}

    /**
     * Requests, newest first.
     *
     * @param next the cursor with which to go on; null where there are no more
     */
    record Page(List<RequestView> requests, @Nullable String next) {

        /**
         * A page of what was found.
         *
         * @param found one more than the limit where there are more
         */
        static Page of(List<KnownRequest> found, int limit) {
            List<KnownRequest> shown = found.size() > limit ? found.subList(0, limit) : found;
            return new Page(
                    shown.stream().map(RequestView::listed).toList(),
                    found.size() > limit
                            ? new Cursor(shown.getLast().createdAt(), shown.getLast().id()).opaque()
                            : null);
        }
    }

    static RequestView listed(KnownRequest request) {
        return of(request, null);
    }

    /**
     * With what happened to it.
     *
     * @param policy tells the zone of the request's line
     */
    static RequestView told(KnownRequest request, List<Step> steps, SupportPolicy policy) {
        Language language = languageOf(request);
        return of(
                request,
                Step.timeline(request, steps).stream()
                        .map(
                                step ->
                                        new Moment(
                                                step.at(),
                                                step.what(),
                                                words(step, request, language, policy)))
                        .toList());
    }

    /** In which a customer is told of it. */
    static Language languageOf(KnownRequest request) {
        return Objects.requireNonNullElse(request.language(), Language.EN);
    }

    private static String words(
            Step step, KnownRequest request, Language language, SupportPolicy policy) {
        String key = "step." + step.what();
        Instant due = step.due();
        if (due == null) {
            return Words.say(language, key);
        }
        Line line = new Line(language, request.plan(), request.channel());
        return Words.say(language, key, Words.moment(language, due, policy.hours(line).zone()));
    }

    private static RequestView of(KnownRequest request, @Nullable List<Moment> timeline) {
        Language language = request.language();
        return new RequestView(
                request.id(),
                request.channel(),
                request.state(),
                language == null ? null : language.tag(),
                request.subject(),
                request.createdAt(),
                request.due(),
                !request.own(),
                request.own() ? request.convertedFrom() : null,
                request.own() ? request.convertedTo() : null,
                timeline);
    }
}
