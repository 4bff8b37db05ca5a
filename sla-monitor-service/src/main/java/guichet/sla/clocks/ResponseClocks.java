package guichet.sla.clocks;

import static guichet.sla.clocks.ClockState.BREACHED;
import static guichet.sla.clocks.ClockState.MET;
import static guichet.sla.clocks.ClockState.RUNNING;
import static guichet.sla.clocks.ClockState.UNTIMED;
import static guichet.sla.clocks.ClockState.WARNED;
import static guichet.sla.clocks.ClockState.WITHDRAWN;

import guichet.chassis.NewContact;
import guichet.events.Channel;
import guichet.events.Plan;
import guichet.events.ResponseBreached;
import guichet.events.ResponseDueChanged;
import guichet.events.ResponseDueSoon;
import guichet.events.ResponseMet;
import guichet.policy.Language;
import guichet.policy.LanguageChoice;
import guichet.policy.Line;
import guichet.policy.ResponseTarget;
import guichet.policy.SupportPolicy;

import org.apache.avro.specific.SpecificRecord;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How a response clock moves. Each step takes a clock and what happened to its contact, and gives
 * the clock as it stands then and what is to be said. What a clock says depends only on when things
 * happened, not on when they were read: a step first makes good all that fell due before it.
 */
final class ResponseClocks {

    /**
     * A clock after a step.
     *
     * @param says events and when they happened, in order
     */
    record Step(ResponseClock clock, List<Said> says) {}

    record Said(SpecificRecord event, Instant when) {}

    private final SupportPolicy policy;

    ResponseClocks(SupportPolicy policy) {
        this.policy = policy;
    }

    /** Starts the clock of a contact, or marks one that is out of scope as untimed (S2). */
    Step start(NewContact contact) {
        LanguageChoice language = contact.language(policy);
        ResponseClock.Builder clock =
                ResponseClock.newBuilder()
                        .setState(UNTIMED)
                        .setChannel(contact.channel().name())
                        .setLanguage(language.language().tag())
                        .setPlan(contact.plan().name())
                        .setStartedAt(contact.createdAt())
                        .setPolicyVersion(policy.version());
        return policy.respondBy(contact.line(language), contact.scope(policy), contact.createdAt())
                .map(target -> run(contact.contactId(), clock, target))
                .orElseGet(() -> new Step(clock.build(), List.of()));
    }

    private static Step run(String contactId, ResponseClock.Builder clock, ResponseTarget target) {
        ResponseClock running =
                clock.setState(RUNNING)
                        .setDue(target.due())
                        .setDueSoon(target.dueSoon())
                        .setOpenMillisAllowed(target.openTime().toMillis())
                        .build();
        ResponseDueChanged changed =
                ResponseDueChanged.newBuilder()
                        .setContactId(contactId)
                        .setChangedAt(running.getStartedAt())
                        .setChannel(Channel.valueOf(running.getChannel()))
                        .setLanguage(running.getLanguage())
                        .setPlan(Plan.valueOf(running.getPlan()))
                        .setDue(target.due())
                        .setOpenMillis(running.getOpenMillisAllowed())
                        .setPolicyVersion(running.getPolicyVersion())
                        .setReasons(target.reasons())
                        .build();
        return new Step(running, List.of(new Said(changed, running.getStartedAt())));
    }

    /** The wall clock, or the log, has come to an instant: due soon, or due. */
    Step advance(String contactId, ResponseClock clock, Instant to) {
        List<Said> says = new ArrayList<>();
        ClockState state = clock.getState();
        if (state == RUNNING && !clock.getDueSoon().isAfter(to)) {
            says.add(new Said(dueSoon(contactId, clock), clock.getDueSoon()));
            state = WARNED;
        }
        if (state == WARNED && !clock.getDue().isAfter(to)) {
            says.add(new Said(breached(contactId, clock), clock.getDue()));
            state = BREACHED;
        }
        return new Step(in(state, clock), says);
    }

    /** An agent responded; only the first response counts, and only before due (T1 to T3). */
    Step answer(String contactId, ResponseClock clock, Instant at, String agentId) {
        Step before = advance(contactId, clock, at);
        if (!ticking(before.clock()) && !withdrawnLater(clock, at)) {
            return before;
        }
        List<Said> says = new ArrayList<>(before.says());
        says.add(new Said(met(contactId, clock, at, agentId), at));
        return new Step(in(MET, clock), says);
    }

    /** The contact ended, perhaps without a response: then nobody waits any more. */
    Step end(String contactId, ResponseClock clock, Instant at) {
        Step before = advance(contactId, clock, at);
        return ticking(before.clock())
                ? new Step(
                        ResponseClock.newBuilder(clock)
                                .setState(WITHDRAWN)
                                .setWithdrawnAt(at)
                                .build(),
                        before.says())
                : before;
    }

    /** The end was read first, but the response had come before it, and before due. */
    private static boolean withdrawnLater(ResponseClock clock, Instant answeredAt) {
        return clock.getState() == WITHDRAWN
                && answeredAt.isBefore(clock.getWithdrawnAt())
                && answeredAt.isBefore(clock.getDue());
    }

    static boolean ticking(ResponseClock clock) {
        return clock.getState() == RUNNING || clock.getState() == WARNED;
    }

    private static ResponseClock in(ClockState state, ResponseClock clock) {
        return state == clock.getState()
                ? clock
                : ResponseClock.newBuilder(clock).setState(state).build();
    }

    private static ResponseDueSoon dueSoon(String contactId, ResponseClock clock) {
        return ResponseDueSoon.newBuilder()
                .setContactId(contactId)
                .setWarnedAt(clock.getDueSoon())
                .setDue(clock.getDue())
                .setChannel(Channel.valueOf(clock.getChannel()))
                .setLanguage(clock.getLanguage())
                .setPlan(Plan.valueOf(clock.getPlan()))
                .setPolicyVersion(clock.getPolicyVersion())
                .build();
    }

    private static ResponseBreached breached(String contactId, ResponseClock clock) {
        return ResponseBreached.newBuilder()
                .setContactId(contactId)
                .setDue(clock.getDue())
                .setChannel(Channel.valueOf(clock.getChannel()))
                .setLanguage(clock.getLanguage())
                .setPlan(Plan.valueOf(clock.getPlan()))
                .setOpenMillisAllowed(clock.getOpenMillisAllowed())
                .setPolicyVersion(clock.getPolicyVersion())
                .build();
    }

    private ResponseMet met(String contactId, ResponseClock clock, Instant at, String agentId) {
        Line line =
                new Line(
                        Language.ofTag(clock.getLanguage()).orElseThrow(),
                        guichet.policy.Plan.valueOf(clock.getPlan()),
                        guichet.policy.Channel.valueOf(clock.getChannel()));
        Instant from = clock.getStartedAt();
        return ResponseMet.newBuilder()
                .setContactId(contactId)
                .setAnsweredAt(at)
                .setDue(clock.getDue())
                .setChannel(Channel.valueOf(clock.getChannel()))
                .setLanguage(clock.getLanguage())
                .setPlan(Plan.valueOf(clock.getPlan()))
                .setAgentId(agentId)
                .setOpenMillisUsed(
                        at.isAfter(from) ? policy.hours(line).openTime(from, at).toMillis() : 0)
                .setPolicyVersion(clock.getPolicyVersion())
                .build();
    }
}
