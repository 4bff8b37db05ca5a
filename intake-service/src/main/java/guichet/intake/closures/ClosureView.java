package guichet.intake.closures;

import guichet.policy.AnnouncedClosure;
import guichet.policy.Channel;
import guichet.policy.Language;

import java.time.Instant;
import java.util.List;

/**
 * A closure, for supervisors to see.
 *
 * @param startsAt its first instant, to the second
 * @param endsAt the first instant after it, to the second
 * @param channels those that are shut
 * @param languages those that are shut, en, pt or es; empty for all
 */
record ClosureView(
        String id,
        Instant startsAt,
        Instant endsAt,
        List<Channel> channels,
        List<String> languages,
        String reason) {

    static ClosureView of(AnnouncedClosure closure) {
        return new ClosureView(
                closure.id(),
                closure.from(),
                closure.to(),
                closure.channels().stream().sorted().toList(),
                closure.languages().stream().sorted().map(Language::tag).toList(),
                closure.reason());
    }
}
