package guichet.routing.agents;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.chassis.door.SettableClock;
import guichet.events.OfferOutcome;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.mock.web.MockHttpServletResponse;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;

/** A stream whose window does not read, or not for long. */
@Timeout(10)
class SlowWindowTest {

    private static final Instant LATER = Desk.NOW.plusSeconds(60);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final SettableClock clock = new SettableClock();
    private final MockHttpServletResponse response = new MockHttpServletResponse();
    private final EventStream out = new EventStream(response, new JsonMapper());
    private final Desktops desktops = new Desktops();

    @BeforeEach
    void startClock() {
        clock.set(Desk.NOW.toString());
    }

    @Test
    void aWindowThatFallsTooFarBehindIsCutOffAndNotFedFromMemory() throws Exception {
        OfferStream stream = stream(Duration.ofSeconds(10));
        try (Desktops.Place _ = desktops.listen("ana", stream)) {
            for (int i = 0; i <= OfferStream.MOST_WAITING; i++) {
                desktops.hand(new Told(i, Desk.offer("ana", "c-1/" + (i + 1))));
            }

            stream.sendTo(out, -1, LATER);
        }

        assertThat(response.getContentAsString()).isEmpty();
        assertThat(meters.get("guichet.agents.streams.cut").counter().count()).isEqualTo(1);
    }

    @Test
    void aServiceThatStopsEndsItsStreamsAtOnce() throws Exception {
        OfferStream stream = stream(Duration.ofSeconds(10));
        try (Desktops.Place _ = desktops.listen("ana", stream)) {
            desktops.hand(new Told(0, Desk.closed("ana", "c-1/1", OfferOutcome.EXPIRED)));
            desktops.close();

            stream.sendTo(out, -1, LATER);
        }

        assertThat(meters.get("guichet.agents.streams").gauge().value()).isZero();
    }

    @Test
    void whileNothingComesACommentIsSentUntilTheTokenEnds() throws Exception {
        Iterator<Instant> clock = List.of(Desk.NOW, Desk.NOW, LATER).iterator();
        OfferStream stream =
                new OfferStream(Duration.ofMillis(1), clock::next, new AgentMeters(meters));

        stream.sendTo(out, -1, LATER);

        assertThat(response.getContentAsString()).isEqualTo(": still here\n\n".repeat(2));
    }

    private OfferStream stream(Duration keepAlive) {
        return new OfferStream(keepAlive, clock, new AgentMeters(meters));
    }
}
