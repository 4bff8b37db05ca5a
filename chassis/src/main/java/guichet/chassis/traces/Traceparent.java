package guichet.chassis.traces;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * The place in a trace that a record's headers name (W3C Trace Context): {@code 00-<trace id>-<span
 * id>-<flags>}. What goes with it in {@code tracestate} goes along unread.
 */
public final class Traceparent {

    static final String NAME = "traceparent";
    static final String STATE = "tracestate";

    private static final int TRACE_ID = 3;
    private static final int SPAN_ID = 36;
    private static final int FLAGS = 53;
    private static final int LENGTH = 55;

    private final byte[] value;
    private final byte @Nullable [] state;

    private Traceparent(byte[] value, byte @Nullable [] state) {
        this.value = value;
        this.state = state;
    }

    /** Null where there is none, or what is there is malformed: it is then as if it were absent. */
    public static @Nullable Traceparent of(Headers headers) {
        Header header = headers.lastHeader(NAME);
        if (header == null) {
            return null;
        }
        Header state = headers.lastHeader(STATE);
        return of(header.value(), state == null ? null : state.value());
    }

    /** The one that a header's value names, without a state; null for a malformed one. */
    public static @Nullable Traceparent of(byte @Nullable [] value) {
        return of(value, null);
    }

    private static @Nullable Traceparent of(byte @Nullable [] value, byte @Nullable [] state) {
        return value != null && isWellFormed(value) ? new Traceparent(value, state) : null;
    }

    /** The header's value. */
    public byte[] value() {
        return value;
    }

    /** The value of the header that goes along; null where there is none. */
    byte @Nullable [] state() {
        return state;
    }

    /** Names this place on a record that has none yet. */
    public void addTo(Headers headers) {
        headers.add(NAME, value);
        if (state != null) {
            headers.add(STATE, state);
        }
    }

    /** Whether whoever began the trace wants it recorded. */
    public boolean isSampled() {
        return (Character.digit(value[LENGTH - 1], 16) & 1) == 1;
    }

    /** Whether both are places in one trace. */
    public boolean isOfTrace(Traceparent other) {
        return Arrays.equals(value, TRACE_ID, SPAN_ID - 1, other.value, TRACE_ID, SPAN_ID - 1);
    }

    /** 32 hexadecimal digits. */
    public String traceId() {
        return new String(value, TRACE_ID, SPAN_ID - 1 - TRACE_ID, US_ASCII);
    }

    /** 16 hexadecimal digits. */
    String spanId() {
        return new String(value, SPAN_ID, FLAGS - 1 - SPAN_ID, US_ASCII);
    }

    private static boolean isWellFormed(byte[] value) {
        if (value.length != LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            boolean isDash = i == TRACE_ID - 1 || i == SPAN_ID - 1 || i == FLAGS - 1;
            if (isDash ? value[i] != '-' : !isLowerHexadecimal(value[i])) {
                return false;
            }
        }
        return !isZero(value, TRACE_ID, SPAN_ID - 1) && !isZero(value, SPAN_ID, FLAGS - 1);
    }

    private static boolean isLowerHexadecimal(byte digit) {
        return digit >= '0' && digit <= '9' || digit >= 'a' && digit <= 'f';
    }

    private static boolean isZero(byte[] value, int from, int to) {
        for (int i = from; i < to; i++) {
            if (value[i] != '0') {
                return false;
            }
        }
        return true;
    }
}
