package guichet.chassis.traces;

import guichet.chassis.Wordless;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer.SpanInScope;

import java.util.concurrent.CompletableFuture;

/** The span of one record that is read or written; it ends when it is closed. */
public final class MessageSpan implements AutoCloseable {

    private final Span span;
    private final SpanInScope scope;
    private final Traceparent place;

    MessageSpan(Span span, SpanInScope scope, Traceparent place) {
        this.span = span;
        this.scope = scope;
        this.place = place;
    }

    /** Where what follows from the record belongs. */
    public Traceparent place() {
        return place;
    }

    /** It came to nothing; the span says which kind of failure it was, and no more. */
    public void failed(Throwable failure) {
        span.tag("error.type", failure.getClass().getName());
        span.error(Wordless.of(failure));
    }

    /** To be called by the thread that began it. */
    @Override
    public void close() {
        scope.close();
        span.end();
    }

    /** As {@link #close} for the thread; the span itself ends with what it has set off. */
    public void closeWith(CompletableFuture<?> effect) {
        scope.close();
        var unused =
                effect.whenComplete(
                        (done, failure) -> {
                            if (failure != null) {
                                failed(failure);
                            }
                            span.end();
                        });
    }
}
