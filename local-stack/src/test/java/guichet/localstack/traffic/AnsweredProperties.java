package guichet.localstack.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

import java.util.Set;
import java.util.stream.LongStream;

class AnsweredProperties {

    @Property(tries = 300)
    void hasExactlyTheRestToDoAfterARestart(
            @ForAll @LongRange(max = 1_000) long start,
            @ForAll @Size(max = 40) Set<@LongRange(max = 59) Long> finished) {
        Answered before = new Answered(start, "");
        LongStream.range(start, start + 60).forEach(before::begin);
        finished.forEach(distance -> before.finish(start + distance));

        Answered after = new Answered(before.toCommit(), before.text());

        assertThat(
                        LongStream.range(before.toCommit(), start + 60)
                                .filter(after::begin)
                                .map(offset -> offset - start)
                                .boxed())
                .containsExactlyElementsOf(
                        LongStream.range(0, 60)
                                .boxed()
                                .filter(distance -> !finished.contains(distance))
                                .toList());
    }

    @Example
    void commitsPastEverythingThatIsFinished() {
        Answered progress = new Answered(0, "");
        progress.begin(0);
        progress.begin(1);
        progress.finish(1);
        progress.finish(0);

        assertThat(progress.toCommit()).isEqualTo(2);
        assertThat(progress.text()).isEmpty();
    }

    @Example
    void keepsItsTextShortEnoughForTheBroker() {
        Answered progress = new Answered(0, "");
        LongStream.range(0, 5_000).forEach(progress::begin);
        LongStream.range(1, 5_000).forEach(progress::finish);

        assertThat(progress.text()).hasSizeLessThanOrEqualTo(4_000).matches("[0-9]+(,[0-9]+)*");
    }
}
