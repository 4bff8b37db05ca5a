package guichet.chassis;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.deadlines.Deadlines;
import guichet.events.ChatAnswered;
import guichet.events.ContactReleased;
import guichet.schemas.Topics;

import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Nobody sees what a task says before a commit, and those in turn are far between. */
class DeskCommitsTest {

    private static final Instant NOON = Instant.parse("2026-01-06T12:00:00Z");

    /** Long enough for the next commit, and too short for one that took long. */
    private static final Duration TURN = Duration.ofMillis(100);

    private final DeskDriver desk =
            new DeskDriver(
                    new DeskTopology(
                            "talking-service",
                            List.of(Topics.CHATS, Topics.assignments("en")),
                            List.of(Topics.SLA),
                            Deadlines.stores("timers"),
                            Talker::new),
                    NOON);
    private boolean hasNews;

    /** Says something of a contact that is released, and now and then of its own accord. */
    private final class Talker implements DeskTask {

        private final Context context;

        Talker(Context context) {
            this.context = context;
            context.deadlines("timers", deadline -> {});
            context.every(TURN, this::talk);
        }

        @Override
        public void on(SpecificRecord event) {
            if (event instanceof ContactReleased) {
                say();
            }
        }

        private void talk() {
            if (hasNews) {
                say();
            }
        }

        private void say() {
            context.emit(Topics.SLA, released(), NOON);
        }
    }

    @BeforeEach
    void theLastCommitIsLongAgo() {
        desk.read(Topics.assignments("en"), released());
        desk.advance(TURN);
        desk.advance(TURN);
        desk.commitsAskedFor();
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void asksForOneOfWhatIsSaidOfAnEvent() {
        desk.read(Topics.assignments("en"), released());

        assertThat(desk.commitsAskedFor()).isOne();
    }

    @Test
    void asksForOneOfWhatIsSaidOfItsOwnAccord() {
        hasNews = true;

        desk.advance(TURN);

        assertThat(desk.commitsAskedFor()).isOne();
    }

    @Test
    void asksForOneOfADeadLetter() {
        desk.readBytes(Topics.CHATS, null, new byte[] {1});

        assertThat(desk.commitsAskedFor()).isOne();
    }

    @Test
    void asksForNoneWhereNothingIsSaid() {
        desk.read(Topics.CHATS, new ChatAnswered("c-1", NOON, "agent-1"));
        desk.advance(TURN);

        assertThat(desk.commitsAskedFor()).isZero();
    }

    private static ContactReleased released() {
        return new ContactReleased("c-1", null, NOON, "talk");
    }
}
