package guichet.intake.contacts;

import guichet.policy.Channel;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * What the customer is told about a contact that was taken (C2).
 *
 * @param id id of the contact
 * @param channel how the customer came
 * @param language the queue: en, pt or es
 * @param respondBy when the first response is due; null for a contact out of scope (S2)
 * @param message the same in words, in that language
 */
public record Answer(
        String id, Channel channel, String language, @Nullable Instant respondBy, String message)
        implements Reply {}
