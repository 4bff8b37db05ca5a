package guichet.intake.contacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import guichet.chassis.door.LogUnavailable;
import guichet.intake.contacts.RecentAnswers.Remembered;
import guichet.policy.Channel;
import guichet.policy.Language;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

class RecentAnswersTest {

    private static final UUID ID = new UUID(7, 7);
    private static final Answer ANSWER =
            new Answer(ID.toString(), Channel.CHAT, "en", null, "Thank you.");
    private static final Reply CLOSED = new Outcome.Closed(Channel.CHAT, Language.EN, null, null);

    private final RecentAnswers answers = new RecentAnswers(Duration.ofHours(1), 100);

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

    private static Supplier<CompletableFuture<Reply>> neverAsked() {
        return () -> {
            throw new AssertionError("the first is under way or done");
        };
    }
}
