package guichet.routing.matching;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Something that may happen on a desk; the numbers pick whom and what once it is played. */
record Step(Kind kind, int who, int what, int much) {

    enum Kind {
        QUEUE,
        ACCEPT,
        DECLINE,
        ANSWER,
        ANSWER_BY_ANYONE,
        END,
        WITHDRAW,
        MOVE_DUE,
        CHANGE_STATUS,
        CHANGE_PRESENCE,
        STAY_OFFLINE,
        ACCEPT_ANYTHING,
        REPEAT,
        WAIT_FOR_NEXT_WAKE,
        LET_TIME_PASS,
        WAKE_TOO_EARLY,
        TURN_CLOCK_BACK
    }

    static Arbitrary<Step> any() {
        return Combinators.combine(
                        Arbitraries.frequency(
                                Tuple.of(30, Kind.QUEUE),
                                Tuple.of(18, Kind.ACCEPT),
                                Tuple.of(7, Kind.DECLINE),
                                Tuple.of(8, Kind.ANSWER),
                                Tuple.of(2, Kind.ANSWER_BY_ANYONE),
                                Tuple.of(12, Kind.END),
                                Tuple.of(3, Kind.WITHDRAW),
                                Tuple.of(4, Kind.MOVE_DUE),
                                Tuple.of(3, Kind.CHANGE_STATUS),
                                Tuple.of(8, Kind.CHANGE_PRESENCE),
                                Tuple.of(3, Kind.STAY_OFFLINE),
                                Tuple.of(3, Kind.ACCEPT_ANYTHING),
                                Tuple.of(3, Kind.REPEAT),
                                Tuple.of(14, Kind.WAIT_FOR_NEXT_WAKE),
                                Tuple.of(8, Kind.LET_TIME_PASS),
                                Tuple.of(1, Kind.WAKE_TOO_EARLY),
                                Tuple.of(1, Kind.TURN_CLOCK_BACK)),
                        Arbitraries.integers().between(0, 9_999),
                        Arbitraries.integers().between(0, 9_999),
                        Arbitraries.integers().between(0, 9_999))
                .as(Step::new);
    }
}
