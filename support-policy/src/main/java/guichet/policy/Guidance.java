package guichet.policy;

import java.net.URI;
import java.util.Optional;

/**
 * What a customer is told of a topic before asking (S1 to S6).
 *
 * @param topic its name in the policy
 * @param row the mission row that says so, or the owner's name for the rule
 * @param channel the best one for it; empty where the desk does not help
 * @param advice why, or what to do instead, in the customer's language
 * @param see where more is to be found
 */
public record Guidance(
        String topic,
        Scope scope,
        String row,
        Optional<Channel> channel,
        String advice,
        Optional<URI> see) {}
