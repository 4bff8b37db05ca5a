package guichet.deadlines;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.deadlines.LogEnds.Answer;
import guichet.deadlines.LogEnds.End;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

class LogEndsTest {

    private static final TopicPartition OURS = new TopicPartition("chats", 0);
    private static final TopicPartition THEIRS = new TopicPartition("chats", 1);

    private final List<Map<TopicPartition, CompletableFuture<End>>> asked = new ArrayList<>();
    private final LogEnds ends = new LogEnds(() -> Set.of(OURS, THEIRS), this::ask);

    @Test
    void asksOnceForAllTasksOfAThread() {
        ends.newest(1_000, Set.of(OURS));
        answer(0, OURS, 7);
        answer(0, THEIRS, 9);

        assertThat(ends.newest(1_002, Set.of(OURS)))
                .contains(new Answer(1_000, Map.of(OURS, end(7))));
        assertThat(ends.newest(1_003, Set.of(THEIRS)))
                .contains(new Answer(1_000, Map.of(THEIRS, end(9))));
        assertThat(asked).hasSize(1);
    }

    @Test
    void asksNoMoreThanAHundredTimesASecond() {
        for (int now = 0; now < 1_000; now++) {
            ends.newest(now, Set.of(OURS));
            asked.getLast().values().forEach(end -> end.complete(end(7)));
        }

        assertThat(asked).hasSize(100);
    }

    @Test
    void letsNoTaskWaitForAPartitionOfAnotherThatHasNoLeader() {
        ends.newest(1_000, Set.of(OURS));
        answer(0, OURS, 7);
        assertThat(ends.newest(1_020, Set.of(OURS)))
                .contains(new Answer(1_000, Map.of(OURS, end(7))));
        assertThat(ends.newest(1_020, Set.of(THEIRS))).isEmpty();

        ends.newest(2_000, Set.of(OURS));
        answer(1, OURS, 8);

        assertThat(ends.newest(2_020, Set.of(OURS)))
                .contains(new Answer(2_000, Map.of(OURS, end(8))));
    }

    @Test
    void goesByTheAnswerBeforeWhileTheNewerQuestionIsOpen() {
        ends.newest(1_000, Set.of(OURS));
        answer(0, OURS, 7);
        answer(0, THEIRS, 9);

        assertThat(ends.newest(1_020, Set.of(OURS)))
                .contains(new Answer(1_000, Map.of(OURS, end(7))));
        assertThat(asked).hasSize(2);
    }

    @Test
    void asksAgainWhenTheBrokerRefuses() {
        ends.newest(1_000, Set.of(OURS));
        asked.getFirst().values().forEach(end -> end.completeExceptionally(new Exception()));

        assertThat(ends.newest(1_020, Set.of(OURS))).isEmpty();
        answer(1, OURS, 7);
        assertThat(ends.newest(1_021, Set.of(OURS)))
                .contains(new Answer(1_020, Map.of(OURS, end(7))));
    }

    @Test
    void forgetsAnswersOfTimesThatComeAgainWhenTheClockIsPutBack() {
        ends.newest(1_000, Set.of(OURS));
        answer(0, OURS, 7);

        assertThat(ends.newest(400, Set.of(OURS))).isEmpty();
    }

    @Test
    void goesByTheAnswerBeforeWhenALeaderAnswersThatHasBeenReplaced() {
        ends.newest(1_000, Set.of(OURS));
        asked.get(0).get(OURS).complete(new End(7, 2));
        answer(0, THEIRS, 9);
        ends.newest(1_020, Set.of(OURS));

        asked.get(1).get(OURS).complete(new End(5, 1));

        assertThat(ends.newest(1_021, Set.of(OURS)))
                .contains(new Answer(1_000, Map.of(OURS, new End(7, 2))));
    }

    @Test
    void waitsForTheLeaderThatItHasHeardOf() {
        ends.heardOfLeader(OURS, 2);
        ends.newest(1_000, Set.of(OURS));
        asked.get(0).get(OURS).complete(new End(5, 1));
        assertThat(ends.newest(1_005, Set.of(OURS))).isEmpty();

        ends.newest(2_000, Set.of(OURS));
        asked.get(1).get(OURS).complete(new End(7, 2));

        assertThat(ends.newest(2_005, Set.of(OURS)))
                .contains(new Answer(2_000, Map.of(OURS, new End(7, 2))));
    }

    private static End end(long offset) {
        return new End(offset, 0);
    }

    private void answer(int question, TopicPartition partition, long end) {
        asked.get(question).get(partition).complete(end(end));
    }

    private Map<TopicPartition, Future<End>> ask(Set<TopicPartition> partitions) {
        Map<TopicPartition, CompletableFuture<End>> answers = new HashMap<>();
        partitions.forEach(partition -> answers.put(partition, new CompletableFuture<>()));
        asked.add(answers);
        return Map.copyOf(answers);
    }
}
