package guichet.intake.contacts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * What was answered lately to requests that carried an Idempotency-Key, so that a repeat gets the
 * same answer; a repeat that comes before the first is decided waits for it, also where the first's
 * sender was told not to.
 *
 * <p>This is a courtesy of one process, bounded in number and time. The guarantee that a repeat
 * never counts twice lies elsewhere: the contact id is derived from the key, and every reader of
 * the topics knows an id it has seen.
 */
final class RecentAnswers {

    /** What a contact id was used for. */
    record Remembered(String fingerprint, Reply reply) {}

    private final Cache<UUID, CompletableFuture<Remembered>> byContact;

    RecentAnswers(Duration keptFor, int atMost) {
        byContact = Caffeine.newBuilder().expireAfterWrite(keptFor).maximumSize(atMost).build();
    }

    /**
     * What becomes of a request, found out once. Refusals and failures are not remembered: the same
     * request may fare better later.
     *
     * @param fingerprint of the request's body
     * @return of the first request with this id; its fingerprint tells whether it was this one
     */
    CompletableFuture<Remembered> once(
            UUID contactId, String fingerprint, Supplier<CompletableFuture<Reply>> first) {
        CompletableFuture<Remembered> mine = new CompletableFuture<>();
        CompletableFuture<Remembered> known = byContact.asMap().putIfAbsent(contactId, mine);
        if (known != null) {
            return known;
        }
        var unused =
                attempt(first)
                        .whenComplete(
                                (reply, failure) -> {
                                    if (!(reply instanceof Answer)) {
                                        byContact.asMap().remove(contactId, mine);
                                    }
                                    if (failure != null) {
                                        mine.completeExceptionally(failure);
                                    } else {
                                        mine.complete(new Remembered(fingerprint, reply));
                                    }
                                });
        return mine;
    }

    private static CompletableFuture<Reply> attempt(Supplier<CompletableFuture<Reply>> first) {
        try {
            return first.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
