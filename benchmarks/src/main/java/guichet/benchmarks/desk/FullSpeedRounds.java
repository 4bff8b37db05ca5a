package guichet.benchmarks.desk;

import guichet.benchmarks.desk.Schedules.Answers;
import guichet.benchmarks.desk.Schedules.FullSpeed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** One door loaded at full speed, in rounds that alternate with those of others. */
final class FullSpeedRounds {

    private static final int CONNECTIONS = 256;

    /** What one round told; the times are of the processors, in microseconds a request. */
    private record Round(double aSecond, double door, double broker, double driver) {}

    private final String name;
    private final IntakeRun.Door door;
    private final ChildJvm broker;
    private final TicketRequests requests;
    private final Answers answers = new Answers();
    private final List<Round> rounds = new ArrayList<>();

    FullSpeedRounds(String name, IntakeRun.Door door, IntakeRun run) {
        this.name = name;
        this.door = door;
        this.broker = run.broker().jvm();
        this.requests = new TicketRequests(name.replaceAll("\\W+", "-"), run.tokens());
    }

    /** A round that does not count. */
    void warmUp(Duration time) {
        round(time);
        answers.forget();
    }

    void measure(Duration time) {
        rounds.add(round(time));
    }

    private Round round(Duration time) {
        long before = answers.created();
        Duration doorBefore = door.jvm().processorTime();
        Duration brokerBefore = broker.processorTime();
        Duration driverBefore = driverTime();
        FullSpeed schedule = new FullSpeed(time, answers);
        try (HttpLoad load = new HttpLoad(door.port(), CONNECTIONS, requests)) {
            load.run(schedule);
        }
        long taken = answers.created() - before;
        return new Round(
                taken / schedule.seconds(),
                micros(door.jvm().processorTime().minus(doorBefore), taken),
                micros(broker.processorTime().minus(brokerBefore), taken),
                micros(driverTime().minus(driverBefore), taken));
    }

    private static Duration driverTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    }

    private static double micros(Duration used, long requests) {
        return used.toNanos() / 1000.0 / requests;
    }

    /** Median. */
    double aSecond() {
        return median(Round::aSecond);
    }

    /** What it costs itself, in microseconds of processor time a request; median. */
    double cost() {
        return median(Round::door);
    }

    void tell(Figures figures) {
        figures.tell(name + ": tickets taken", aSecond(), "a second");
        figures.tell(
                name + ": slowest round",
                rounds.stream().mapToDouble(Round::aSecond).min().orElseThrow(),
                "a second");
        figures.tell(
                name + ": fastest round",
                rounds.stream().mapToDouble(Round::aSecond).max().orElseThrow(),
                "a second");
        figures.tell(name + ": processor time of the door", cost(), "us a ticket");
        figures.tell(name + ": processor time of the broker", median(Round::broker), "us a ticket");
        figures.tell(name + ": processor time of the driver", median(Round::driver), "us a ticket");
        figures.hold(name + ": other answers than 201", answers.others(), "", new Limit.AtMost(0));
    }

    private double median(ToDoubleFunction<Round> figure) {
        List<Double> sorted = new ArrayList<>(rounds.stream().map(figure::applyAsDouble).toList());
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }
}
