package guichet.routing.matching;

import guichet.policy.Channel;
import guichet.policy.Language;
import guichet.policy.OfferRules;
import guichet.policy.Priority;
import guichet.routing.matching.Referee.Case;
import guichet.routing.matching.Referee.Person;
import guichet.routing.matching.Referee.Place;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.Predicate;

/** A desk's day, made up step by step while an engine decides and a referee looks on. */
final class History {

    static final Instant START = Instant.parse("2027-03-01T09:00:00Z");

    private static final List<List<Language>> LANGUAGES =
            List.of(
                    List.of(Language.ES),
                    List.of(Language.EN, Language.ES),
                    List.of(Language.ES, Language.EN),
                    List.of(Language.EN),
                    List.of(Language.PT, Language.ES, Language.EN),
                    List.of());

    private static final List<Map<Channel, Integer>> CAPACITIES =
            List.of(
                    Map.of(Channel.PHONE, 1, Channel.CHAT, 3, Channel.WEB, 5),
                    Map.of(Channel.CHAT, 1),
                    Map.of(Channel.PHONE, 1, Channel.CHAT, 2),
                    Map.of(Channel.WEB, 2, Channel.CHAT, 1),
                    Map.of(Channel.CHAT, 2, Channel.WEB, 0),
                    Map.of(Channel.PHONE, 2));

    private static final List<Presence> PRESENCES =
            List.of(
                    Presence.AVAILABLE,
                    Presence.AVAILABLE,
                    Presence.AVAILABLE,
                    Presence.BUSY,
                    Presence.AWAY,
                    Presence.OFFLINE);

    /** A happening, and the clock when it was told. */
    record Told(Happening happening, Instant at) {}

    private final int agents;
    private final MatchingEngine engine;
    private final Referee referee;
    private final List<Told> told = new ArrayList<>();
    private Instant now = START;
    private int contacts;

    private History(NavigableMap<Instant, OfferRules> editions, int agents) {
        this.agents = agents;
        this.engine = new MatchingEngine(editions, START);
        this.referee = new Referee(editions, START);
        this.referee.note(engine.drainChanges());
    }

    /** Plays a day; the referee throws at the first foul. */
    static List<Told> played(
            NavigableMap<Instant, OfferRules> editions, int agents, List<Step> steps) {
        History history = new History(editions, agents);
        for (int i = 0; i < agents; i++) {
            history.tell(status(i, Presence.AVAILABLE, i, i / 3));
        }
        for (Step step : steps) {
            history.tell(history.happening(step));
            if (history.told.size() % 16 == 0) {
                history.referee.judgeWakes();
                history.referee.judgeViews(history.engine);
            }
        }
        return history.told;
    }

    private void tell(Happening happening) {
        if (engine.rulesAreOver(now)) {
            play(new Happening.TimeReached(MatchingEngine.RULES));
        }
        play(happening);
    }

    private void play(Happening happening) {
        told.add(new Told(happening, now));
        referee.judge(happening, now, engine.decide(happening, now));
        referee.note(engine.drainChanges());
    }

    private Happening happening(Step step) {
        return switch (step.kind()) {
            case QUEUE -> queued(step);
            case ACCEPT -> {
                Case it = pick(step.who(), contact -> contact.place == Place.OFFERED);
                yield it == null
                        ? queued(step)
                        : new Happening.Accepted(it.agent, it.offerId(), it.id());
            }
            case DECLINE -> {
                Case it = pick(step.who(), contact -> contact.place == Place.OFFERED);
                yield it == null
                        ? queued(step)
                        : new Happening.Declined(it.agent, it.offerId(), it.id());
            }
            case ANSWER -> {
                Case it = pick(step.who(), contact -> contact.agent != null);
                yield it == null ? queued(step) : new Happening.Answered(it.id(), it.agent);
            }
            case ANSWER_BY_ANYONE ->
                    new Happening.Answered(anyContact(step.who()), anyAgent(step.what()));
            case END -> {
                Case it =
                        pick(
                                step.who(),
                                contact ->
                                        contact.place == Place.ASSIGNED
                                                || contact.place == Place.ANSWERED);
                yield it == null ? queued(step) : new Happening.Ended(it.id());
            }
            case WITHDRAW -> new Happening.Ended(anyContact(step.who()));
            case MOVE_DUE ->
                    new Happening.DueMoved(
                            anyContact(step.who()), START.plusSeconds(60L * (step.what() % 90)));
            case CHANGE_STATUS ->
                    status(step.who() % agents, presence(step), step.what(), step.much());
            case CHANGE_PRESENCE -> {
                Person agent = referee.people.get("agent-" + step.who() % agents);
                yield agent == null
                        ? status(step.who() % agents, presence(step), step.what(), step.much())
                        : new Happening.StatusChanged(
                                agent.id, presence(step), agent.languages, agent.capacity);
            }
            case STAY_OFFLINE -> {
                String agent = anyAgent(step.who());
                yield referee.hasNoPause(agent) ? new Happening.LongOffline(agent) : queued(step);
            }
            case ACCEPT_ANYTHING -> {
                String contact = anyContact(step.who());
                yield new Happening.Accepted(
                        anyAgent(step.what()), contact + "/" + (1 + step.much() % 4), contact);
            }
            case REPEAT -> told.get(Math.max(0, told.size() - 1 - step.who() % 40)).happening();
            case WAIT_FOR_NEXT_WAKE ->
                    referee.wakes().entrySet().stream()
                            .min(
                                    Map.Entry.<String, Instant>comparingByValue()
                                            .thenComparing(Map.Entry.comparingByKey()))
                            .map(
                                    wake -> {
                                        now = later(now, wake.getValue());
                                        return (Happening) new Happening.TimeReached(wake.getKey());
                                    })
                            .orElseGet(() -> queued(step));
            case LET_TIME_PASS -> {
                now = now.plusMillis(1 + step.much() * 4L);
                yield queued(step);
            }
            case WAKE_TOO_EARLY -> {
                List<String> owners = List.copyOf(referee.wakes().keySet());
                yield new Happening.TimeReached(
                        owners.isEmpty() ? "nobody" : owners.get(step.who() % owners.size()));
            }
            case TURN_CLOCK_BACK -> {
                now = now.minusMillis(step.much());
                yield queued(step);
            }
        };
    }

    private Happening.Queued queued(Step step) {
        int much = step.much();
        return new Happening.Queued(
                "contact-" + contacts++,
                List.of(Language.ES, Language.ES, Language.EN, Language.PT).get(step.who() % 4),
                Channel.values()[step.what() % 3],
                Priority.values()[much % 4],
                now.minusSeconds(much % 3),
                much % 5 == 0 ? null : now.plusSeconds(30L * (step.what() % 40)),
                Duration.ofMinutes(5L * (much % 4)),
                step.who() % 7 == 0 ? "agent-" + much % agents : null);
    }

    private static Happening.StatusChanged status(
            int agent, Presence presence, int languages, int capacity) {
        return new Happening.StatusChanged(
                "agent-" + agent,
                presence,
                LANGUAGES.get(languages % LANGUAGES.size()),
                CAPACITIES.get(capacity % CAPACITIES.size()));
    }

    private static Presence presence(Step step) {
        return PRESENCES.get(step.much() % PRESENCES.size());
    }

    /** A contact of some kind; null where there is none. */
    private Case pick(int who, Predicate<Case> kind) {
        List<Case> all = referee.cases.values().stream().filter(kind).toList();
        return all.isEmpty() ? null : all.get(who % all.size());
    }

    /** Known, gone, or never heard of. */
    private String anyContact(int who) {
        return "contact-" + who % (contacts + 1);
    }

    private String anyAgent(int who) {
        return "agent-" + who % (agents + 1);
    }

    private static Instant later(Instant a, Instant b) {
        return Comparator.<Instant>naturalOrder().compare(a, b) < 0 ? b : a;
    }
}
