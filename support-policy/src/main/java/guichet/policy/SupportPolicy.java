package guichet.policy;

import org.jspecify.annotations.Nullable;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The rules of the desk, read from a policy file. Immutable and safe to share between threads. */
public final class SupportPolicy {

    private final String version;
    private final Map<Line, OpeningHours> hours;
    private final List<Edition> editions;
    private final double leastConfidence;

    /**
     * @param hours of every line
     * @param editions in order; the first holds from ever
     */
    SupportPolicy(
            String version,
            Map<Line, OpeningHours> hours,
            List<Edition> editions,
            double leastConfidence) {
        this.version = version;
        this.hours = Map.copyOf(hours);
        this.editions = List.copyOf(editions);
        this.leastConfidence = leastConfidence;
    }

    /**
     * Reads a policy.
     *
     * @param location {@code support-page} or {@code demo}, which ship with the desk, or the {@code
     *     file:} URI of a policy file
     * @throws InvalidPolicy if the policy cannot be used, with all its faults
     */
    public static SupportPolicy load(String location) {
        return PolicyFile.open(location).read();
    }

    /** A digest of the policy's content: the first 12 hexadecimal digits of its SHA-256. */
    public String version() {
        return version;
    }

    /**
     * This policy with the closures that stand announced at run time, in place of those announced
     * before (H6).
     */
    public SupportPolicy announcing(Collection<AnnouncedClosure> closures) {
        Map<Layout, OpeningHours> layouts = new HashMap<>();
        Map<Line, OpeningHours> announcing = new HashMap<>();
        hours.forEach(
                (line, open) -> {
                    Layout layout = new Layout(open, fitting(closures, line));
                    announcing.put(line, layouts.computeIfAbsent(layout, Layout::hours));
                });
        return new SupportPolicy(version, announcing, editions, leastConfidence);
    }

    private static List<Closure.Announced> fitting(
            Collection<AnnouncedClosure> closures, Line line) {
        return closures.stream()
                .filter(closure -> closure.fits(line))
                .map(Closure.Announced::new)
                .toList();
    }

    /** Lines with the same hours share them, and so the work of laying them out. */
    private record Layout(OpeningHours scheduled, List<Closure.Announced> announced) {

        OpeningHours hours() {
            return scheduled.announcing(announced);
        }
    }

    /** When a line is open (H1 to H6). */
    public OpeningHours hours(Line line) {
        return Objects.requireNonNull(hours.get(line));
    }

    /**
     * When a line is open in a week, for a customer (H1 to H6).
     *
     * @param date any date of the week, which begins on Monday
     * @param zone the customer's
     */
    public WeekView week(Line line, LocalDate date, ZoneId zone) {
        LocalDate monday = date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        return WeekView.of(line, hours(line), monday, zone);
    }

    /**
     * The queue of a contact: the declared language where it is one of ours, else that of the text,
     * else English (L1).
     *
     * @param declaredTag the BCP 47 tag the customer's side declares
     * @param text what the customer wrote
     */
    public LanguageChoice languageOf(@Nullable String declaredTag, @Nullable String text) {
        Optional<Language> declared = Optional.ofNullable(declaredTag).flatMap(Language::ofTag);
        if (declared.isPresent()) {
            return new LanguageChoice(declared.get(), "L1: declared");
        }
        if (text == null || text.isBlank()) {
            return new LanguageChoice(
                    Language.EN, "L1: none of ours declared and no text, so English");
        }
        return LanguageDetection.detect(text, leastConfidence)
                .map(detected -> new LanguageChoice(detected, "L1: detected from the text"))
                .orElse(
                        new LanguageChoice(
                                Language.EN, "L1: none of ours declared or detected, so English"));
    }

    /**
     * Whether the desk helps with a topic (S1 to S3); it does with unknown and missing ones.
     *
     * @param at when the contact was created
     */
    public Scope scope(@Nullable String topic, Instant at) {
        TopicRule rule = topic == null ? null : edition(at).topics().get(topic);
        return rule == null ? Scope.IN : rule.scope();
    }

    /** What a customer is told of a topic before asking (S1 to S6); empty for an unknown one. */
    public Optional<Guidance> guidance(String topic, Language language, Instant at) {
        return Optional.ofNullable(edition(at).topics().get(topic))
                .map(rule -> rule.guidance(topic, language));
    }

    /** The names of all topics, in the order of the policy file. */
    public Set<String> topics(Instant at) {
        return edition(at).topics().keySet();
    }

    /**
     * How urgent a contact is (C1, S2, S6, T4).
     *
     * @param createdAt when the contact was created
     */
    public PriorityChoice priority(
            Channel channel, Plan plan, Impact impact, Scope scope, Instant createdAt) {
        return edition(createdAt).priorities().choose(channel, plan, impact, scope);
    }

    /**
     * When the first response to a contact is due (T1 to T4); never where it is not in scope (S2,
     * S3).
     */
    public Optional<ResponseTarget> respondBy(Line line, Scope scope, Instant createdAt) {
        return scope == Scope.IN
                ? Optional.of(policyOf(line, createdAt).respondBy(hours(line), createdAt))
                : Optional.empty();
    }

    /** The same answer as {@link #respondBy}, with every rule and every stretch of time. */
    public Explanation explain(Line line, Scope scope, Instant createdAt) {
        Optional<ResponseTarget> target = respondBy(line, scope, createdAt);
        return new Explanation(
                version,
                line,
                hours(line).zone(),
                scope,
                createdAt,
                target,
                target.isPresent()
                        ? policyOf(line, createdAt).rules()
                        : List.of(new AppliedRule(scope.row(), scope.inWords())),
                target.map(found -> hours(line).stretches(createdAt, found.due()))
                        .orElse(List.of()));
    }

    /**
     * How long a chat or a call may last before it becomes a ticket (E1, E2).
     *
     * @param at when an agent joined or the call connected
     */
    public Duration conversationLimit(Instant at) {
        return edition(at).conversationLimit();
    }

    /**
     * How contacts are held out to agents (E1, E2, L1).
     *
     * @param at when the desk decides on an offer or an agent
     */
    public OfferRules offerRules(Instant at) {
        return edition(at).offers();
    }

    /**
     * How contacts are held out to agents, by the instant from which it is so; the first from ever.
     */
    public NavigableMap<Instant, OfferRules> offerRules() {
        TreeMap<Instant, OfferRules> rules = new TreeMap<>();
        editions.forEach(edition -> rules.put(edition.from(), edition.offers()));
        return Collections.unmodifiableNavigableMap(rules);
    }

    private LinePolicy policyOf(Line line, Instant at) {
        return Objects.requireNonNull(edition(at).lines().get(line));
    }

    private Edition edition(Instant at) {
        for (int i = editions.size() - 1; i > 0; i--) {
            if (!at.isBefore(editions.get(i).from())) {
                return editions.get(i);
            }
        }
        return editions.getFirst();
    }
}
