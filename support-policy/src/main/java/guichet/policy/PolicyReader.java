package guichet.policy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns the content of a policy file into a {@link SupportPolicy}. All of it is read before
 * anything is refused; what stands in for an unreadable part is never used.
 */
final class PolicyReader {

    private static final Pattern BUSINESS_DAYS = Pattern.compile("([1-9]\\d?) business days?");

    private final Faults faults;
    private final Section policy;

    PolicyReader(Entry root) {
        this.faults = root.faults();
        this.policy = root.section();
    }

    /**
     * Reads all.
     *
     * @throws InvalidPolicy with all the faults of the file
     */
    SupportPolicy read(String version) {
        SupportPolicy read =
                new SupportPolicy(
                        version,
                        lines(),
                        topics(),
                        new PriorityReader(policy).read(),
                        leastConfidence(),
                        conversationLimit());
        policy.refuseOthers();
        faults.refuseIfAny();
        return read;
    }

    private Map<Line, LinePolicy> lines() {
        return new LineAssembly(zones(), weeks(), closures(), targets(), dueSoon(), faults)
                .assemble();
    }

    private Map<Language, ZoneId> zones() {
        return policy.require("languages", "{en: {zone: America/Los_Angeles}, ...}")
                .map(entry -> entry.section().all(Language.class, PolicyReader::zone))
                .orElse(Map.of());
    }

    private static Optional<ZoneId> zone(Entry language) {
        Section section = language.section();
        Optional<ZoneId> zone =
                section.require("zone", "America/Los_Angeles").flatMap(WeekReader::zone);
        section.refuseOthers();
        return zone;
    }

    private Map<Line, Rule<Week>> weeks() {
        return policy.require("hours", "[{row: H1, week: {mon-fri: [09:00-17:00]}}]")
                .map(entry -> RuleReader.byLine(entry, PolicyReader::week))
                .orElse(Map.of());
    }

    private static Optional<Week> week(Section rule) {
        return rule.require("week", "{mon-fri: [09:00-17:00]}").flatMap(WeekReader::week);
    }

    private List<Rule<Closure>> closures() {
        return policy.take("closures")
                .map(entry -> RuleReader.all(entry.items(), PolicyReader::closure))
                .orElse(List.of());
    }

    private static Optional<Closure> closure(Section rule) {
        Optional<String> name = rule.require("name", "the team meeting").flatMap(Entry::text);
        Optional<ZoneId> zone =
                rule.require("zone", "America/Los_Angeles").flatMap(WeekReader::zone);
        Optional<Week> weekly =
                rule.require("weekly", "{tue: [08:00-09:00]}").flatMap(WeekReader::week);
        return name.isPresent() && zone.isPresent() && weekly.isPresent()
                ? Optional.of(
                        new Closure.Weekly(name.get(), new WeeklySpans(zone.get(), weekly.get())))
                : Optional.empty();
    }

    private Map<Line, Rule<Target>> targets() {
        return policy.require("targets", "[{row: T2, channels: [chat], within: 15 minutes}]")
                .map(entry -> RuleReader.byLine(entry, PolicyReader::target))
                .orElse(Map.of());
    }

    private static Optional<Target> target(Section rule) {
        return rule.require("within", "15 minutes")
                .flatMap(
                        entry ->
                                entry.parsed(
                                        PolicyReader::target,
                                        "write, for example, 15 minutes, 1 business day or half a"
                                                + " business day"));
    }

    private static Optional<Target> target(String text) {
        if (text.equals("half a business day")) {
            return Optional.of(new Target.HalfBusinessDay());
        }
        Matcher days = BUSINESS_DAYS.matcher(text);
        if (days.matches()) {
            return Optional.of(new Target.BusinessDays(Integer.parseInt(days.group(1))));
        }
        return Durations.parse(text).filter(Duration::isPositive).map(Target.OpenTime::new);
    }

    private Share dueSoon() {
        return policy.require("due-soon-share", "0.8")
                .flatMap(
                        entry ->
                                entry.parsed(
                                        text -> Optional.of(Share.parse(text)),
                                        "write a number above 0 and up to 1, with at most three"
                                                + " decimals"))
                .orElse(Share.WHOLE);
    }

    private Map<String, Scope> topics() {
        Map<String, Scope> topics = new LinkedHashMap<>();
        policy.require("topics", "{billing: in scope, legal-advice: out of scope}")
                .map(Entry::section)
                .ifPresent(
                        section ->
                                section.forEach(
                                        (topic, scope) ->
                                                scope.parsed(
                                                                Scope::parse,
                                                                "write in scope, out of scope or"
                                                                        + " retired")
                                                        .ifPresent(
                                                                read -> topics.put(topic, read))));
        return Collections.unmodifiableMap(topics);
    }

    private double leastConfidence() {
        Optional<Section> detection =
                policy.require("language-detection", "{least-confidence: 0.485}")
                        .map(Entry::section);
        double least =
                detection
                        .flatMap(section -> section.require("least-confidence", "0.485"))
                        .flatMap(
                                entry ->
                                        entry.parsed(
                                                PolicyReader::confidence,
                                                "write a number from 0 to 1"))
                        .orElse(1.0);
        detection.ifPresent(Section::refuseOthers);
        return least;
    }

    private static Optional<Double> confidence(String text) {
        return Optional.of(new BigDecimal(text).doubleValue())
                .filter(confidence -> confidence >= 0 && confidence <= 1);
    }

    private Duration conversationLimit() {
        return policy.require("conversation-limit", "30 minutes")
                .flatMap(Entry::positiveDuration)
                .orElse(Duration.ZERO);
    }
}
