package guichet.routing.queueing;

import guichet.chassis.ReleasedState;
import guichet.events.ContactQueued;

import org.junit.jupiter.api.Test;

class StateTest {

    @Test
    void whatIsKeptInStoresCanBeReadAfterAnUpgrade() throws Exception {
        ReleasedState.check(EarlyNews.class);
        ReleasedState.check(ContactQueued.class);
    }
}
