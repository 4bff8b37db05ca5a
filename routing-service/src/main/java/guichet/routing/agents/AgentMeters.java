package guichet.routing.agents;

import guichet.events.OfferOutcome;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What is counted at the agents' door: {@code guichet.agents.streams}, open now; {@code
 * guichet.agents.streams.cut}, those whose window read too slowly; {@code guichet.agents.answers}
 * by {@code answer} and {@code verdict}.
 */
final class AgentMeters {

    private static final String ACCEPT = "accept";
    private static final String DECLINE = "decline";

    private static final String AGREED = "agreed";
    private static final String REFUSED = "refused";
    private static final String PENDING = "pending";

    private final AtomicInteger open = new AtomicInteger();
    private final Counter cut;
    private final Meter.MeterProvider<Counter> answers;

    AgentMeters(MeterRegistry meters) {
        Gauge.builder("guichet.agents.streams", open, AtomicInteger::get)
                .description("Open streams to agents' desktops")
                .register(meters);
        cut =
                Counter.builder("guichet.agents.streams.cut")
                        .description("Streams cut off because their window read too slowly")
                        .register(meters);
        answers =
                Counter.builder("guichet.agents.answers")
                        .description("Answers to offers, by what the desk made of them")
                        .withRegistry(meters);
        // Each counts from 0, so that a rate shows the first.
        for (String answer : List.of(ACCEPT, DECLINE)) {
            for (String verdict : List.of(AGREED, REFUSED, PENDING)) {
                counter(answer, verdict);
            }
        }
    }

    void streamOpened() {
        open.incrementAndGet();
    }

    void streamClosed() {
        open.decrementAndGet();
    }

    void streamCut() {
        cut.increment();
    }

    /** An answer to an offer was put on the log. */
    void answered(OfferOutcome wished, Verdict verdict) {
        counter(
                        wished == OfferOutcome.TAKEN ? ACCEPT : DECLINE,
                        switch (verdict) {
                            case Verdict.Agreed() -> AGREED;
                            case Verdict.Refused(_) -> REFUSED;
                            case Verdict.Pending() -> PENDING;
                        })
                .increment();
    }

    private Counter counter(String answer, String verdict) {
        return answers.withTags("answer", answer, "verdict", verdict);
    }
}
