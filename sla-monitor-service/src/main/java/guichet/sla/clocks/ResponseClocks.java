package guichet.sla.clocks;

import static guichet.sla.clocks.ClockState.BREACHED;
import static guichet.sla.clocks.ClockState.MET;
import static guichet.sla.clocks.ClockState.RUNNING;
import static guichet.sla.clocks.ClockState.UNTIMED;
import static guichet.sla.clocks.ClockState.WARNED;
import static guichet.sla.clocks.ClockState.WITHDRAWN;

import guichet.chassis.NewContact;
import guichet.events.Channel;
import guichet.events.OpenSpan;
import guichet.events.Plan;
import guichet.events.ResponseBreached;
import guichet.events.ResponseDueChanged;
import guichet.events.ResponseDueSoon;
import guichet.events.ResponseMet;
import guichet.policy.Language;
import guichet.policy.LanguageChoice;
import guichet.policy.Line;
import guichet.policy.OpeningHours;
import guichet.policy.ResponseTarget;
import guichet.policy.Scope;
import guichet.policy.SupportPolicy;

import org.apache.avro.specific.SpecificRecord;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

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

    private static final int MOST_SPANS_TOLD = 100;

    /** Targets count by dates, and no zone's date lasts longer. */
    private static final Duration LONGEST_DATE = Duration.ofDays(2);

    private final PolicyHistory history;

    ResponseClocks(PolicyHistory history) {
        this.history = history;
    }

    /** Starts the clock of a contact, or marks one that is out of scope as untimed (S2). */
    Step start(NewContact contact) {
        PolicyHistory.Version version = history.at(contact.createdAt());
        SupportPolicy policy = version.policy();
        LanguageChoice language = contact.language(policy);
        ResponseClock.Builder clock =
                ResponseClock.newBuilder()
                        .setState(UNTIMED)
                        .setChannel(contact.channel().name())
                        .setLanguage(language.language().tag())
                        .setPlan(contact.plan().name())
                        .setStartedAt(contact.createdAt())
                        .setPolicyVersion(policy.version())
                        .setHeeds(version.number());
        Line line = contact.line(language);
        return policy.respondBy(line, contact.scope(policy), contact.createdAt())
                .map(target -> underItsFile(version, target, policy.hours(line), contact))
                .map(target -> run(contact.contactId(), clock, target))
                .orElseGet(() -> new Step(clock.build(), List.of()));
    }

    /** The file that speaks for a version may have come after it, and after the contact. */
    private ResponseTarget underItsFile(
            PolicyHistory.Version version,
            ResponseTarget target,
            OpeningHours hours,
            NewContact contact) {
        return history.underThisFile(version.number())
                .map(file -> notBefore(file.since(), target, hours, contact.createdAt()))
                .orElse(target);
    }

    private Step run(String contactId, ResponseClock.Builder clock, ResponseTarget target) {
        ResponseClock running = timed(clock.setState(RUNNING), target);
        ResponseDueChanged changed =
                dueChanged(contactId, running, running.getStartedAt(), target.reasons())
                        .setPreviousDue(null)
                        .build();
        return new Step(running, List.of(new Said(changed, running.getStartedAt())));
    }

    /**
     * Heeds what has changed in the rules, as far as nothing falls due before. What does is left to
     * the clock's timer. After so many changes as are kept laid out the rest is left to the next
     * time, so that many clocks go by the same ones: there is a {@link #nextChange} then.
     */
    Step retime(String contactId, ResponseClock clock) {
        return advance(contactId, clock, Instant.MAX, aStretch(clock), falling -> false);
    }

    /**
     * The wall clock has come to an instant, and all that was recorded before is known: rules
     * change, the response falls due soon, or due, each in its turn. As with {@link #retime} some
     * changes may be left, and all that falls due after them.
     */
    Step reached(String contactId, ResponseClock clock, Instant to) {
        return advance(contactId, clock, to, aStretch(clock), falling -> true);
    }

    private static long aStretch(ResponseClock clock) {
        return clock.getHeeds() + PolicyHistory.POLICIES_KEPT;
    }

    /**
     * The log has come to an instant. That the response falls due is left to the clock's timer: it
     * knows that no answer lies unread, and what was recorded out of order may hold one.
     */
    private Step read(String contactId, ResponseClock clock, Instant to) {
        return advance(
                contactId, clock, to, Long.MAX_VALUE, falling -> falling.getState() == RUNNING);
    }

    /** The instant of the next change in the rules, where nothing falls due before. */
    Optional<Instant> nextChange(ResponseClock clock) {
        return history.after(clock.getHeeds())
                .map(PolicyHistory.Version::since)
                .filter(since -> ticking(clock) && since.isBefore(nextInstant(clock)));
    }

    /**
     * @param upTo the newest version of the rules to heed; it stops where the next one's turn is
     */
    private Step advance(
            String contactId,
            ResponseClock from,
            Instant to,
            long upTo,
            Predicate<ResponseClock> mayFallDue) {
        List<Said> says = new ArrayList<>();
        ResponseClock clock = from;
        while (ticking(clock)) {
            Instant change = nextChange(clock).orElse(Instant.MAX);
            if (change.isBefore(Instant.MAX) && !change.isAfter(to)) {
                if (clock.getHeeds() >= upTo) {
                    break;
                }
                PolicyHistory.Version next = history.after(clock.getHeeds()).orElseThrow();
                clock = retime(contactId, clock, next, says);
            } else if (mayFallDue.test(clock) && !nextInstant(clock).isAfter(to)) {
                clock = fallDue(contactId, clock, says);
            } else {
                break;
            }
        }
        return new Step(clock, says);
    }

    private static Instant nextInstant(ResponseClock clock) {
        return clock.getState() == RUNNING ? clock.getDueSoon() : clock.getDue();
    }

    private static ResponseClock fallDue(String contactId, ResponseClock clock, List<Said> says) {
        if (clock.getState() == RUNNING) {
            says.add(new Said(dueSoon(contactId, clock), clock.getDueSoon()));
            return in(WARNED, clock);
        }
        says.add(new Said(breached(contactId, clock), clock.getDue()));
        return in(BREACHED, clock);
    }

    /** A contact keeps its scope and the target's level; hours and closures are those of now. */
    private ResponseClock retime(
            String contactId, ResponseClock clock, PolicyHistory.Version change, List<Said> says) {
        ResponseClock.Builder heeding = ResponseClock.newBuilder(clock).setHeeds(change.number());
        Line line = line(clock);
        if (!change.concerns(line) || change.begins().isAfter(clock.getDue().plus(LONGEST_DATE))) {
            return heeding.build();
        }
        Instant startedAt = clock.getStartedAt();
        ResponseTarget target =
                notBefore(
                        change.since(),
                        change.policy().respondBy(line, Scope.IN, startedAt).orElseThrow(),
                        change.policy().hours(line),
                        startedAt);
        if (!change.ofThisFile() && target.due().isBefore(clock.getDue())) {
            // The file that held then is not kept; the one of now may be stricter.
            return heeding.build();
        }
        boolean warnAgain = target.dueSoon().isAfter(change.since());
        ResponseClock retimed =
                timed(
                        heeding.setState(warnAgain ? RUNNING : clock.getState())
                                .setPolicyVersion(change.policy().version()),
                        target);
        if (target.due().equals(clock.getDue())) {
            return ResponseClock.newBuilder(retimed).setState(clock.getState()).build();
        }
        Instant when = later(change.since(), clock.getStartedAt());
        List<String> reasons = new ArrayList<>(List.of(change.reason()));
        reasons.addAll(target.reasons());
        ResponseDueChanged changed =
                dueChanged(contactId, retimed, when, reasons)
                        .setPreviousDue(clock.getDue())
                        .build();
        says.add(new Said(changed, when));
        return retimed;
    }

    /** A stricter policy cannot have been broken before it held. */
    private static ResponseTarget notBefore(
            Instant since, ResponseTarget target, OpeningHours hours, Instant startedAt) {
        Instant dueSoon = later(since, target.dueSoon());
        if (!since.isAfter(target.due())) {
            return new ResponseTarget(target.due(), dueSoon, target.openTime(), target.reasons());
        }
        List<String> reasons = new ArrayList<>(target.reasons());
        reasons.add("not before the rules changed");
        return new ResponseTarget(since, dueSoon, hours.openTime(startedAt, since), reasons);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static ResponseClock timed(ResponseClock.Builder clock, ResponseTarget target) {
        return clock.setDue(target.due())
                .setDueSoon(target.dueSoon())
                .setOpenMillisAllowed(target.openTime().toMillis())
                .build();
    }

    private ResponseDueChanged.Builder dueChanged(
            String contactId, ResponseClock clock, Instant when, List<String> reasons) {
        return ResponseDueChanged.newBuilder()
                .setContactId(contactId)
                .setChangedAt(when)
                .setChannel(Channel.valueOf(clock.getChannel()))
                .setLanguage(clock.getLanguage())
                .setPlan(Plan.valueOf(clock.getPlan()))
                .setDue(clock.getDue())
                .setOpenMillis(clock.getOpenMillisAllowed())
                .setPolicyVersion(clock.getPolicyVersion())
                .setReasons(reasons)
                .setCounted(counted(clock));
    }

    private List<OpenSpan> counted(ResponseClock clock) {
        return hours(clock).openings(clock.getStartedAt(), clock.getDue()).stream()
                .limit(MOST_SPANS_TOLD)
                .map(span -> new OpenSpan(span.from(), span.to()))
                .toList();
    }

    /** An agent responded; only the first response counts, and only before due (T1 to T3). */
    Step answer(String contactId, ResponseClock clock, Instant at, String agentId) {
        Step before = read(contactId, clock, at);
        if (!inTime(before.clock(), at) && !withdrawnLater(clock, at)) {
            return before;
        }
        List<Said> says = new ArrayList<>(before.says());
        says.add(new Said(met(contactId, before.clock(), at, agentId), at));
        return new Step(in(MET, before.clock()), says);
    }

    /** The contact ended, perhaps without a response: then nobody waits any more. */
    Step end(String contactId, ResponseClock clock, Instant at) {
        Step before = read(contactId, clock, at);
        return inTime(before.clock(), at)
                ? new Step(
                        ResponseClock.newBuilder(before.clock())
                                .setState(WITHDRAWN)
                                .setWithdrawnAt(at)
                                .build(),
                        before.says())
                : before;
    }

    private static boolean inTime(ResponseClock clock, Instant at) {
        return ticking(clock) && at.isBefore(clock.getDue());
    }

    /** The end was read first, but the response had come by then, and before due. */
    private static boolean withdrawnLater(ResponseClock clock, Instant answeredAt) {
        return clock.getState() == WITHDRAWN
                && !answeredAt.isAfter(clock.getWithdrawnAt())
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

    private static Line line(ResponseClock clock) {
        return new Line(
                Language.ofTag(clock.getLanguage()).orElseThrow(),
                guichet.policy.Plan.valueOf(clock.getPlan()),
                guichet.policy.Channel.valueOf(clock.getChannel()));
    }

    private OpeningHours hours(ResponseClock clock) {
        return history.version(clock.getHeeds()).policy().hours(line(clock));
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
                        at.isAfter(from) ? hours(clock).openTime(from, at).toMillis() : 0)
                .setPolicyVersion(clock.getPolicyVersion())
                .build();
    }
}
