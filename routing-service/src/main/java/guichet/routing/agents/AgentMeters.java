package guichet.routing.agents;

import guichet.events.OfferOutcome;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * What is counted at the agents' door: {@code guichet.agents.streams}, open now; {@code
 * guichet.agents.streams.cut}, those whose window read too slowly; {@code guichet.agents.answers}
 * by {@code answer} and {@code verdict}.
 */
final class AgentMeters {

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
        answers.withTags(
                        "answer",
                        wished == OfferOutcome.TAKEN ? "accept" : "decline",
                        "verdict",
                        switch (verdict) {
                            case Verdict.Agreed() -> "agreed";
                            case Verdict.Refused(_) -> "refused";
                            case Verdict.Pending() -> "pending";
                        })
                .increment();
    }
}
