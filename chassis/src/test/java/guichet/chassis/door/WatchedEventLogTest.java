package guichet.chassis.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import guichet.schemas.Topic;
import guichet.schemas.Topics;
import guichet.schemas.avro.RegistryUnavailable;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

class WatchedEventLogTest {

    private static final Instant NOW = Instant.parse("2026-11-24T21:00:00Z");
    private static final Duration LONG = Duration.ofHours(1);
    private static final ContextKey<String> CALLER = ContextKey.named("caller");

    private final Broker broker = new Broker();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void tellsAllButOneAtOnceThatTheLogIsAwayOnceItIsKnown() {
        EventLog log = log(LONG);
        goAway(log);

        CompletableFuture<Void> tried = write(log);
        broker.awaitAsked(2);
        CompletableFuture<Void> refused = write(log);

        assertThat(tried).isNotDone();
        assertThatThrownBy(refused::join).hasCauseInstanceOf(LogUnavailable.class);
        assertThat(broker.asked).hasSize(2);
        assertThat(meters.get("guichet.door.away").gauge().value()).isEqualTo(1);
    }

    @Test
    void tellsThoseAtOnceWhoWaitAlreadyWhenItIsFoundToBeAway() {
        EventLog log = log(LONG);
        write(log);
        CompletableFuture<Void> later = write(log);

        broker.fail(0, new TimeoutException("no answer"));

        assertThatThrownBy(later::join).hasCauseInstanceOf(LogUnavailable.class);
    }

    @Test
    void isThereAgainAlsoWithOneThatIsConfirmedWhenItsCallerWasToldThatTheLogIsAway() {
        EventLog log = log(LONG);
        write(log);
        write(log);
        broker.fail(0, new TimeoutException("no answer"));

        broker.confirm(1);

        assertThat(write(log)).isNotDone();
        assertThat(write(log)).isNotDone();
    }

    @Test
    void isThereAgainWithTheFirstThatIsConfirmed() {
        EventLog log = log(LONG);
        goAway(log);
        CompletableFuture<Void> tried = write(log);
        broker.awaitAsked(2);

        broker.confirm(1);

        tried.join();
        assertThat(write(log)).isNotDone();
        assertThat(write(log)).isNotDone();
        assertThat(meters.get("guichet.door.away").gauge().value()).isZero();
    }

    @Test
    void isThereAgainAlsoWhereTheConfirmationComesWhenItsCallerHasGoneAlready() {
        EventLog log = log(Duration.ofMillis(1));
        goAway(log);
        assertThatThrownBy(write(log)::join).hasCauseInstanceOf(LogUnavailable.class);
        broker.awaitAsked(2);

        broker.confirm(1);

        assertThat(write(log)).isNotDone();
        assertThat(write(log)).isNotDone();
    }

    @Test
    void isAwayOnceAnEventIsNotConfirmedInTime() {
        EventLog log = impatient();

        assertThatThrownBy(write(log)::join).hasCauseInstanceOf(LogUnavailable.class);

        await().until(() -> meters.get("guichet.door.away").gauge().value() == 1);
    }

    @Test
    void whatIsConfirmedWhenItsCallerWasToldOtherwiseIsKnownToWhoeverAsksAgain() {
        EventLog log = impatient();
        CompletableFuture<Void> outcome = outcome(log);
        assertThatThrownBy(log.inTime(outcome)::join).hasCauseInstanceOf(LogUnavailable.class);

        assertThat(outcome).isNotDone();
        broker.confirm(0);

        assertThat(log.inTime(outcome)).isCompleted();
    }

    @Test
    void triesAnotherWhenOneWasTriedInVain() {
        EventLog log = log(LONG);
        goAway(log);
        CompletableFuture<Void> tried = write(log);
        broker.awaitAsked(2);

        broker.fail(1, new TimeoutException("no answer"));
        assertThatThrownBy(tried::join).hasCauseInstanceOf(LogUnavailable.class);
        CompletableFuture<Void> next = write(log);
        broker.awaitAsked(3);

        assertThat(next).isNotDone();
    }

    @Test
    void saysBeforehandThatNothingWouldBeTried() {
        EventLog log = log(LONG);
        assertThatCode(log::requireRoom).doesNotThrowAnyException();
        goAway(log);
        assertThatCode(log::requireRoom).doesNotThrowAnyException();
        write(log);
        broker.awaitAsked(2);

        assertThatThrownBy(log::requireRoom).isInstanceOf(LogUnavailable.class);
    }

    @Test
    void aLogThatHoldsUpWhoeverWritesHoldsUpNoCallerWhileItIsAway() {
        EventLog log = log(Duration.ofMillis(1));
        goAway(log);
        broker.held = new CountDownLatch(1);

        assertThatThrownBy(write(log)::join).hasCauseInstanceOf(LogUnavailable.class);

        broker.held.countDown();
    }

    @Test
    void whatIsTriedBelongsToTheTraceOfItsCaller() {
        EventLog log = log(LONG);
        goAway(log);

        Context.current().with(CALLER, "a request").wrapSupplier(() -> write(log)).get();
        broker.awaitAsked(2);

        assertThat(broker.caller).isEqualTo("a request");
    }

    @Test
    void aPartitionThatCannotBeWrittenToIsNotTheLog() {
        EventLog log = log(LONG);
        write(log);
        write(log);
        broker.confirm(1);

        broker.fail(0, new TimeoutException("no leader"));

        assertThat(write(log)).isNotDone();
        assertThat(write(log)).isNotDone();
    }

    @Test
    void anEventThatCannotBeWrittenSaysNothingOfTheLog() {
        EventLog log = log(LONG);
        write(log);

        broker.fail(0, new RecordTooLargeException("too large"));

        assertThat(write(log)).isNotDone();
        assertThat(write(log)).isNotDone();
    }

    @Test
    void aRegistryThatRefusesOrHangsSaysNothingOfTheLog() {
        EventLog log = log(LONG);
        write(log);
        write(log);

        broker.fail(0, new RegistryUnavailable("no such user"));
        broker.fail(
                1,
                new RegistryUnavailable(
                        "no answer", new java.util.concurrent.TimeoutException("too long")));

        assertThat(write(log)).isNotDone();
        assertThat(write(log)).isNotDone();
    }

    private EventLog log(Duration patienceWhileAway) {
        return new WatchedEventLog(broker, LONG, patienceWhileAway, meters);
    }

    private EventLog impatient() {
        return new WatchedEventLog(broker, Duration.ofMillis(1), Duration.ofMillis(1), meters);
    }

    private void goAway(EventLog log) {
        write(log);
        broker.fail(0, new TimeoutException("no answer"));
    }

    /** What the caller is told. */
    private static CompletableFuture<Void> write(EventLog log) {
        return log.inTime(outcome(log));
    }

    private static CompletableFuture<Void> outcome(EventLog log) {
        return log.retract(Topics.CLOSURES, "closure-1", NOW);
    }

    /** Answers when it is told to. */
    private static final class Broker implements EventLog {

        private final List<CompletableFuture<Void>> asked = new CopyOnWriteArrayList<>();
        private volatile String caller;
        private volatile CountDownLatch held = new CountDownLatch(0);

        @Override
        public CompletableFuture<Void> append(Topic topic, SpecificRecord event, Instant at) {
            throw new AssertionError("not asked for here");
        }

        @Override
        public CompletableFuture<Void> insist(Topic topic, SpecificRecord event, Instant at) {
            throw new AssertionError("not asked for here");
        }

        @Override
        public CompletableFuture<Void> retract(Topic topic, String key, Instant at) {
            CompletableFuture<Void> answer = new CompletableFuture<>();
            caller = Context.current().get(CALLER);
            asked.add(answer);
            try {
                held.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return answer;
        }

        private void awaitAsked(int times) {
            await().until(() -> asked.size() == times);
        }

        private void confirm(int place) {
            asked.get(place).complete(null);
        }

        private void fail(int place, RuntimeException cause) {
            asked.get(place).completeExceptionally(new LogUnavailable(cause));
        }
    }
}
