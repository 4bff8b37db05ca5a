package guichet.intake.requests;

import guichet.policy.Channel;
import guichet.policy.Language;
import guichet.policy.Plan;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A request as far as its records have been read.
 *
 * @param own whether it is the reader's own; else the reader is copied on it
 * @param language the queue; null until it is known
 * @param subject null where the customer wrote nothing
 * @param due null where none is known, or none was promised (S2)
 * @param answeredAt the first response; null until there is one
 * @param endedAt null until it is over
 * @param convertedFrom the chat or callback it was; null for others
 * @param convertedTo the ticket it became; null for others
 */
record KnownRequest(
        String id,
        boolean own,
        RequestState state,
        Channel channel,
        Plan plan,
        @Nullable Language language,
        @Nullable String subject,
        Instant createdAt,
        @Nullable Instant due,
        @Nullable Instant answeredAt,
        @Nullable Instant endedAt,
        @Nullable Instant convertedAt,
        @Nullable String convertedFrom,
        @Nullable String convertedTo) {}
