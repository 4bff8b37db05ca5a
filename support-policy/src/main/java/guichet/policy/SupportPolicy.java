package guichet.policy;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The rules of the desk, read from a policy file. Immutable and safe to share between threads. */
public final class SupportPolicy {

    private final String version;
    private final Map<Line, LinePolicy> lines;
    private final Map<String, Scope> topics;
    private final PriorityTable priorities;
    private final double leastConfidence;
    private final Duration conversationLimit;

    /**
     * @param lines what holds for each line; every line is in it
     */
    SupportPolicy(
            String version,
            Map<Line, LinePolicy> lines,
            Map<String, Scope> topics,
            PriorityTable priorities,
            double leastConfidence,
            Duration conversationLimit) {
        this.version = version;
        this.lines = Map.copyOf(lines);
        this.topics = topics;
        this.priorities = priorities;
        this.leastConfidence = leastConfidence;
        this.conversationLimit = conversationLimit;
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

    /** When a line is open (H1 to H5). */
    public OpeningHours hours(Line line) {
        return policyOf(line).hours();
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

    /** Whether contacts on this topic are out of scope (S2); unknown and missing topics are not. */
    public boolean outOfScope(@Nullable String topic) {
        return topic != null && topics.getOrDefault(topic, Scope.IN) != Scope.IN;
    }

    /** The names of all topics, in the order of the policy file. */
    public Set<String> topics() {
        return topics.keySet();
    }

    /** How urgent a contact is (C1, S2, S6, T4). */
    public PriorityChoice priority(Channel channel, Plan plan, Impact impact, boolean outOfScope) {
        return priorities.choose(channel, plan, impact, outOfScope);
    }

    /**
     * When the first response to a contact of this line, created at {@code createdAt}, is due (T1
     * to T4). Contacts out of scope have no target (S2): do not ask.
     */
    public ResponseTarget respondBy(Line line, Instant createdAt) {
        return policyOf(line).respondBy(createdAt);
    }

    /** How long a chat or a call may last before it becomes a ticket (E1, E2). */
    public Duration conversationLimit() {
        return conversationLimit;
    }

    private LinePolicy policyOf(Line line) {
        return Objects.requireNonNull(lines.get(line));
    }
}
