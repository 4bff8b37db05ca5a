package guichet.routing.matching;

import guichet.chassis.ReleasedState;

import org.junit.jupiter.api.Test;

class StateTest {

    @Test
    void whatTheEngineKeepsInStoresCanBeReadAfterAnUpgrade() throws Exception {
        ReleasedState.check(KeptContact.class);
        ReleasedState.check(KeptAgent.class);
        ReleasedState.check(KeptQueue.class);
    }
}
