package guichet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import guichet.judge.Evidence;
import guichet.judge.Fault;
import guichet.judge.Verdict;
import guichet.policy.SupportPolicy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What must stand on the log after a {@link Day}: whatever was accepted is there, and every outcome
 * is the one that those who were there know of and that the judge recomputes from what went in. To
 * be made before the day begins: what is there already is not of that day.
 */
final class Reckoning {

    /** The broker has what agents record so soon, unless it is killed just then. */
    private static final Duration PROMPT = Duration.ofSeconds(1);

    /** A desk of fourteen containers has two processors to catch up with. */
    private static final Duration SETTLING = Duration.ofMinutes(5);

    /** So long must the log stay right: what is doubled may come later. */
    private static final Duration CALM = Duration.ofSeconds(5);

    private final String bootstrapServers;
    private final String registryUrl;
    private final Path logs;
    private final DeskLog log;
    private final SupportPolicy policy;
    private final Set<String> earlier;
    private final int buriedEarlier;

    Reckoning(DeskProcesses desk, DeskLog log, SupportPolicy policy) {
        this(desk.bootstrapServers(), desk.registryUrl(), desk.logs(), log, policy);
    }

    Reckoning(ComposedDesk desk, DeskLog log, SupportPolicy policy) {
        this(desk.bootstrapServers(), desk.registryUrl(), ComposedDesk.LOGS, log, policy);
    }

    private Reckoning(
            String bootstrapServers,
            String registryUrl,
            Path logs,
            DeskLog log,
            SupportPolicy policy) {
        this.bootstrapServers = bootstrapServers;
        this.registryUrl = registryUrl;
        this.logs = logs;
        this.log = log;
        this.policy = policy;
        this.earlier = log.entries().stream().map(DeskLog.Entry::key).collect(Collectors.toSet());
        this.buriedEarlier = log.buried().size();
    }

    /**
     * Returns what the judge finds.
     *
     * @param accepted what those know who were there
     */
    Verdict awaitNothingWrong(Collection<Expected> accepted) {
        Duration latest = latest(accepted);
        await("every outcome, as recomputed from what went in; logs in " + logs)
                .atMost(SETTLING)
                .during(CALM)
                .untilAsserted(
                        () -> {
                            assertThat(Expected.unmet(accepted, log.entries())).isEmpty();
                            assertThatTheJudgeFindsNothingWrong(accepted, latest);
                        });
        assertThat(log.buried()).hasSize(buriedEarlier);
        return evidence().judge(policy, Duration.ZERO, latest);
    }

    /**
     * Of a contact whose records reached the broker late both outcomes may be right, of no other.
     */
    private void assertThatTheJudgeFindsNothingWrong(
            Collection<Expected> accepted, Duration latest) {
        Set<String> late =
                accepted.stream()
                        .filter(contact -> contact.late().compareTo(PROMPT) >= 0)
                        .map(Expected::contactId)
                        .collect(Collectors.toSet());
        Evidence evidence = evidence();

        assertThat(evidence.judge(policy, Duration.ZERO, PROMPT).faults())
                .filteredOn(fault -> !late.contains(fault.contactId()))
                .filteredOn(this::isOfTheDay)
                .isEmpty();
        Verdict lenient = evidence.judge(policy, Duration.ZERO, latest);
        assertThat(lenient.faults()).filteredOn(this::isOfTheDay).isEmpty();
        assertThat(lenient.open()).isZero();
    }

    private boolean isOfTheDay(Fault fault) {
        return !earlier.contains(fault.contactId());
    }

    /** More than the time that any record took to reach the broker. */
    private static Duration latest(Collection<Expected> accepted) {
        return accepted.stream()
                .map(Expected::late)
                .max(Duration::compareTo)
                .orElseThrow()
                .plusMillis(1);
    }

    private Evidence evidence() {
        return Evidence.read(bootstrapServers, registryUrl, InstantSource.system());
    }
}
