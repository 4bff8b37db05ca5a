package guichet.policy;

import java.time.Duration;
import java.util.Optional;

/**
 * How contacts are held out to agents.
 *
 * @param offerFor how long an offer lasts, from 1 second to 10 minutes
 * @param missesUntilAway how many offers let pass running set an agent away, from 1 to 100
 * @param preferredFor how long a continued contact waits for its own agent before another may take
 *     it, up to 24 hours; zero where it does not wait (E1, E2)
 * @param againAfter how long a contact is not offered again to an agent who declined it, from 1
 *     second to 24 hours
 * @param secondLanguageAfter how long nobody with the language as the first must have been present
 *     before agents who list it further back are asked, up to 24 hours: zero for always, empty for
 *     never (L1)
 * @param offlineAfter how long nothing may be heard of an agent before the agent is taken to be
 *     offline, from 1 second to 1 hour
 */
public record OfferRules(
        Duration offerFor,
        int missesUntilAway,
        Duration preferredFor,
        Duration againAfter,
        Optional<Duration> secondLanguageAfter,
        Duration offlineAfter) {}
