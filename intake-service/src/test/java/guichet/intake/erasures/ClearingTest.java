package guichet.intake.erasures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import guichet.chassis.door.InMemoryEventLog;
import guichet.intake.attachments.TicketFiles;
import guichet.intake.requests.ErasedRequests;
import guichet.policy.Channel;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

class ClearingTest {

    private static final String FIRST = new UUID(0, 1).toString();
    private static final String SECOND = new UUID(0, 2).toString();

    private final Tickets tickets = new Tickets();
    private final Files files = new Files();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void clearsTheOthersWhileOneCannotBeCleared() throws InterruptedException {
        tickets.erased.addAll(Set.of(FIRST, SECOND));
        files.broken.add(FIRST);

        try (Clearing clearing = clearing()) {
            clearing.start();
            await().untilAsserted(() -> assertThat(tickets.erased).containsExactly(FIRST));

            files.broken.clear();
            tickets.ring();
            await().untilAsserted(() -> assertThat(tickets.erased).isEmpty());
        }
    }

    @Test
    void nobodyKnowsWhatRemainsBeforeAllIsRead() throws InterruptedException {
        tickets.unread = true;
        tickets.erased.add(FIRST);

        try (Clearing clearing = clearing()) {
            clearing.start();
            await().untilAsserted(() -> assertThat(tickets.erased).isEmpty());
            await().untilAsserted(() -> assertThat(remaining()).isNaN());

            tickets.unread = false;
            tickets.ring();
            await().untilAsserted(() -> assertThat(remaining()).isZero());
        }
    }

    @Test
    void aChannelsIdThatReadsLikeAnotherTicketsTakesNoFilesOfThat() throws InterruptedException {
        tickets.erased.add("1-1-1-1-1");

        try (Clearing clearing = clearing()) {
            clearing.start();
            await().untilAsserted(() -> assertThat(tickets.erased).isEmpty());
        }

        assertThat(files.deleted).isEmpty();
    }

    private double remaining() {
        return meters.get(Clearing.REMAINING).gauge().value();
    }

    private Clearing clearing() {
        return new Clearing(
                tickets, files, new InMemoryEventLog(), InstantSource.fixed(Instant.EPOCH), meters);
    }

    /** A store that fails as no store should: what it throws is nothing that it may. */
    private static final class Files implements TicketFiles {

        final Set<String> broken = ConcurrentHashMap.newKeySet();
        final Set<UUID> deleted = ConcurrentHashMap.newKeySet();

        @Override
        public void delete(UUID ticketId) {
            if (broken.contains(ticketId.toString())) {
                throw new IllegalStateException("the store is out of order");
            }
            deleted.add(ticketId);
        }
    }

    /** Tickets that are over, of people who are erased. */
    private static final class Tickets implements ErasedRequests {

        final Set<String> erased = ConcurrentHashMap.newKeySet();
        volatile boolean unread;
        private volatile Runnable bell = () -> {};

        void ring() {
            bell.run();
        }

        @Override
        public List<Erasure> erasures(int most) {
            return List.of();
        }

        @Override
        public List<Remains> remains(int most) {
            return erased.stream().sorted().map(id -> new Remains(id, Channel.WEB, false)).toList();
        }

        @Override
        public boolean mayRemainUnread() {
            return unread;
        }

        @Override
        public void cleared(String id) {
            erased.remove(id);
        }

        @Override
        public void whenErased(Runnable something) {
            bell = something;
        }
    }
}
