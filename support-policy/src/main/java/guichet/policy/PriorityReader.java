package guichet.policy;

import java.util.Map;
import java.util.Optional;

/** Reads the headings {@code priorities} and {@code head-starts}. */
final class PriorityReader {

    private final Optional<Section> priorities;
    private final Optional<Section> headStarts;

    PriorityReader(Section policy) {
        this.priorities =
                policy.require("priorities", "{by-impact: ..., out-of-scope: low}")
                        .map(Entry::section);
        this.headStarts =
                policy.require("head-starts", "{by-priority: {urgent: 4 hours, ...}}")
                        .map(Entry::section);
    }

    PriorityTable read() {
        PriorityTable table =
                new PriorityTable(
                        priorities
                                .flatMap(
                                        section -> section.require("by-impact", "{urgent: urgent}"))
                                .map(entry -> entry.section().all(Impact.class, this::priority))
                                .orElse(Map.of()),
                        priorities
                                .flatMap(section -> section.take("by-channel"))
                                .map(entry -> entry.section().any(Channel.class, this::byImpact))
                                .orElse(Map.of()),
                        priorities
                                .flatMap(section -> section.take("by-plan"))
                                .map(entry -> entry.section().any(Plan.class, this::byImpact))
                                .orElse(Map.of()),
                        priorities
                                .flatMap(section -> section.require("out-of-scope", "low"))
                                .flatMap(this::priority)
                                .orElse(Priority.LOW),
                        headStarts
                                .flatMap(section -> section.require("by-priority", "{low: ...}"))
                                .map(entry -> entry.section().all(Priority.class, Entry::duration))
                                .orElse(Map.of()),
                        headStarts
                                .flatMap(section -> section.take("by-plan"))
                                .map(entry -> entry.section().any(Plan.class, Entry::duration))
                                .orElse(Map.of()));
        priorities.ifPresent(Section::refuseOthers);
        headStarts.ifPresent(Section::refuseOthers);
        return table;
    }

    private Optional<Priority> priority(Entry entry) {
        return entry.oneOf(Priority.class);
    }

    private Optional<Map<Impact, Priority>> byImpact(Entry entry) {
        return Optional.of(entry.section().any(Impact.class, this::priority));
    }
}
