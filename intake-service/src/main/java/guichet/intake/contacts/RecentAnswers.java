package guichet.intake.contacts;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What was answered lately, so that a repeat gets the same answer. A repeat that comes before the
 * first is decided waits for it, also where the first's sender was told not to.
 *
 * <p>This is a courtesy of one process: what is decided is bounded in number and time, the oldest
 * goes first. The guarantee that a repeat with a key never counts twice lies elsewhere: the contact
 * id is derived from the key, and every reader of the topics knows an id it has seen.
 */
final class RecentAnswers {

    /** What a request was, and how it was answered. */
    record Remembered(String fingerprint, Reply reply) {}

    private record Kept(Remembered answer, Instant since) {}

    private final Duration keptFor;
    private final int atMost;
    private final InstantSource clock;
    private final Map<UUID, CompletableFuture<Remembered>> undecided = new ConcurrentHashMap<>();
    private final SequencedMap<UUID, Kept> decided = new LinkedHashMap<>();

    RecentAnswers(Duration keptFor, int atMost, InstantSource clock) {
        this.keptFor = keptFor;
        this.atMost = atMost;
        this.clock = clock;
    }

    /**
     * What becomes of a request, found out once. Refusals and failures are not remembered: the same
     * request may fare better later.
     *
     * @param id the same for a repeat
     * @param fingerprint of the request's body
     * @return of the first request with this id; its fingerprint tells whether it was this one
     */
    CompletableFuture<Remembered> once(
            UUID id, String fingerprint, Supplier<CompletableFuture<Reply>> first) {
        CompletableFuture<Remembered> mine = new CompletableFuture<>();
        CompletableFuture<Remembered> another = undecided.putIfAbsent(id, mine);
        if (another != null) {
            return another;
        }
        Remembered known = known(id);
        var unused =
                (known == null
                                ? attempt(first)
                                        .thenApply(reply -> remember(id, fingerprint, reply))
                                : CompletableFuture.completedFuture(known))
                        .whenComplete(
                                (answer, failure) -> {
                                    undecided.remove(id, mine);
                                    if (failure != null) {
                                        mine.completeExceptionally(failure);
                                    } else {
                                        mine.complete(answer);
                                    }
                                });
        return mine;
    }

    /** The next request with this id is another one. */
    synchronized void forget(UUID id) {
        decided.remove(id);
    }

    private synchronized @Nullable Remembered known(UUID id) {
        Kept kept = decided.get(id);
        return kept == null || isOver(kept, clock.instant()) ? null : kept.answer();
    }

    private synchronized Remembered remember(UUID id, String fingerprint, Reply reply) {
        Remembered answer = new Remembered(fingerprint, reply);
        if (reply instanceof Answer) {
            Instant now = clock.instant();
            decided.putLast(id, new Kept(answer, now));
            while (decided.size() > atMost || isOver(decided.firstEntry().getValue(), now)) {
                decided.pollFirstEntry();
            }
        }
        return answer;
    }

    private boolean isOver(Kept kept, Instant now) {
        return kept.since().plus(keptFor).isBefore(now);
    }

    private static CompletableFuture<Reply> attempt(Supplier<CompletableFuture<Reply>> first) {
        try {
            return first.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
