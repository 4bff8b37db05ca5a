package guichet.sla.clocks;

import guichet.chassis.ReleasedState;

import org.junit.jupiter.api.Test;

class StateTest {

    @Test
    void whatIsKeptInStoresCanBeReadAfterAnUpgrade() throws Exception {
        ReleasedState.check(ResponseClock.class);
        ReleasedState.check(EarlyEnd.class);
        ReleasedState.check(PolicyChange.class);
    }
}
