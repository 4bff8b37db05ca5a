package guichet.benchmarks.policy;

import guichet.policy.AnnouncedClosure;
import guichet.policy.Line;
import guichet.policy.SupportPolicy;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What the quick answers are paid with: after an announcement, each line works its hours out anew,
 * a block of 388 days at a time, when it is first asked.
 */
@State(Scope.Thread)
public class AnnouncingBenchmark {

    private static final Instant MIDYEAR =
            Announcements.YEAR_BEGINS.plus(Announcements.YEAR.dividedBy(2));

    private final SupportPolicy policy = Questions.policy("");
    private final List<AnnouncedClosure> closures = Announcements.ofAYear(new SplittableRandom(1));
    private final List<Line> lines = Questions.lines();

    /** Announces a year of closures, then asks every line whether it is open. */
    @Benchmark
    public int guichet() {
        SupportPolicy announcing = policy.announcing(closures);
        int open = 0;
        for (Line line : lines) {
            if (announcing.hours(line).isOpen(MIDYEAR)) {
                open++;
            }
        }
        return open;
    }
}
