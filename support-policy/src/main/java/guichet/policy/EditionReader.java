package guichet.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what may change from one edition of a policy to the next. */
final class EditionReader {

    private static final Pattern BUSINESS_DAYS = Pattern.compile("([1-9]\\d{0,2}) business days?");
    private static final String MOMENT = "2027-01-01T00:00 America/Los_Angeles";

    private final Section edition;

    EditionReader(Section edition) {
        this.edition = edition;
    }

    /** What holds from ever. */
    EditionRules readFirst() {
        return read(Instant.MIN);
    }

    /** What holds from the edition's own {@code from}. */
    EditionRules readLater() {
        Optional<Entry> from = edition.takeOwn("from");
        if (from.isEmpty()) {
            edition.heading()
                    .refuse(
                            "this part of the policy does not say when it begins",
                            "add, for example, 'from: " + MOMENT + "'");
        }
        return read(
                from.flatMap(
                                entry ->
                                        entry.parsed(
                                                EditionReader::moment,
                                                "write a local time in whole seconds and its zone, such as "
                                                        + MOMENT))
                        .orElse(EditionRules.UNREADABLE));
    }

    private EditionRules read(Instant from) {
        EditionRules rules =
                new EditionRules(
                        from,
                        weeks(),
                        specialDays(),
                        closures(),
                        targets(),
                        dueSoon(),
                        new TopicReader(edition).read(),
                        new PriorityReader(edition).read(),
                        conversationLimit(),
                        new OfferReader(edition).read());
        edition.refuseOthers();
        return rules;
    }

    private static Optional<Instant> moment(String text) {
        String[] parts = text.split(" ", 2);
        if (parts.length < 2 || !WeekReader.isZone(parts[1])) {
            return Optional.empty();
        }
        return Optional.of(LocalDateTime.parse(parts[0]))
                .filter(local -> Recurrence.mayBeNamed(local.toLocalDate()))
                .filter(local -> local.getNano() == 0)
                .map(local -> local.atZone(ZoneId.of(parts[1])).toInstant());
    }

    private Map<Line, Rule<Week>> weeks() {
        return edition.require("hours", "[{row: H1, week: {mon-fri: [09:00-17:00]}}]")
                .map(entry -> RuleReader.byLine(entry, EditionReader::week))
                .orElse(Map.of());
    }

    private static Optional<Week> week(Section rule) {
        return rule.require("week", "{mon-fri: [09:00-17:00]}").flatMap(WeekReader::week);
    }

    private List<Rule<SpecialDays>> specialDays() {
        return edition.take("special-days")
                .map(entry -> RuleReader.all(entry.items(), ClosureReader::specialDays))
                .orElse(List.of());
    }

    private List<Rule<ClosureRule>> closures() {
        return edition.take("closures")
                .map(entry -> RuleReader.all(entry.items(), ClosureReader::closure))
                .orElse(List.of());
    }

    private Map<Line, Rule<Target>> targets() {
        return edition.require("targets", "[{row: T2, channels: [chat], within: 15 minutes}]")
                .map(entry -> RuleReader.byLine(entry, EditionReader::target))
                .orElse(Map.of());
    }

    private static Optional<Target> target(Section rule) {
        return rule.require("within", "15 minutes")
                .flatMap(
                        entry ->
                                entry.parsed(
                                        EditionReader::target,
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
        return edition.require("due-soon-share", "0.8")
                .flatMap(
                        entry ->
                                entry.parsed(
                                        text -> Optional.of(Share.parse(text)),
                                        "write a number above 0 and up to 1, with at most three"
                                                + " decimals"))
                .orElse(Share.WHOLE);
    }

    private Duration conversationLimit() {
        return edition.require("conversation-limit", "30 minutes")
                .flatMap(Entry::positiveDuration)
                .orElse(Duration.ZERO);
    }
}
