package guichet.judge;

import guichet.events.CallAnswered;
import guichet.events.CallEnded;
import guichet.events.ChatAnswered;
import guichet.events.ChatEnded;
import guichet.events.TicketAnswered;
import guichet.events.TicketSolved;

import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * What happened to a contact after it began.
 *
 * @param agentId who answered; null where the contact ended
 * @param spoken whether it happened in a chat or a call
 */
record Fact(Instant at, @Nullable String agentId, boolean spoken) {

    /** Of an answer and an end at the same instant the answer goes first. */
    static final Comparator<Fact> BY_TIME =
            Comparator.comparing(Fact::at).thenComparing(fact -> !fact.isAnswer());

    /** The fact that an event tells; empty for the other events. */
    static Optional<Fact> toldBy(SpecificRecord event) {
        return switch (event) {
            case TicketAnswered it ->
                    Optional.of(new Fact(it.getAnsweredAt(), it.getAgentId(), false));
            case TicketSolved it -> Optional.of(new Fact(it.getSolvedAt(), null, false));
            case ChatAnswered it ->
                    Optional.of(new Fact(it.getAnsweredAt(), it.getAgentId(), true));
            case ChatEnded it -> Optional.of(new Fact(it.getEndedAt(), null, true));
            case CallAnswered it ->
                    Optional.of(new Fact(it.getAnsweredAt(), it.getAgentId(), true));
            case CallEnded it -> Optional.of(new Fact(it.getEndedAt(), null, true));
            default -> Optional.empty();
        };
    }

    boolean isAnswer() {
        return agentId != null;
    }
}
