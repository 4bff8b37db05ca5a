package guichet.benchmarks.policy;

import guichet.policy.AnnouncedClosure;
import guichet.policy.Channel;
import guichet.policy.Language;
import guichet.policy.Line;
import guichet.policy.Plan;
import guichet.policy.Scope;
import guichet.policy.SupportPolicy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Random moments of a year on random lines, and the policy they are asked of. The same at each run.
 */
final class Questions {

    /**
     * A power of two: too many for a processor to learn their answers by heart, few enough for its
     * caches.
     */
    private static final int COUNT = 1 << 14;

    private static final long SEED = 20_261_123;

    private final SupportPolicy policy;
    private final Question[] questions;

    private Questions(SupportPolicy policy, Question[] questions) {
        this.policy = policy;
        this.questions = questions;
    }

    /**
     * @param headings of the policy that differ from the support page's
     * @param concerns the lines that are asked about
     * @param targetByHand the baseline's target of a line
     */
    static Questions of(
            String headings,
            Predicate<Line> concerns,
            Function<Line, BiFunction<DayByDay, Instant, Instant>> targetByHand) {
        SplittableRandom random = new SplittableRandom(SEED);
        List<AnnouncedClosure> announced = Announcements.ofAYear(random);
        List<Question> lines =
                lines().stream()
                        .filter(concerns)
                        .map(
                                line ->
                                        new Question(
                                                line,
                                                Announcements.YEAR_BEGINS,
                                                SupportPageByHand.hours(line, announced),
                                                targetByHand.apply(line)))
                        .toList();
        Question[] questions = new Question[COUNT];
        for (int i = 0; i < COUNT; i++) {
            long millis = random.nextLong(Announcements.YEAR.toMillis());
            questions[i] =
                    lines.get(random.nextInt(lines.size()))
                            .at(Announcements.YEAR_BEGINS.plusMillis(millis));
        }
        Questions ready = new Questions(policy(headings).announcing(announced), questions);
        ready.askOnEveryLine();
        return ready;
    }

    /** Every line there is. */
    static List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        for (Language language : Language.values()) {
            for (Plan plan : Plan.values()) {
                for (Channel channel : Channel.values()) {
                    lines.add(new Line(language, plan, channel));
                }
            }
        }
        return lines;
    }

    static SupportPolicy policy(String headings) {
        if (headings.isEmpty()) {
            return SupportPolicy.load("support-page");
        }
        try {
            Path file = Files.createTempFile("policy", ".yaml");
            try {
                Files.writeString(file, "based-on: support-page\n" + headings + "\n");
                return SupportPolicy.load(file.toUri().toString());
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    SupportPolicy policy() {
        return policy;
    }

    /** One after the other, over and over. */
    Question get(int number) {
        return questions[number & COUNT - 1];
    }

    /**
     * Lets the compiler see every kind of target and line before anything is measured, as it does
     * in a service: what only ever met one kind would be faster than it ever is there.
     */
    private void askOnEveryLine() {
        List<Line> lines = lines();
        for (int i = 0; i < COUNT; i++) {
            Line line = lines.get(i % lines.size());
            Instant at = questions[i].at();
            policy.hours(line).isOpen(at);
            policy.respondBy(line, Scope.IN, at);
        }
    }
}
