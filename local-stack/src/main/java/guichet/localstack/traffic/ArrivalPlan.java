package guichet.localstack.traffic;

import guichet.events.Channel;
import guichet.events.Impact;
import guichet.localstack.platform.DemoPerson;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Who comes when: an opening scene that shows every case within the first minute, and beside it a
 * Poisson process for each language whose rate follows the hour where its speakers live. Endless;
 * the same seed, start and rate give the same plan.
 *
 * @param start when the plan begins
 * @param rate factor on the rates of the table; above 0
 */
record ArrivalPlan(long seed, Instant start, double rate) {

    private static final Map<Channel, Integer> CHANNELS =
            new EnumMap<>(Map.of(Channel.WEB, 40, Channel.CHAT, 40, Channel.PHONE, 20));

    private static final Map<DemoPerson, Integer> PLANS =
            new EnumMap<>(
                    Map.of(
                            DemoPerson.BASIC, 55,
                            DemoPerson.TEAM, 25,
                            DemoPerson.AGENCY, 12,
                            DemoPerson.ENTERPRISE, 8));

    /** Of a plan, for each of a hundred requests that are theirs. */
    private static final int CUSTOMERS_FOR_EACH_PERCENT = 2;

    private static final Map<Impact, Integer> IMPACTS =
            new EnumMap<>(
                    Map.of(Impact.URGENT, 8, Impact.HIGH, 22, Impact.NORMAL, 45, Impact.LOW, 25));

    private record Cue(Duration after, Tongue tongue, Channel channel, Handling handling) {}

    private static final Handling PROMPT = new Handling(0.2, 0.4);
    private static final Handling LAST_MOMENT = new Handling(0.85, 0.4);
    private static final Handling LATE = new Handling(1.3, 0.4);
    private static final Handling LONG = new Handling(0.2, 1.5);

    private static final List<Cue> OPENING =
            List.of(
                    new Cue(Duration.ofMillis(500), Tongue.EN, Channel.CHAT, PROMPT),
                    new Cue(Duration.ofMillis(1_000), Tongue.ES, Channel.CHAT, LONG),
                    new Cue(Duration.ofMillis(1_500), Tongue.PT, Channel.PHONE, LONG),
                    new Cue(Duration.ofMillis(2_000), Tongue.PT, Channel.CHAT, LAST_MOMENT),
                    new Cue(Duration.ofMillis(2_500), Tongue.ES, Channel.PHONE, LATE),
                    new Cue(Duration.ofMillis(3_000), Tongue.EN, Channel.WEB, PROMPT));

    /** All arrivals in order of time. */
    Stream<Arrival> arrivals() {
        Iterator<Arrival> rest = new Rest();
        return Stream.concat(opening(), Stream.generate(rest::next));
    }

    private Stream<Arrival> opening() {
        RandomGenerator random = Randomness.from(seed);
        return Stream.iterate(0, number -> number < OPENING.size(), number -> number + 1)
                .map(
                        number -> {
                            Cue cue = OPENING.get(number);
                            return new Arrival(
                                    number,
                                    start.plus(cue.after()),
                                    cue.tongue(),
                                    cue.channel(),
                                    DemoPerson.BASIC,
                                    customer(random, DemoPerson.BASIC),
                                    Impact.NORMAL,
                                    Request.draw(random, cue.channel(), cue.tongue()),
                                    cue.handling());
                        });
    }

    /** Thins out a process at the highest rate, which keeps it Poisson at every other one. */
    private final class Rest implements Iterator<Arrival> {

        private final RandomGenerator random = Randomness.from(~seed);
        private double secondsIn = OPENING.getLast().after().toMillis() / 1000.0;
        private long number = OPENING.size();

        @Override
        public boolean hasNext() {
            return true;
        }

        @Override
        public Arrival next() {
            while (true) {
                secondsIn += random.nextExponential() / (Tongue.mostPerSecond() * rate);
                Instant at = start.plusMillis(Math.round(secondsIn * 1000));
                Optional<Tongue> tongue = tongueAt(at);
                if (tongue.isPresent()) {
                    return arrival(at, tongue.get());
                }
            }
        }

        private Optional<Tongue> tongueAt(Instant at) {
            double draw = random.nextDouble() * Tongue.mostPerSecond();
            for (Tongue tongue : Tongue.all()) {
                draw -= tongue.perSecond(at);
                if (draw < 0) {
                    return Optional.of(tongue);
                }
            }
            return Optional.empty();
        }

        private Arrival arrival(Instant at, Tongue tongue) {
            Channel channel = Randomness.pick(random, CHANNELS);
            DemoPerson person = Randomness.pick(random, PLANS);
            return new Arrival(
                    number++,
                    at,
                    tongue,
                    channel,
                    person,
                    customer(random, person),
                    Randomness.pick(random, IMPACTS),
                    Request.draw(random, channel, tongue),
                    Handling.draw(random));
        }
    }

    /** A customer has bought one plan, and as many have each as its share of requests says. */
    private static String customer(RandomGenerator random, DemoPerson person) {
        int customers = PLANS.getOrDefault(person, 0) * CUSTOMERS_FOR_EACH_PERCENT;
        return "demo-" + person.id() + "-" + random.nextInt(customers);
    }
}
