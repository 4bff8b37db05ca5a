package guichet.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.events.OfferAccepted;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

import java.time.Instant;

class CloudEventsTest {

    private static final Instant NOW = Instant.parse("2027-03-01T09:00:00.123Z");

    @Test
    void anEventWrittenTwiceHasTheSameId() {
        assertThat(idOf(accepted("chat-1"))).isEqualTo(idOf(accepted("chat-1")));
    }

    @Test
    void twoEventsOfOneKeyInTheSameMillisecondHaveIdsOfTheirOwn() {
        assertThat(idOf(accepted("chat-1"))).isNotEqualTo(idOf(accepted("chat-2")));
    }

    private static OfferAccepted accepted(String contactId) {
        return new OfferAccepted("agent-1", contactId + "/1", contactId, NOW);
    }

    private static String idOf(SpecificRecord event) {
        return new String(
                CloudEvents.addTo(new RecordHeaders(), event, "a-tool", NOW)
                        .lastHeader("ce_id")
                        .value(),
                UTF_8);
    }
}
