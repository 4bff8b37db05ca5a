package guichet.routing.agents;

import java.io.IOException;
import java.time.Instant;

/** What the desk told its agents before. */
interface DesktopHistory {

    /** Where to begin. */
    sealed interface Start {

        /** After the event with this offset. */
        record After(long offset) implements Start {}

        /** With the first event that was recorded then or later. */
        record Since(Instant instant) implements Start {}
    }

    /** Is shown one event after another. */
    @FunctionalInterface
    interface Reader {
        void on(Told told) throws IOException;
    }

    /**
     * Reads what was told to an agent, in order.
     *
     * @param until the offset to stop before
     * @throws org.springframework.web.ErrorResponseException before anything is read, where no
     *     event can have had the offset to begin after, or what came after it is gone
     * @throws guichet.chassis.door.LogUnavailable where the topic cannot be read
     */
    void read(String agentId, Start start, long until, Reader reader) throws IOException;
}
