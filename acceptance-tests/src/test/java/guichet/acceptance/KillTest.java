package guichet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.acceptance.DeskProcesses.Part;
import guichet.acceptance.Expected.Wanted;
import guichet.judge.Verdict;
import guichet.policy.SupportPolicy;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Customers and agents go on with their day while processes are killed at random moments, also
 * before they are back from the last time. Whatever was accepted is queued once, each due is met or
 * breached once and truly, each long conversation is converted once, and what agents are offered is
 * theirs alone.
 */
class KillTest {

    private static final int FEWEST_BETWEEN_KILLS = 10;

    private final long seed = Long.getLong("guichet.kill.seed", System.nanoTime());
    private final int times = Integer.getInteger("guichet.kill.times", 10);

    @Test
    void nothingIsLostDoubledOrFalselyBreachedWhicheverProcessIsKilled() throws Exception {
        System.out.printf(
                "KillTest: -Dguichet.kill.times=%d -Dguichet.kill.seed=%d%n", times, seed);
        long began = System.nanoTime();
        Random random = new Random(seed);
        SupportPolicy policy = SupportPolicy.load(Day.BRISK);
        try (DeskProcesses desk =
                        DeskProcesses.start(
                                DeskProcesses.temporaryData(), 1, Day.BRISK, Part.values());
                AgentTools agents = new AgentTools(desk.bootstrapServers(), desk.registryUrl());
                DeskLog log = new DeskLog(desk.bootstrapServers(), desk.registryUrl());
                Staff staff = new Staff(desk, agents)) {
            Reckoning reckoning = new Reckoning(desk, log, policy);
            Day day = new Day(desk.doors(), agents, policy);
            staff.begin();
            day.begin(new Random(seed));

            for (Part[] victims : victims(random)) {
                day.awaitMoreContacts(FEWEST_BETWEEN_KILLS + random.nextInt(25));
                System.out.printf(
                        "KillTest: %3d s, killing %s%n", secondsSince(began), List.of(victims));
                desk.kill(victims);
                desk.start(victims);
                if (random.nextBoolean()) {
                    desk.awaitReady();
                }
            }
            desk.awaitReady();
            day.awaitMoreContacts(20);
            Collection<Expected> accepted = day.end();
            Collection<Expected> served = staff.end();

            Verdict verdict =
                    reckoning.awaitNothingWrong(
                            Stream.concat(accepted.stream(), served.stream()).toList());
            assertThat(served).hasSizeGreaterThan(FEWEST_BETWEEN_KILLS * times);
            assertThat(accepted).hasSizeGreaterThan(FEWEST_BETWEEN_KILLS * times);
            assertThat(accepted).extracting(Expected::breached).contains(Wanted.YES, Wanted.NO);
            assertThat(accepted).extracting(Expected::converted).contains(Wanted.YES, Wanted.NO);
            System.out.printf(
                    "KillTest: %d kills in %d s; %d contacts accepted, %d of them answered too near a kill to tell; %d more served by the staff%n",
                    times,
                    secondsSince(began),
                    accepted.size(),
                    accepted.stream().filter(it -> it.breached() == Wanted.EITHER).count(),
                    served.size());
            System.out.println("KillTest: " + verdict.summary());
        }
    }

    /**
     * SLA monitor, escalation and broker in turn, in an order of chance; after each such round one
     * of the others, or all together.
     */
    private List<Part[]> victims(Random random) {
        List<Part[]> between = new ArrayList<>();
        List<Part[]> victims = new ArrayList<>();
        while (victims.size() < times) {
            victims.addAll(
                    shuffled(
                            random,
                            new Part[] {Part.SLA_MONITOR},
                            new Part[] {Part.ESCALATION},
                            new Part[] {Part.BROKER}));
            if (between.isEmpty()) {
                between =
                        shuffled(
                                random,
                                new Part[] {Part.INTAKE},
                                new Part[] {Part.ROUTING},
                                Part.values());
            }
            victims.add(between.removeLast());
        }
        return victims.subList(0, times);
    }

    private static long secondsSince(long began) {
        return Duration.ofNanos(System.nanoTime() - began).toSeconds();
    }

    private static List<Part[]> shuffled(Random random, Part[]... victims) {
        List<Part[]> shuffled = new ArrayList<>(List.of(victims));
        Collections.shuffle(shuffled, random);
        return shuffled;
    }
}
