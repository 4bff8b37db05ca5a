package guichet.policy;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the desk says of a topic (S1 to S6).
 *
 * @param channel the recommended one; null where the desk does not help
 * @param advice for customers, in each language
 * @param see where they find more; null for nowhere
 */
record TopicRule(
        String row,
        Scope scope,
        @Nullable Channel channel,
        Map<Language, String> advice,
        @Nullable URI see) {

    Guidance guidance(String topic, Language language) {
        return new Guidance(
                topic,
                scope,
                row,
                Optional.ofNullable(channel),
                Objects.requireNonNull(advice.get(language)),
                Optional.ofNullable(see));
    }
}
