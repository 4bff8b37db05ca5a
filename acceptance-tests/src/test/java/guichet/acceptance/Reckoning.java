package guichet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import guichet.judge.Evidence;
import guichet.judge.Verdict;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What must stand on the log after a {@link Day}: whatever was accepted is there, and every outcome
 * is the one that those who were there know of and that the judge recomputes from what went in.
 */
final class Reckoning {

    /** The broker has what agents record so soon, unless it is killed just then. */
    private static final Duration PROMPT = Duration.ofSeconds(1);

    private static final Duration SETTLING = Duration.ofSeconds(120);

    /** So long must the log stay right: what is doubled may come later. */
    private static final Duration CALM = Duration.ofSeconds(5);

    private final DeskProcesses desk;
    private final Collection<Expected> accepted;

    Reckoning(DeskProcesses desk, Collection<Expected> accepted) {
        this.desk = desk;
        this.accepted = accepted;
    }

    void awaitNothingWrong(DeskLog log) {
        await("every outcome, as recomputed from what went in; logs in " + desk.logs())
                .atMost(SETTLING)
                .during(CALM)
                .untilAsserted(
                        () -> {
                            assertThat(Expected.unmet(accepted, log.entries())).isEmpty();
                            assertThatTheJudgeFindsNothingWrong();
                        });
        assertThat(log.buried()).isEmpty();
    }

    /**
     * Of a contact whose records reached the broker late both outcomes may be right, of no other.
     */
    private void assertThatTheJudgeFindsNothingWrong() {
        Set<String> late =
                accepted.stream()
                        .filter(contact -> contact.late().compareTo(PROMPT) >= 0)
                        .map(Expected::contactId)
                        .collect(Collectors.toSet());
        Evidence evidence = evidence();

        assertThat(evidence.judge(Day.POLICY, Duration.ZERO, PROMPT).faults())
                .filteredOn(fault -> !late.contains(fault.contactId()))
                .isEmpty();
        Verdict lenient = evidence.judge(Day.POLICY, Duration.ZERO, latest());
        assertThat(lenient.faults()).isEmpty();
        assertThat(lenient.open()).isZero();
    }

    /** More than the time that any record took to reach the broker. */
    private Duration latest() {
        return accepted.stream()
                .map(Expected::late)
                .max(Duration::compareTo)
                .orElseThrow()
                .plusMillis(1);
    }

    /** The judge's figures, in one line. */
    String summary() {
        return evidence().judge(Day.POLICY, Duration.ZERO, latest()).summary();
    }

    private Evidence evidence() {
        return Evidence.read(desk.bootstrapServers(), desk.registryUrl(), InstantSource.system());
    }
}
