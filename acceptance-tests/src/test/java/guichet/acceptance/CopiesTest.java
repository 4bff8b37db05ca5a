package guichet.acceptance;

import static guichet.acceptance.Patience.LONG_ENOUGH;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import guichet.acceptance.DeskProcesses.Copy;
import guichet.acceptance.DeskProcesses.Part;
import guichet.events.ResponseDueChanged;
import guichet.judge.Verdict;
import guichet.policy.SupportPolicy;

import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Two copies of each service share the work; when one is killed the other does it all. */
class CopiesTest {

    private static final String STANDBYS = "spring.kafka.streams.properties.num.standby.replicas";

    private static final Part[] SERVICES = {
        Part.INTAKE, Part.ROUTING, Part.SLA_MONITOR, Part.ESCALATION
    };

    private static final Part[] STREAMS = {Part.ROUTING, Part.SLA_MONITOR, Part.ESCALATION};

    /** As in chassis.yml; it runs from the last heartbeat, so from the kill at the latest. */
    private static final Duration SESSION_TIME_OUT = Duration.ofSeconds(10);

    /**
     * The other copy hears of it a heartbeat (1 s) later; the broker calls off what the killed one
     * had not committed within a second of the same time-out; then come restoring, and reading what
     * has piled up, on a machine that may be busy.
     */
    private static final Duration ALLOWANCE = Duration.ofSeconds(5);

    /** For the figure alone; a minute more, and no other rule to hold. */
    private static final boolean WITHOUT_STANDBYS =
            Boolean.getBoolean("guichet.copies.without.standbys");

    private static final Set<Integer> ALL_PARTITIONS =
            IntStream.range(0, DeskProcesses.PARTITIONS).boxed().collect(Collectors.toSet());

    @Test
    void twoCopiesShareTheWorkAndOneGoesOnAloneWhenTheOtherIsKilled() throws Exception {
        long seed = System.nanoTime();
        System.out.println("CopiesTest: seed " + seed);
        SupportPolicy policy = SupportPolicy.load(Day.BRISK);
        try (DeskProcesses desk =
                        DeskProcesses.start(
                                DeskProcesses.temporaryData(), 2, Day.BRISK, Part.values());
                AgentTools agents = new AgentTools(desk.bootstrapServers(), desk.registryUrl());
                DeskLog log = new DeskLog(desk.bootstrapServers(), desk.registryUrl())) {
            Reckoning reckoning = new Reckoning(desk, log, policy);
            Day day = new Day(desk.doors(), agents, policy);
            day.begin(new Random(seed));
            day.awaitMoreContacts(20);

            awaitShared(desk, STREAMS);
            tell("with a standby", killTheSecond(desk, log, SERVICES));
            for (Part part : STREAMS) {
                awaitAlone(desk, new Copy(part, 0));
            }

            if (WITHOUT_STANDBYS) {
                desk.stop(Part.SLA_MONITOR);
                desk.set(STANDBYS, "0");
                desk.start(Part.SLA_MONITOR);
                awaitShared(desk, Part.SLA_MONITOR);
                tell("without a standby", killTheSecond(desk, log, Part.SLA_MONITOR));
            }

            Collection<Expected> accepted = day.end();
            Verdict verdict = reckoning.awaitNothingWrong(accepted);
            System.out.println("CopiesTest: " + verdict.summary());
        }
    }

    private static void tell(String how, Duration gap) {
        System.out.printf(
                "CopiesTest: the SLA monitor's other copy spoke for the killed one after %d ms, %s%n",
                gap.toMillis(), how);
    }

    /** Each partition is one copy's, and each copy has some. */
    private static void awaitShared(DeskProcesses desk, Part... services) {
        await("the copies share the work; logs in " + desk.logs())
                .atMost(LONG_ENOUGH)
                .ignoreExceptions()
                .untilAsserted(
                        () -> {
                            for (Part service : services) {
                                List<Set<Integer>> shares =
                                        desk.copiesOf(service).stream()
                                                .map(desk::partitionsOf)
                                                .toList();
                                assertThat(shares).as(service.name()).noneMatch(Set::isEmpty);
                                assertThat(shares.stream().flatMap(Set::stream))
                                        .as(service.name())
                                        .containsExactlyInAnyOrderElementsOf(ALL_PARTITIONS);
                            }
                        });
    }

    /** Only the monitor's gap is timed: each service's group misses its member by itself. */
    private static void awaitAlone(DeskProcesses desk, Copy survivor) {
        await(survivor + " does all the work; logs in " + desk.logs())
                .atMost(LONG_ENOUGH)
                .ignoreExceptions()
                .until(() -> desk.partitionsOf(survivor).equals(ALL_PARTITIONS));
    }

    /** Returns when the first copy has spoken for each partition that the second one had. */
    private static Duration killTheSecond(DeskProcesses desk, DeskLog log, Part... services) {
        Set<Integer> orphaned = desk.partitionsOf(new Copy(Part.SLA_MONITOR, 1));
        Instant killed = Instant.now();
        desk.kill(desk.copiesOf(services).stream().filter(copy -> copy.number() == 1).toList());
        await("the other copy takes over; logs in " + desk.logs())
                .atMost(SESSION_TIME_OUT.plus(ALLOWANCE))
                .until(() -> spokenForSince(killed, log).containsAll(orphaned));
        return Duration.between(killed, Instant.now());
    }

    /** Partitions on which a clock was started for a contact that came after an instant. */
    private static Set<Integer> spokenForSince(Instant instant, DeskLog log) {
        Set<Integer> spokenFor = new HashSet<>();
        for (DeskLog.Entry entry : log.entries()) {
            SpecificRecord event = entry.event();
            if (event instanceof ResponseDueChanged started
                    && started.getPreviousDue() == null
                    && started.getChangedAt().isAfter(instant)) {
                spokenFor.add(entry.partition());
            }
        }
        return spokenFor;
    }
}
