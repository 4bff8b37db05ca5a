package guichet.intake.requests;

import guichet.policy.Channel;
import guichet.policy.Language;

import java.time.Duration;
import java.util.Optional;

/** How long customers have waited of late. */
@FunctionalInterface
public interface RecentWaits {

    /**
     * From asking until an agent took it: the median of those contacts of a queue that agents took
     * within the last quarter of an hour.
     *
     * @return empty where they took none, or where the database does not answer
     */
    Optional<Duration> of(Language language, Channel channel);
}
