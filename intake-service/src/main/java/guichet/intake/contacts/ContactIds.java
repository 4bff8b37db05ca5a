package guichet.intake.contacts;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.policy.Channel;

import org.jspecify.annotations.Nullable;

import java.util.UUID;
import java.util.function.Supplier;

/** Ids of contacts. */
final class ContactIds {

    private final Supplier<UUID> fresh;

    /**
     * @param fresh ids for requests that cannot be repeated, each different
     */
    ContactIds(Supplier<UUID> fresh) {
        this.fresh = fresh;
    }

    /**
     * The id of a contact: derived where the sender gave a key, so that a repeat has the same id on
     * every copy of this service and for all time, else a fresh one.
     */
    UUID idFor(Channel channel, Requester requester, @Nullable IdempotencyKey key) {
        if (key == null) {
            return fresh.get();
        }
        return named(channel, key.value(), requester);
    }

    /**
     * What requests without a key have in common that look alike. None of them is a contact's id.
     *
     * @param fingerprint of the body
     */
    UUID alike(Channel channel, Requester requester, String fingerprint) {
        return named(channel, fingerprint, requester);
    }

    private static UUID named(Channel channel, String name, Requester requester) {
        String whole = channel + "\n" + name + "\n" + requester.customerId();
        return UUID.nameUUIDFromBytes(whole.getBytes(UTF_8));
    }
}
