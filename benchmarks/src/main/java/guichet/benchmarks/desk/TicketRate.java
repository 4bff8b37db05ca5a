package guichet.benchmarks.desk;

import guichet.schemas.Topics;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How many tickets a second the door takes at full speed, beside a {@link BareDoor} on the same
 * broker; one driver loads them in turn. There is no database here: the baseline has none either.
 */
final class TicketRate {

    private static final Duration ROUND = Duration.ofSeconds(5);
    private static final int ROUNDS = 5;
    private static final Limit OF_A_BARE_DOOR = new Limit.AtLeast(0.8);

    /** What does more takes longer to be compiled, beside the load on two cores. */
    private static final Duration SHORT_WARM_UP = Duration.ofSeconds(15);

    private static final Duration WARM_UP = Duration.ofSeconds(30);
    private static final Duration LONG_WARM_UP = Duration.ofSeconds(45);

    private TicketRate() {}

    static void measure(Path folder, Figures figures) throws InterruptedException {
        figures.begin(
                "(a) tickets at full speed, beside a bare controller; medians of %d rounds of %d s"
                        .formatted(ROUNDS, ROUND.toSeconds()));
        try (IntakeRun run = IntakeRun.withoutDatabase(folder)) {
            FullSpeedRounds bare = new FullSpeedRounds("bare", run.bareDoor(), run);
            bare.warmUp(SHORT_WARM_UP);
            FullSpeedRounds signedIn =
                    new FullSpeedRounds("bare, signed in", run.bareDoorForTheSignedIn(), run);
            signedIn.warmUp(WARM_UP);
            FullSpeedRounds strict =
                    new FullSpeedRounds(
                            "the door, verifying each", run.doorThatVerifiesEachToken(), run);
            strict.warmUp(LONG_WARM_UP);
            FullSpeedRounds door = new FullSpeedRounds("the door", run.door(), run);
            door.warmUp(LONG_WARM_UP);
            List<FullSpeedRounds> all = List.of(bare, signedIn, strict, door);
            for (int round = 0; round < ROUNDS; round++) {
                all.forEach(one -> one.measure(ROUND));
            }
            all.forEach(one -> one.tell(figures));
            figures.tell("bare: a record", run.broker().bytesARecord(BareDoor.TOPIC), "bytes");
            figures.tell(
                    "the door: a record",
                    run.broker().bytesARecord(Topics.TICKETS.name()),
                    "bytes");
            figures.hold(
                    "the door, of a bare one",
                    door.aSecond() / bare.aSecond(),
                    "x",
                    OF_A_BARE_DOOR);
            figures.tell(
                    "the door, of a bare one that asks for a token as it does",
                    door.aSecond() / signedIn.aSecond(),
                    "x");
            figures.tell(
                    "the door that verifies each token, of a bare one",
                    strict.aSecond() / bare.aSecond(),
                    "x");
            figures.tell("its own processor time, of a bare one", door.cost() / bare.cost(), "x");
        }
    }
}
