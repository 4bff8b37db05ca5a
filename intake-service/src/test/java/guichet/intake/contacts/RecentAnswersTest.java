package guichet.intake.contacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import guichet.chassis.door.LogUnavailable;
import guichet.intake.contacts.RecentAnswers.Remembered;
import guichet.policy.Channel;
import guichet.policy.Language;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

class RecentAnswersTest {

    private static final UUID ID = new UUID(7, 7);
    private static final Answer ANSWER =
            new Answer(ID.toString(), Channel.CHAT, "en", null, "Thank you.");
    private static final Reply CLOSED = new Outcome.Closed(Channel.CHAT, Language.EN, null, null);

    private Instant now = Instant.parse("2026-11-24T21:00:00Z");
    private final RecentAnswers answers = new RecentAnswers(Duration.ofHours(1), 100, () -> now);

    @Test
    void aRepeatThatOvertakesTheFirstWaitsForIt() {
        CompletableFuture<Reply> sending = new CompletableFuture<>();

        CompletableFuture<Remembered> first = answers.once(ID, "body", () -> sending);
        CompletableFuture<Remembered> repeat = answers.once(ID, "body", neverAsked());
        assertThat(repeat).isNotDone();
        sending.complete(ANSWER);

        assertThat(first).isCompletedWithValue(new Remembered("body", ANSWER));
        assertThat(repeat).isCompletedWithValue(new Remembered("body", ANSWER));
    }

    @Test
    void tellsWhichBodyTheIdWasUsedFor() {
        answers.once(ID, "body", () -> CompletableFuture.completedFuture(ANSWER));

        assertThat(answers.once(ID, "other body", neverAsked()).join().fingerprint())
                .isEqualTo("body");
    }

    @Test
    void forgetsRefusals() {
        answers.once(ID, "body", () -> CompletableFuture.completedFuture(CLOSED));

        assertThat(
                        answers.once(ID, "body", () -> CompletableFuture.completedFuture(ANSWER))
                                .join()
                                .reply())
                .isEqualTo(ANSWER);
    }

    @Test
    void forgetsFailuresHoweverTheyCome() {
        LogUnavailable away = new LogUnavailable(new IllegalStateException());
        CompletableFuture<Remembered> thrown =
                answers.once(
                        ID,
                        "body",
                        () -> {
                            throw away;
                        });
        CompletableFuture<Remembered> failed =
                answers.once(ID, "body", () -> CompletableFuture.failedFuture(away));

        assertThatThrownBy(thrown::join).hasCause(away);
        assertThatThrownBy(failed::join).hasCause(away);
        assertThat(
                        answers.once(ID, "body", () -> CompletableFuture.completedFuture(ANSWER))
                                .join()
                                .reply())
                .isEqualTo(ANSWER);
    }

    @Test
    void ofManyItForgetsTheOldestAndNeverOneThatIsUndecided() {
        CompletableFuture<Reply> sending = new CompletableFuture<>();
        CompletableFuture<Remembered> undecided = answers.once(ID, "body", () -> sending);
        for (int i = 0; i < 300; i++) {
            answers.once(new UUID(1, i), "body", () -> CompletableFuture.completedFuture(ANSWER));
        }

        assertThat(answers.once(ID, "body", neverAsked())).isSameAs(undecided);
        assertThat(answers.once(new UUID(1, 299), "body", neverAsked())).isCompleted();
        assertThat(answers.once(new UUID(1, 200), "body", neverAsked())).isCompleted();
        assertThat(isAskedAgain(new UUID(1, 199))).isTrue();
    }

    @Test
    void forgetsAfterAWhile() {
        answers.once(ID, "body", () -> CompletableFuture.completedFuture(ANSWER));

        now = now.plus(Duration.ofHours(1));
        assertThat(isAskedAgain(ID)).isFalse();
        now = now.plusMillis(1);
        assertThat(isAskedAgain(ID)).isTrue();
    }

    @Test
    void forgetsWhatItIsToldTo() {
        answers.once(ID, "body", () -> CompletableFuture.completedFuture(ANSWER));

        answers.forget(ID);

        assertThat(isAskedAgain(ID)).isTrue();
    }

    private boolean isAskedAgain(UUID id) {
        AtomicBoolean asked = new AtomicBoolean();
        answers.once(
                id,
                "body",
                () -> {
                    asked.set(true);
                    return CompletableFuture.completedFuture(ANSWER);
                });
        return asked.get();
    }

    private static Supplier<CompletableFuture<Reply>> neverAsked() {
        return () -> {
            throw new AssertionError("the first is under way or done");
        };
    }
}
