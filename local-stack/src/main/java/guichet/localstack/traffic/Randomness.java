package guichet.localstack.traffic;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Draws that the demo needs, from generators that always say the same for the same seed. */
final class Randomness {

    private Randomness() {}

    static RandomGenerator from(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /** One of the keys, each as often as its weight says; weights need not add up to 1. */
    static <T> T pick(RandomGenerator random, Map<T, Integer> weights) {
        int sum = weights.values().stream().mapToInt(Integer::intValue).sum();
        int draw = random.nextInt(sum);
        for (Map.Entry<T, Integer> entry : weights.entrySet()) {
            draw -= entry.getValue();
            if (draw < 0) {
                return entry.getKey();
            }
        }
        throw new IllegalArgumentException("weights must be positive: " + weights);
    }

    static <T> T pick(RandomGenerator random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
