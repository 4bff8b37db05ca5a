package guichet.routing.matching;

import guichet.policy.Channel;
import guichet.policy.Language;
import guichet.policy.OfferRules;
import guichet.policy.Priority;
import guichet.routing.matching.Decision.Assigned;
import guichet.routing.matching.Decision.Expired;
import guichet.routing.matching.Decision.Offered;
import guichet.routing.matching.Decision.Refused;
import guichet.routing.matching.Decision.Released;
import guichet.routing.matching.Decision.SetAway;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A desk whose agents are always full: whoever is done with a contact is offered the next at once,
 * and for each that is taken another joins the same queue, so that as many wait as at first. Of the
 * offers 5 in 100 are declined and 3 expire; some agents are set away and come back; of the
 * contacts waiting some have their due moved.
 */
final class BusyDesk {

    private static final Instant START = Instant.parse("2027-03-01T09:00:00Z");
    private static final Duration BETWEEN_HAPPENINGS = Duration.ofMillis(10);

    private static final OfferRules RULES =
            new OfferRules(
                    Duration.ofSeconds(20),
                    2,
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(30),
                    Optional.of(Duration.ofMinutes(2)),
                    Duration.ofSeconds(45));

    private record Wake(String owner, Instant at) {}

    private final SplittableRandom random = new SplittableRandom(1);
    private final MatchingEngine engine = new MatchingEngine(RULES, START);
    private final ArrayDeque<Happening> toTell = new ArrayDeque<>();
    private final ArrayDeque<Wake> offersLetPass = new ArrayDeque<>();
    private final ArrayDeque<Wake> pauses = new ArrayDeque<>();
    private final List<String> held = new ArrayList<>();
    private final int waiting;
    private Instant now = START;
    private int contacts;

    BusyDesk(int agents, int waiting) {
        this.waiting = waiting;
        for (int i = 0; i < agents; i++) {
            tell(status(i));
        }
        while (waiting() < waiting) {
            tell(toTell.isEmpty() ? queued() : toTell.poll());
        }
    }

    private int waiting() {
        int sum = 0;
        for (Language language : Language.values()) {
            for (Channel channel : Channel.values()) {
                for (Priority priority : Priority.values()) {
                    sum += engine.waiting(language, channel, priority);
                }
            }
        }
        return sum;
    }

    /** Tells the engine the next thing that happens. */
    List<Decision> next() {
        Wake passed = offersLetPass.peek();
        if (passed != null && !passed.at().isAfter(now)) {
            offersLetPass.poll();
            return tell(new Happening.TimeReached(passed.owner()));
        }
        Wake paused = pauses.peek();
        if (paused != null && !paused.at().isAfter(now)) {
            pauses.poll();
            return tell(new Happening.TimeReached(paused.owner()));
        }
        return tell(toTell.isEmpty() ? oneIsDone() : toTell.poll());
    }

    private List<Decision> tell(Happening happening) {
        now = now.plus(BETWEEN_HAPPENINGS);
        List<Decision> decisions = engine.decide(happening, now);
        engine.drainChanges();
        decisions.forEach(this::answer);
        return decisions;
    }

    private void answer(Decision decision) {
        switch (decision) {
            case Offered offer -> answer(offer);
            case Assigned assigned -> {
                held.add(assigned.contactId());
                toTell.add(queued());
                if (random.nextInt(10) == 0) {
                    toTell.add(new Happening.DueMoved(anyOfLate(), now.plusSeconds(600)));
                }
            }
            case SetAway away ->
                    toTell.add(
                            status(Integer.parseInt(away.agentId().substring("agent-".length()))));
            case Expired expired -> {}
            case Released released -> {}
            case Refused refused -> {}
        }
    }

    private void answer(Offered offer) {
        int lot = random.nextInt(100);
        if (lot < 3) {
            offersLetPass.add(new Wake("contact:" + offer.contactId(), offer.expiresAt()));
        } else if (lot < 8) {
            toTell.add(new Happening.Declined(offer.agentId(), offer.offerId(), offer.contactId()));
            pauses.add(new Wake("contact:" + offer.contactId(), now.plus(RULES.againAfter())));
        } else {
            toTell.add(new Happening.Accepted(offer.agentId(), offer.offerId(), offer.contactId()));
        }
    }

    private Happening oneIsDone() {
        if (held.isEmpty()) {
            return queued();
        }
        int index = random.nextInt(held.size());
        String contactId = held.get(index);
        held.set(index, held.getLast());
        held.removeLast();
        return new Happening.Ended(contactId);
    }

    /** Of those that joined as lately as the last that wait. */
    private String anyOfLate() {
        return "contact-" + (contacts - 1 - random.nextInt(Math.min(contacts, waiting)));
    }

    private Happening.Queued queued() {
        int number = contacts++;
        int headStart = random.nextInt(4);
        return new Happening.Queued(
                "contact-" + number,
                Language.values()[random.nextInt(3)],
                Channel.values()[random.nextInt(3)],
                Priority.values()[3 - headStart],
                now,
                now.plusSeconds(300 + random.nextInt(600)),
                Duration.ofMinutes(5L * headStart),
                random.nextInt(50) == 0 ? "agent-" + random.nextInt(500) : null);
    }

    /** By thirds of each language, most with a second; half take calls, the others chats. */
    private static Happening.StatusChanged status(int agent) {
        Language first = Language.values()[agent % 3];
        return new Happening.StatusChanged(
                "agent-" + agent,
                Presence.AVAILABLE,
                agent % 5 == 0
                        ? List.of(first)
                        : List.of(first, Language.values()[(agent + 1) % 3]),
                agent % 2 == 0
                        ? Map.of(Channel.PHONE, 1, Channel.WEB, 5)
                        : Map.of(Channel.CHAT, 3, Channel.WEB, 5));
    }
}
