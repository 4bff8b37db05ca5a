package guichet.policy;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns the content of a policy file into a {@link SupportPolicy}. All of it is read before
 * anything is refused; what stands in for an unreadable part is never used.
 */
final class PolicyReader {

    private static final List<String> FOR_GOOD = List.of("languages", "language-detection");

    private final Faults faults;
    private final List<Section> editions;

    /**
     * @param editions the first, and over it those that say what changes and from when
     */
    PolicyReader(List<Section> editions, Faults faults) {
        this.editions = editions;
        this.faults = faults;
    }

    /**
     * Reads all.
     *
     * @throws InvalidPolicy with all the faults of the file
     */
    SupportPolicy read(String version) {
        Map<Language, ZoneId> zones = zones();
        double leastConfidence = leastConfidence();
        LineAssembly lines = new LineAssembly(zones, editions());
        SupportPolicy read =
                new SupportPolicy(version, lines.hours(), lines.editions(), leastConfidence);
        faults.refuseIfAny();
        return read;
    }

    private List<EditionRules> editions() {
        List<EditionRules> read = new ArrayList<>();
        read.add(new EditionReader(editions.getFirst()).readFirst());
        for (Section later : editions.subList(1, editions.size())) {
            FOR_GOOD.forEach(key -> later.takeOwn(key).ifPresent(PolicyReader::refuseChange));
            EditionRules rules = new EditionReader(later).readLater();
            if (rules.beginsTooEarlyAfter(read.getLast())) {
                later.heading()
                        .refuse(
                                "this part of the policy begins no later than the one before it",
                                "put the parts in the order of their 'from'");
            }
            read.add(rules);
        }
        return read;
    }

    private static void refuseChange(Entry entry) {
        entry.refuse(
                "'" + entry.name() + "' cannot change from one day to the next",
                "say it in the first part of the policy only");
    }

    private Map<Language, ZoneId> zones() {
        return editions.getFirst()
                .require("languages", "{en: {zone: America/Los_Angeles}, ...}")
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

    private double leastConfidence() {
        Optional<Section> detection =
                editions.getFirst()
                        .require("language-detection", "{least-confidence: 0.485}")
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
}
