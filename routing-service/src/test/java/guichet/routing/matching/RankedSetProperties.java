package guichet.routing.matching;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Beside the sorted set of the JDK, which counts by walking. */
class RankedSetProperties {

    @Property(tries = 200)
    void isASortedSetThatCounts(
            @ForAll @Size(max = 200) List<@IntRange(max = 60) Integer> toggled) {
        RankedSet<Integer> ranked = new RankedSet<>();
        TreeSet<Integer> plain = new TreeSet<>();
        for (int item : toggled) {
            if (plain.remove(item)) {
                ranked.remove(item);
            } else {
                plain.add(item);
                ranked.add(item);
            }
            assertThat(ranked).containsExactlyElementsOf(plain);
            assertThat(ranked.size()).isEqualTo(plain.size());
            assertThat(ranked.first()).isEqualTo(plain.isEmpty() ? null : plain.first());
            assertThat(ranked.countBefore(item)).isEqualTo(plain.headSet(item).size());
            assertThat(ranked.contains(item)).isEqualTo(plain.contains(item));
        }
        List<Integer> inOrder = new ArrayList<>(plain);
        for (int i = 0; i < inOrder.size(); i++) {
            assertThat(ranked.get(i)).isEqualTo(inOrder.get(i));
        }
    }

    @Property(tries = 200)
    void findsTheFirstOutsideASubset(
            @ForAll @Size(max = 60) Set<@IntRange(max = 100) Integer> all,
            @ForAll @IntRange(max = 100) int most) {
        RankedSet<Integer> ranked = new RankedSet<>();
        RankedSet<Integer> others = new RankedSet<>();
        all.forEach(ranked::add);
        all.stream().filter(item -> item % 10 != 0 || item < most).forEach(others::add);

        assertThat(ranked.firstOutside(others))
                .isEqualTo(
                        all.stream()
                                .filter(item -> !others.contains(item))
                                .min(Integer::compareTo)
                                .orElse(null));
    }
}
