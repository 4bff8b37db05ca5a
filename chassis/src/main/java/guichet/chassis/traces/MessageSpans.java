package guichet.chassis.traces;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Spans of what is read from Kafka and written to it, named and described as OpenTelemetry's
 * conventions for messaging have it. Where nobody would see a span there is none: while tracing is
 * off, and in a trace that is not sampled.
 */
public final class MessageSpans {

    /** Tracing is off. */
    public static final MessageSpans OFF = new MessageSpans(null, Propagator.NOOP);

    private final @Nullable Tracer tracer;
    private final Propagator propagator;

    /** Spans of that tracer. */
    public static MessageSpans of(Tracer tracer, Propagator propagator) {
        return new MessageSpans(tracer, propagator);
    }

    private MessageSpans(@Nullable Tracer tracer, Propagator propagator) {
        this.tracer = tracer;
        this.propagator = propagator;
    }

    /**
     * Begins the span of a record that is read, and makes it the thread's current one.
     *
     * @param parent as the record names it; a record that names none begins a trace, which is
     *     sampled or not as is configured
     * @param service who reads
     * @return null where there is none to begin
     */
    public @Nullable MessageSpan read(
            @Nullable Traceparent parent, RecordMetadata origin, String service) {
        if (isUnseen(parent)) {
            return null;
        }
        return begin(
                builder("process", origin.topic(), parent)
                        .kind(Span.Kind.CONSUMER)
                        .tag(
                                "messaging.destination.partition.id",
                                Integer.toString(origin.partition()))
                        .tag("messaging.kafka.offset", origin.offset())
                        .tag("messaging.consumer.group.name", service));
    }

    /**
     * Begins the span of an event that is written, and makes it the thread's current one.
     *
     * @param parent where it belongs
     * @param cause what led to it in another trace; null for nothing
     * @return null where there is none to begin
     */
    public @Nullable MessageSpan write(
            Traceparent parent,
            @Nullable Traceparent cause,
            String topic,
            String key,
            @Nullable String type) {
        if (isUnseen(parent)) {
            return null;
        }
        Span.Builder span = writing(builder("send", topic, parent), key, type);
        return begin(cause == null ? span : span.addLink(link(cause)));
    }

    /**
     * Begins the span of an event that is written as part of what the thread is doing.
     *
     * @return null while tracing is off; a trace that is not sampled is named on the record all the
     *     same, so that whoever reads it does not begin another
     */
    public @Nullable MessageSpan writeHere(String topic, String key, @Nullable String type) {
        return tracer == null ? null : begin(writing(builder("send", topic, null), key, type));
    }

    private boolean isUnseen(@Nullable Traceparent parent) {
        return tracer == null || parent != null && !parent.isSampled();
    }

    private Span.Builder builder(String operation, String topic, @Nullable Traceparent parent) {
        Span.Builder span =
                parent == null
                        ? requireNonNull(tracer).spanBuilder()
                        : propagator.extract(parent, MessageSpans::header);
        return span.name(operation + " " + topic)
                .tag("messaging.system", "kafka")
                .tag("messaging.operation.name", operation)
                .tag("messaging.operation.type", operation)
                .tag("messaging.destination.name", topic);
    }

    private static Span.Builder writing(Span.Builder span, String key, @Nullable String type) {
        span.kind(Span.Kind.PRODUCER).tag("messaging.kafka.message.key", key);
        return type == null
                ? span.tag("messaging.kafka.message.tombstone", true)
                : span.tag("cloudevents.event_type", type);
    }

    private Link link(Traceparent cause) {
        return new Link(
                requireNonNull(tracer)
                        .traceContextBuilder()
                        .traceId(cause.traceId())
                        .spanId(cause.spanId())
                        .sampled(cause.isSampled())
                        .build());
    }

    private MessageSpan begin(Span.Builder prepared) {
        Span span = prepared.start();
        Headers place = new RecordHeaders();
        propagator.inject(
                span.context(),
                place,
                (headers, name, value) ->
                        requireNonNull(headers).add(name, value.getBytes(US_ASCII)));
        return new MessageSpan(
                span,
                requireNonNull(tracer).withSpan(span),
                requireNonNull(Traceparent.of(place), "Boot's propagator writes a traceparent"));
    }

    private static @Nullable String header(Traceparent carrier, String name) {
        byte[] value =
                switch (name) {
                    case Traceparent.NAME -> carrier.value();
                    case Traceparent.STATE -> carrier.state();
                    default -> null;
                };
        return value == null ? null : new String(value, US_ASCII);
    }
}
