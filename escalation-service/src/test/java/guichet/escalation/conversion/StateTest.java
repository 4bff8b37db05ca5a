package guichet.escalation.conversion;

import guichet.chassis.ReleasedState;

import org.junit.jupiter.api.Test;

class StateTest {

    @Test
    void whatIsKeptInStoresCanBeReadAfterAnUpgrade() throws Exception {
        ReleasedState.check(Conversation.class);
    }
}
