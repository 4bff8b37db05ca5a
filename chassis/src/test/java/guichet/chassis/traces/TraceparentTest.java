package guichet.chassis.traces;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceparentTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";

    @Test
    void tellsTraceSpanAndWhetherItIsSampled() {
        Traceparent sampled = Traceparent.of(bytes("00-%s-%s-01".formatted(TRACE, SPAN)));
        Traceparent unsampled = Traceparent.of(bytes("00-%s-%s-02".formatted(TRACE, SPAN)));

        assertThat(sampled.traceId()).isEqualTo(TRACE);
        assertThat(sampled.spanId()).isEqualTo(SPAN);
        assertThat(sampled.isSampled()).isTrue();
        assertThat(unsampled.isSampled()).isFalse();
        assertThat(sampled.isOfTrace(unsampled)).isTrue();
    }

    @Test
    void goesFromOneRecordToAnotherWithItsState() {
        Headers from = new RecordHeaders();
        from.add("traceparent", bytes("00-%s-%s-01".formatted(TRACE, SPAN)));
        from.add("tracestate", bytes("vendor=1"));
        from.add("other", bytes("x"));
        Headers to = new RecordHeaders();

        Traceparent.of(from).addTo(to);

        assertThat(to)
                .extracting(header -> header.key() + "=" + new String(header.value(), US_ASCII))
                .containsExactly(
                        "traceparent=00-%s-%s-01".formatted(TRACE, SPAN), "tracestate=vendor=1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00x4bf92f3577b34da6a3ce929d0e0e4736x00f067aa0ba902b7x01",
                "ana@example.org-----------------------------------------"
            })
    void isAbsentWhereTheHeaderIsMalformed(String value) {
        Headers headers = new RecordHeaders();
        headers.add("traceparent", bytes(value));

        assertThat(Traceparent.of(headers)).isNull();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(US_ASCII);
    }
}
