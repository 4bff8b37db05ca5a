package guichet.benchmarks.desk;

import guichet.benchmarks.desk.Schedules.Answers;
import guichet.benchmarks.desk.Schedules.Even;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * How long a ticket waits for its answer at an even rate, with requests shown in a PostgreSQL on
 * the same machine; and how many a second the door then takes.
 */
final class TicketLatency {

    private static final int A_SECOND = 500;
    private static final int CONNECTIONS = 256;
    private static final int[] WARM_UP = {50, 200, 500};
    private static final Duration WARM_UP_STEP = Duration.ofSeconds(10);
    private static final Duration MEASURED = Duration.ofSeconds(60);
    private static final Duration ROUND = Duration.ofSeconds(6);
    private static final int ROUNDS = 3;

    private TicketLatency() {}

    static void measure(Path folder, Figures figures) throws InterruptedException {
        figures.begin(
                "(b) %d tickets a second for %d s, with requests shown in PostgreSQL"
                        .formatted(A_SECOND, MEASURED.toSeconds()));
        try (IntakeRun run = IntakeRun.withDatabase(folder)) {
            IntakeRun.Door bare = run.bareDoor();
            IntakeRun.Door door = run.door();
            tell("bare", bare, run, figures);
            tell("the door", door, run, figures);
            FullSpeedRounds fullSpeed = new FullSpeedRounds("the door at full speed", door, run);
            fullSpeed.warmUp(ROUND);
            for (int round = 0; round < ROUNDS; round++) {
                fullSpeed.measure(ROUND);
            }
            fullSpeed.tell(figures);
        }
    }

    private static void tell(String name, IntakeRun.Door door, IntakeRun run, Figures figures) {
        Answers answers = new Answers();
        TicketRequests requests = new TicketRequests(name.replace(' ', '-'), run.tokens());
        try (HttpLoad load = new HttpLoad(door.port(), CONNECTIONS, requests)) {
            for (int aSecond : WARM_UP) {
                load.run(new Even(aSecond, WARM_UP_STEP, answers));
            }
            answers.forget();
            Usage usage = new Usage(Map.of(name, door.jvm(), "the broker", run.broker().jvm()));
            Even even = new Even(A_SECOND, MEASURED, answers);
            load.run(even);
            usage.tell(figures);
            figures.tell(name + ": from when it was due to the answer", even.lateness());
            figures.hold(
                    name + ": other answers than 201", answers.others(), "", new Limit.AtMost(0));
        }
    }
}
