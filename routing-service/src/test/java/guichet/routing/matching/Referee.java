package guichet.routing.matching;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.policy.Channel;
import guichet.policy.Language;
import guichet.policy.OfferRules;
import guichet.policy.Priority;
import guichet.routing.matching.Decision.Refusal;
import guichet.routing.matching.Decision.Release;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rules in plain words: keeps lists, looks through all of them each time, and holds each
 * decision of an engine against them.
 */
final class Referee {

    enum Place {
        WAITING,
        OFFERED,
        ASSIGNED,
        ANSWERED
    }

    static final class Case {
        final Happening.Queued queued;
        Instant due;
        Place place = Place.WAITING;
        String agent;
        Instant expiresAt;
        int offers;
        String passedBy;
        Instant reservedUntil;
        Instant waitingSince;
        final Map<String, Instant> pauses = new TreeMap<>();

        Case(Happening.Queued queued, Instant now) {
            this.queued = queued;
            this.waitingSince = now;
            this.due = queued.due();
        }

        String id() {
            return queued.contactId();
        }

        String offerId() {
            return id() + "/" + offers;
        }

        Instant rank() {
            return due == null ? Instant.MAX : due.minus(queued.headStart());
        }

        void backToQueue(Instant now) {
            place = Place.WAITING;
            agent = null;
            forgetWhatIsOver(now);
        }

        void forgetWhatIsOver(Instant now) {
            pauses.values().removeIf(until -> !until.isAfter(now));
            if (reservedUntil != null && !reservedUntil.isAfter(now)) {
                reservedUntil = null;
            }
        }
    }

    static final class Person {
        final String id;
        Presence presence = Presence.OFFLINE;
        List<Language> languages = List.of();
        Map<Channel, Integer> capacity = Map.of();
        Instant idleSince;
        int missed;

        /** What they hold or are offered, as counted last. */
        final Map<Channel, Integer> taken = new EnumMap<>(Channel.class);

        /** The last first. */
        final List<Map.Entry<String, Refusal>> closed = new ArrayList<>();

        Person(String id) {
            this.id = id;
        }

        int room(Channel channel) {
            return capacity.getOrDefault(channel, 0);
        }

        int taken(Channel channel) {
            return taken.getOrDefault(channel, 0);
        }

        long load() {
            return taken.values().stream().mapToLong(Integer::longValue).sum();
        }

        long wholeRoom() {
            return capacity.values().stream().mapToLong(Integer::longValue).sum();
        }

        void close(String offerId, Refusal refusal) {
            closed.addFirst(Map.entry(offerId, refusal));
        }
    }

    static final class Lane {
        final Language language;
        final Channel channel;
        Instant since;
        boolean covered;
        boolean open;

        Lane(Language language, Channel channel, Instant since) {
            this.language = language;
            this.channel = channel;
            this.since = since;
        }

        String owner() {
            return "queue:" + language.tag() + "/" + channel;
        }
    }

    private static final Comparator<Case> ORDER_OF_SERVICE =
            Comparator.comparing(Case::rank)
                    .thenComparing(contact -> contact.queued.queuedAt())
                    .thenComparing(Case::id);

    private final NavigableMap<Instant, OfferRules> editions;
    OfferRules rules;

    /** Until when they hold; null for ever. */
    private Instant rulesEnd;

    final Map<String, Case> cases = new TreeMap<>();
    final Map<String, Person> people = new TreeMap<>();
    private final List<Lane> lanes = new ArrayList<>();

    /** Who is available and not full, as counted last; so that few need be looked at again. */
    private List<Person> free = List.of();

    /** As counted last. */
    private List<Case> waitingCalls = List.of();

    private final Map<String, Optional<Instant>> told = new HashMap<>();
    Instant now;

    Referee(NavigableMap<Instant, OfferRules> editions, Instant start) {
        this.editions = editions;
        this.rules = editions.floorEntry(start).getValue();
        this.rulesEnd = editions.higherKey(start);
        this.now = start;
        for (Language language : Language.values()) {
            for (Channel channel : Channel.values()) {
                lanes.add(new Lane(language, channel, start));
            }
        }
    }

    /** Holds what an engine decided against the rules. */
    void judge(Happening happening, Instant at, List<Decision> decided) {
        now = at.isAfter(now) ? at : now;
        if (happening instanceof Happening.TimeReached(String owner)) {
            told.remove(owner);
        }
        List<Decision> expected = foretell(happening);
        recount();
        List<Decision> others =
                decided.stream()
                        .filter(decision -> !(decision instanceof Decision.Offered))
                        .toList();
        assertThat(others.stream().map(Referee::withoutEstimate).toList()).isEqualTo(expected);
        assertThat(decided.subList(0, others.size())).as("offers come last").isEqualTo(others);
        decided.stream().skip(others.size()).map(Decision.Offered.class::cast).forEach(this::judge);
        for (Case contact : cases.values()) {
            if (contact.place == Place.WAITING) {
                assertThat(whoMayTake(contact)).as("free for %s", contact.id()).isEmpty();
            }
        }
    }

    private static Decision withoutEstimate(Decision decision) {
        return decision instanceof Decision.Assigned it
                ? new Decision.Assigned(
                        it.contactId(), it.offerId(), it.agentId(), it.at(), it.waited(), null)
                : decision;
    }

    /** All decisions but offers. */
    private List<Decision> foretell(Happening happening) {
        return switch (happening) {
            case Happening.Queued it -> {
                if (!cases.containsKey(it.contactId())) {
                    Case contact = new Case(it, now);
                    if (it.preferredAgent() != null) {
                        contact.reservedUntil = now.plus(rules.preferredFor());
                    }
                    contact.forgetWhatIsOver(now);
                    cases.put(it.contactId(), contact);
                }
                yield List.of();
            }
            case Happening.DueMoved it -> {
                if (cases.containsKey(it.contactId())) {
                    cases.get(it.contactId()).due = it.due();
                }
                yield List.of();
            }
            case Happening.Answered it -> answered(cases.get(it.contactId()), it.agentId());
            case Happening.Ended it -> ended(cases.get(it.contactId()));
            case Happening.StatusChanged it -> status(it);
            case Happening.LongOffline it -> gone(it.agentId());
            case Happening.Accepted it -> accepted(it);
            case Happening.Declined it -> declined(it);
            case Happening.TimeReached it -> reached(it.owner());
        };
    }

    private List<Decision> answered(Case contact, String agentId) {
        if (contact == null || contact.place == Place.ANSWERED) {
            return List.of();
        }
        List<Decision> decisions = new ArrayList<>();
        if (agentId.equals(contact.agent)) {
            if (contact.place == Place.OFFERED) {
                decisions.add(assign(contact));
            }
        } else {
            decisions.add(release(contact, Release.ANSWERED_ELSEWHERE));
            if (people.containsKey(agentId)) {
                contact.agent = agentId;
                people.get(agentId).idleSince = now;
            } else {
                cases.remove(contact.id());
            }
        }
        contact.place = Place.ANSWERED;
        return decisions;
    }

    private List<Decision> ended(Case contact) {
        if (contact == null) {
            return List.of();
        }
        boolean taken = contact.place == Place.ASSIGNED || contact.place == Place.ANSWERED;
        Decision released = release(contact, taken ? Release.ENDED : Release.WITHDRAWN);
        cases.remove(contact.id());
        return List.of(released);
    }

    private Decision release(Case contact, Release reason) {
        Decision released = new Decision.Released(contact.id(), contact.agent, now, reason);
        if (contact.agent != null) {
            Person agent = people.get(contact.agent);
            if (contact.place != Place.ANSWERED) {
                agent.close(contact.offerId(), Refusal.RESCINDED);
            }
            if (contact.place != Place.OFFERED) {
                agent.idleSince = now;
            }
        }
        return released;
    }

    private List<Decision> status(Happening.StatusChanged it) {
        Person agent = people.computeIfAbsent(it.agentId(), Person::new);
        if (agent.idleSince == null) {
            agent.idleSince = now;
        }
        if (agent.presence != Presence.AVAILABLE && it.presence() == Presence.AVAILABLE) {
            agent.idleSince = now;
        }
        agent.languages = it.languages();
        agent.capacity = it.capacity();
        return presence(agent, it.presence());
    }

    private List<Decision> presence(Person agent, Presence presence) {
        agent.presence = presence;
        noteCoverage();
        List<Decision> decisions = new ArrayList<>();
        for (Case contact : sorted(heldBy(agent))) {
            boolean leaves = presence == Presence.OFFLINE || presence == Presence.AWAY;
            boolean back =
                    contact.place == Place.OFFERED
                            ? leaves
                            : contact.place == Place.ASSIGNED && presence == Presence.OFFLINE;
            if (back && contact.place == Place.ASSIGNED) {
                contact.waitingSince = now;
            }
            if (back) {
                decisions.add(
                        release(
                                contact,
                                presence == Presence.AWAY
                                        ? Release.AGENT_AWAY
                                        : Release.AGENT_OFFLINE));
                contact.backToQueue(now);
            }
        }
        return decisions;
    }

    private void noteCoverage() {
        for (Lane lane : lanes) {
            boolean covered =
                    people.values().stream()
                            .anyMatch(
                                    agent ->
                                            agent.presence.isPresent()
                                                    && agent.room(lane.channel) > 0
                                                    && agent.languages.indexOf(lane.language) == 0);
            if (covered != lane.covered) {
                lane.covered = covered;
                lane.since = now;
                lane.open = false;
            }
        }
    }

    private List<Decision> gone(String agentId) {
        if (mayBeForgotten(people.get(agentId))) {
            people.remove(agentId);
        }
        return List.of();
    }

    private boolean mayBeForgotten(Person agent) {
        return agent != null && agent.presence == Presence.OFFLINE && heldBy(agent).isEmpty();
    }

    /** As {@link Happening.LongOffline} requires. */
    boolean hasNoPause(String agentId) {
        return cases.values().stream()
                .filter(contact -> contact.pauses.containsKey(agentId))
                .noneMatch(
                        contact ->
                                contact.place == Place.WAITING
                                        || contact.pauses.get(agentId).isAfter(now));
    }

    private List<Decision> accepted(Happening.Accepted it) {
        Case contact = cases.get(it.contactId());
        if (isOpen(contact, it.offerId(), it.agentId())) {
            return List.of(assign(contact));
        }
        return refused(contact, it.contactId(), it.offerId(), it.agentId());
    }

    private List<Decision> refused(Case contact, String contactId, String offerId, String agentId) {
        return List.of(
                new Decision.Refused(
                        contactId, offerId, agentId, refusal(contact, offerId, agentId)));
    }

    private Refusal refusal(Case contact, String offerId, String agentId) {
        Person agent = people.get(agentId);
        if (agent != null) {
            for (Map.Entry<String, Refusal> closed : agent.closed.stream().limit(8).toList()) {
                if (closed.getKey().equals(offerId)) {
                    return closed.getValue();
                }
            }
        }
        Set<String> made = new HashSet<>();
        for (int i = 1; contact != null && i <= contact.offers; i++) {
            made.add(contact.id() + "/" + i);
        }
        if (!made.contains(offerId)) {
            return Refusal.UNKNOWN;
        }
        return agentId.equals(contact.agent) ? Refusal.ALREADY_YOURS : Refusal.NOT_YOURS;
    }

    private static boolean isOpen(Case contact, String offerId, String agentId) {
        return contact != null
                && contact.place == Place.OFFERED
                && contact.offerId().equals(offerId)
                && contact.agent.equals(agentId);
    }

    private Decision assign(Case contact) {
        Person agent = people.get(contact.agent);
        contact.place = Place.ASSIGNED;
        agent.missed = 0;
        agent.idleSince = now;
        return new Decision.Assigned(
                contact.id(),
                contact.offerId(),
                agent.id,
                now,
                Duration.between(contact.waitingSince, now),
                null);
    }

    private List<Decision> declined(Happening.Declined it) {
        Case contact = cases.get(it.contactId());
        if (!isOpen(contact, it.offerId(), it.agentId())) {
            return refused(contact, it.contactId(), it.offerId(), it.agentId());
        }
        Person agent = people.get(it.agentId());
        agent.missed = 0;
        agent.close(it.offerId(), Refusal.DECLINED);
        loseClaim(contact, agent);
        contact.pauses.put(agent.id, now.plus(rules.againAfter()));
        contact.backToQueue(now);
        return List.of(new Decision.Released(contact.id(), agent.id, now, Release.DECLINED));
    }

    private static void loseClaim(Case contact, Person agent) {
        if (agent.id.equals(contact.queued.preferredAgent())) {
            contact.reservedUntil = null;
        }
    }

    private List<Decision> reached(String owner) {
        if (owner.equals("rules") && rulesEnd != null && !now.isBefore(rulesEnd)) {
            rules = editions.floorEntry(now).getValue();
            rulesEnd = editions.higherKey(now);
            lanes.forEach(lane -> lane.open &= !opensLater(lane));
        }
        for (Lane lane : lanes) {
            if (lane.owner().equals(owner)
                    && wakeAt(lane).filter(at -> !at.isAfter(now)).isPresent()) {
                lane.open = true;
            }
        }
        Case contact = owner.startsWith("contact:") ? cases.get(owner.substring(8)) : null;
        if (contact == null) {
            return List.of();
        }
        if (contact.place == Place.WAITING) {
            contact.forgetWhatIsOver(now);
        }
        if (contact.place != Place.OFFERED || contact.expiresAt.isAfter(now)) {
            return List.of();
        }
        List<Decision> decisions = new ArrayList<>();
        Person agent = people.get(contact.agent);
        decisions.add(
                new Decision.Expired(contact.id(), contact.offerId(), agent.id, contact.expiresAt));
        agent.close(contact.offerId(), Refusal.EXPIRED);
        agent.missed++;
        loseClaim(contact, agent);
        contact.passedBy = agent.id;
        contact.backToQueue(now);
        if (agent.missed >= rules.missesUntilAway()) {
            decisions.add(new Decision.SetAway(agent.id, now, agent.missed));
            agent.missed = 0;
            decisions.addAll(presence(agent, Presence.AWAY));
        }
        return decisions;
    }

    private boolean opensLater(Lane lane) {
        return rules.secondLanguageAfter().map(lane.since::plus).filter(now::isBefore).isPresent();
    }

    private void judge(Decision.Offered offer) {
        Case contact = cases.get(offer.contactId());
        Person agent = people.get(offer.agentId());
        assertThat(contact.place).isEqualTo(Place.WAITING);
        assertThat(whoMayTake(contact).stream().min(FIRST_TO_ASK)).contains(agent);
        assertThat(
                        cases.values().stream()
                                .filter(other -> other.place == Place.WAITING)
                                .filter(other -> ORDER_OF_SERVICE.compare(other, contact) < 0)
                                .filter(other -> hasRoom(agent, other))
                                .filter(other -> whoMayTake(other).contains(agent)))
                .as("%s goes before %s", contact.id(), agent.id)
                .isEmpty();
        assertThat(offer.reasons()).isEqualTo(reasons(contact, agent));
        contact.offers++;
        contact.place = Place.OFFERED;
        contact.agent = agent.id;
        contact.passedBy = null;
        contact.expiresAt = now.plus(rules.offerFor());
        recount();
        assertWithinCapacity(agent, contact.queued.channel());
        assertThat(offer)
                .isEqualTo(
                        new Decision.Offered(
                                contact.id(),
                                contact.offerId(),
                                agent.id,
                                now,
                                contact.expiresAt,
                                offer.reasons()));
    }

    private static void assertWithinCapacity(Person agent, Channel offered) {
        assertThat(agent.taken(offered)).isBetween(1, agent.room(offered));
        if (offered != Channel.WEB) {
            Channel other = offered == Channel.CHAT ? Channel.PHONE : Channel.CHAT;
            assertThat(agent.taken(other)).isZero();
        }
    }

    private static final Comparator<Person> FIRST_TO_ASK =
            ((Comparator<Person>) Referee::compareLoad)
                    .thenComparing(agent -> agent.idleSince)
                    .thenComparing(agent -> agent.id);

    private static int compareLoad(Person a, Person b) {
        return Long.compare(a.load() * b.wholeRoom(), b.load() * a.wholeRoom());
    }

    /** The agents who may be asked about a waiting contact now. */
    private List<Person> whoMayTake(Case contact) {
        Optional<Person> keeper = keeper(contact);
        if (keeper.isPresent()) {
            return keeper.filter(agent -> mayTake(agent, contact)).stream().toList();
        }
        Lane lane = lane(contact);
        List<Person> able =
                free.stream()
                        .filter(agent -> serves(agent, lane))
                        .filter(agent -> mayTake(agent, contact))
                        .filter(agent -> !contact.pauses.containsKey(agent.id))
                        .toList();
        List<Person> others =
                able.stream().filter(agent -> !agent.id.equals(contact.passedBy)).toList();
        return others.isEmpty() ? able : others;
    }

    private Optional<Person> keeper(Case contact) {
        return contact.reservedUntil == null
                ? Optional.empty()
                : Optional.ofNullable(people.get(contact.queued.preferredAgent()))
                        .filter(agent -> agent.presence.isPresent())
                        .filter(agent -> agent.room(contact.queued.channel()) > 0)
                        .filter(agent -> agent.languages.contains(contact.queued.language()));
    }

    private boolean mayTake(Person agent, Case contact) {
        return hasRoom(agent, contact) && !isKeptFreeForACall(agent, contact);
    }

    /** Who has chats takes none that comes after a call they would take if they had none. */
    private boolean isKeptFreeForACall(Person agent, Case contact) {
        return contact.queued.channel() == Channel.CHAT
                && agent.taken(Channel.CHAT) > 0
                && agent.room(Channel.PHONE) > 0
                && waitingCalls.stream()
                        .filter(call -> ORDER_OF_SERVICE.compare(call, contact) < 0)
                        .anyMatch(call -> isFor(agent, call));
    }

    private boolean isFor(Person agent, Case call) {
        return keeper(call)
                .map(keeper -> keeper == agent)
                .orElseGet(() -> serves(agent, lane(call)) && !call.pauses.containsKey(agent.id));
    }

    private boolean hasRoom(Person agent, Case contact) {
        if (agent.presence != Presence.AVAILABLE) {
            return false;
        }
        int same = agent.taken(contact.queued.channel());
        boolean excluded =
                switch (contact.queued.channel()) {
                    case WEB -> false;
                    case CHAT -> agent.taken(Channel.PHONE) > 0;
                    case PHONE -> agent.taken(Channel.CHAT) > 0;
                };
        return !excluded && same < agent.room(contact.queued.channel());
    }

    private boolean serves(Person agent, Lane lane) {
        int place = agent.languages.indexOf(lane.language);
        boolean othersHelp =
                rules.secondLanguageAfter().map(after -> after.isZero() || lane.open).orElse(false);
        return place == 0 || (place > 0 && othersHelp);
    }

    private Lane lane(Case contact) {
        return lanes.get(
                contact.queued.language().ordinal() * Channel.values().length
                        + contact.queued.channel().ordinal());
    }

    private void recount() {
        people.values().forEach(agent -> agent.taken.clear());
        for (Case contact : cases.values()) {
            if (contact.agent != null) {
                people.get(contact.agent).taken.merge(contact.queued.channel(), 1, Integer::sum);
            }
        }
        waitingCalls =
                cases.values().stream()
                        .filter(contact -> contact.place == Place.WAITING)
                        .filter(contact -> contact.queued.channel() == Channel.PHONE)
                        .toList();
        free =
                people.values().stream()
                        .filter(agent -> agent.presence == Presence.AVAILABLE)
                        .filter(
                                agent ->
                                        agent.capacity.keySet().stream()
                                                .anyMatch(it -> agent.taken(it) < agent.room(it)))
                        .toList();
    }

    private List<Case> heldBy(Person agent) {
        return cases.values().stream().filter(contact -> agent.id.equals(contact.agent)).toList();
    }

    private static List<Case> sorted(Collection<Case> contacts) {
        return contacts.stream().sorted(ORDER_OF_SERVICE).toList();
    }

    /** As an offer must give them: all waiting and all agents counted anew. */
    private List<String> reasons(Case contact, Person agent) {
        Lane lane = lane(contact);
        List<Case> line = inQueue(lane).stream().filter(other -> keeper(other).isEmpty()).toList();
        long ahead = line.stream().filter(it -> ORDER_OF_SERVICE.compare(it, contact) < 0).count();
        long inLine = line.stream().filter(it -> it != contact).count() + 1;
        List<String> reasons = new ArrayList<>();
        reasons.add(
                "%d of %d in the %s %s queue: %s"
                        .formatted(
                                ahead + 1,
                                inLine,
                                lane.language.tag(),
                                lane.channel,
                                contact.due == null
                                        ? "no target, by arrival"
                                        : "due "
                                                + contact.due
                                                + " less "
                                                + contact.queued.headStart()));
        List<Person> serving =
                people.values().stream()
                        .filter(other -> other != agent)
                        .filter(other -> other.room(lane.channel) > 0 && serves(other, lane))
                        .toList();
        List<Person> withRoom = serving.stream().filter(it -> hasRoom(it, contact)).toList();
        List<Person> able = withRoom.stream().filter(it -> mayTake(it, contact)).toList();
        Optional<Person> next =
                able.stream()
                        .filter(other -> !contact.pauses.containsKey(other.id))
                        .filter(other -> !other.id.equals(contact.passedBy))
                        .min(FIRST_TO_ASK);
        String why =
                keeper(contact).isPresent()
                        ? "the preferred agent"
                        : next.isEmpty()
                                ? "the only one to ask"
                                : compareLoad(agent, next.get()) < 0
                                        ? "the least loaded, %d of %d"
                                                .formatted(agent.load(), agent.wholeRoom())
                                        : "the longest idle, since " + agent.idleSince;
        reasons.add("%d able: %s".formatted(able.size() + 1, why));
        Map<String, Long> passedOver = new LinkedHashMap<>();
        passedOver.put("away", present(serving, Presence.AWAY));
        passedOver.put("busy", present(serving, Presence.BUSY));
        passedOver.put("full", present(serving, Presence.AVAILABLE) - withRoom.size());
        passedOver.put("kept free for a call", (long) withRoom.size() - able.size());
        passedOver.put(
                "let it pass just now",
                contact.passedBy == null || contact.passedBy.equals(agent.id) ? 0L : 1L);
        passedOver.put("declined it lately", (long) contact.pauses.size());
        String counts =
                passedOver.entrySet().stream()
                        .filter(count -> count.getValue() > 0)
                        .map(count -> count.getValue() + " " + count.getKey())
                        .collect(Collectors.joining(", "));
        if (!counts.isEmpty()) {
            reasons.add("passed over: " + counts);
        }
        return reasons;
    }

    private static long present(List<Person> agents, Presence presence) {
        return agents.stream().filter(agent -> agent.presence == presence).count();
    }

    private List<Case> inQueue(Lane lane) {
        return sorted(
                cases.values().stream()
                        .filter(contact -> contact.place == Place.WAITING)
                        .filter(contact -> contact.queued.language() == lane.language)
                        .filter(contact -> contact.queued.channel() == lane.channel)
                        .toList());
    }

    /** Hears when an engine wants to be woken. */
    void note(Changes changes) {
        told.putAll(changes.wakeAt());
    }

    /** Holds what an engine wants to be woken for against all that is to come. */
    void judgeWakes() {
        Map<String, Instant> expected = new TreeMap<>();
        cases.values()
                .forEach(it -> wakeAt(it).ifPresent(at -> expected.put("contact:" + it.id(), at)));
        lanes.forEach(lane -> wakeAt(lane).ifPresent(at -> expected.put(lane.owner(), at)));
        if (rulesEnd != null) {
            expected.put("rules", rulesEnd);
        }
        assertThat(wakes()).isEqualTo(expected);
    }

    private Optional<Instant> wakeAt(Case contact) {
        return switch (contact.place) {
            case WAITING ->
                    Stream.concat(
                                    Stream.ofNullable(contact.reservedUntil),
                                    contact.pauses.values().stream())
                            .min(Comparator.naturalOrder());
            case OFFERED -> Optional.of(contact.expiresAt);
            case ASSIGNED, ANSWERED -> Optional.empty();
        };
    }

    private Optional<Instant> wakeAt(Lane lane) {
        return rules.secondLanguageAfter()
                .filter(after -> !after.isZero() && !lane.covered && !lane.open)
                .map(lane.since::plus);
    }

    /** What is to be told next, by owner. */
    Map<String, Instant> wakes() {
        Map<String, Instant> wakes = new TreeMap<>();
        told.forEach((owner, at) -> at.ifPresent(instant -> wakes.put(owner, instant)));
        return wakes;
    }

    /** Holds what an engine shows against all there is. */
    void judgeViews(MatchingEngine engine) {
        for (Lane lane : lanes) {
            List<Case> queue = inQueue(lane);
            assertThat(
                            engine.queued(lane.language, lane.channel).stream()
                                    .map(ContactState::contactId))
                    .isEqualTo(queue.stream().map(Case::id).toList());
            for (Priority priority : Priority.values()) {
                assertThat(engine.waiting(lane.language, lane.channel, priority))
                        .isEqualTo(
                                queue.stream()
                                        .filter(it -> it.queued.priority() == priority)
                                        .count());
            }
            assertThat(engine.oldest(lane.language, lane.channel))
                    .isEqualTo(
                            queue.stream()
                                    .map(it -> it.queued.queuedAt())
                                    .min(Comparator.naturalOrder()));
            int ahead = 0;
            for (Case contact : queue) {
                assertThat(engine.position(contact.id())).hasValue(ahead + 1);
                ahead += keeper(contact).isEmpty() ? 1 : 0;
            }
        }
        for (Presence presence : Presence.values()) {
            assertThat((long) engine.agents(presence))
                    .isEqualTo(present(List.copyOf(people.values()), presence));
        }
        List<Person> present =
                people.values().stream().filter(agent -> agent.presence.isPresent()).toList();
        assertThat(engine.occupancy())
                .isEqualTo(
                        new Occupancy(
                                present.stream().mapToLong(Person::load).sum(),
                                present.stream().mapToLong(Person::wholeRoom).sum()));
    }
}
