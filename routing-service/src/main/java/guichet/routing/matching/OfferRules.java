package guichet.routing.matching;

import java.time.Duration;
import java.util.Optional;

/**
 * How the desk holds contacts out to its agents.
 *
 * @param offerFor how long an offer lasts
 * @param missesUntilAway after so many offers running that an agent lets pass, he is set away; 1 or
 *     more
 * @param preferredFor how long after queuing a contact is kept for its preferred agent, while he is
 *     present
 * @param againAfter how long an agent is not offered again what he declined
 * @param secondLanguageAfter how long a queue must have nobody of its first language before agents
 *     who list the language further down serve it: empty never, zero always
 */
record OfferRules(
        Duration offerFor,
        int missesUntilAway,
        Duration preferredFor,
        Duration againAfter,
        Optional<Duration> secondLanguageAfter) {}
