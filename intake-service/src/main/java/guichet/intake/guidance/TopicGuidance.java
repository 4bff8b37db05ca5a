package guichet.intake.guidance;

import guichet.intake.requests.RecentWaits;
import guichet.intake.words.Words;
import guichet.policy.Channel;
import guichet.policy.Guidance;
import guichet.policy.Language;
import guichet.policy.Line;
import guichet.policy.OpeningHours;
import guichet.policy.Plan;
import guichet.policy.Scope;
import guichet.policy.SupportPolicy;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * What a customer is told of a topic before asking (S1 to S6).
 *
 * @param language in which it is told, and whose lines are meant: en, pt or es
 * @param plan whose hours are meant
 * @param scope IN where the desk helps (S1), OUT where it does not (S2), RETIRED where it no longer
 *     does (S3)
 * @param bestChannel null where the desk does not help
 * @param reason why that channel, or what to do instead
 * @param see where more is to be found; null for nowhere
 * @param closedNow what to do while the best channel is chat or phone and shut; null while it is
 *     not
 * @param channels every channel
 */
record TopicGuidance(
        String topic,
        String language,
        Plan plan,
        Scope scope,
        @Nullable Channel bestChannel,
        String reason,
        @Nullable URI see,
        @Nullable String closedNow,
        List<ChannelState> channels) {

    /**
     * Whether a channel is open, and how long it took of late.
     *
     * @param nextOpening null while it is open, or where no opening is known
     * @param nextOpeningLocal the same in words, in the line's zone
     * @param recentWaitSeconds how long those whom an agent took within the last 15 minutes had
     *     waited, the median; null where there was nobody, where that is not known, and while it is
     *     closed
     */
    record ChannelState(
            Channel channel,
            boolean open,
            @Nullable Instant nextOpening,
            @Nullable String nextOpeningLocal,
            @Nullable Long recentWaitSeconds) {

        private static ChannelState of(
                Line line, OpeningHours hours, RecentWaits waits, Instant at) {
            if (hours.isOpen(at)) {
                return new ChannelState(
                        line.channel(),
                        true,
                        null,
                        null,
                        waits.of(line.language(), line.channel())
                                .map(Duration::toSeconds)
                                .orElse(null));
            }
            Instant next = hours.nextOpening(at).orElse(null);
            return new ChannelState(
                    line.channel(),
                    false,
                    next,
                    next == null ? null : Words.moment(line.language(), next, hours.zone()),
                    null);
        }

        /** The web form takes tickets at any hour. */
        private boolean refuses() {
            return channel != Channel.WEB && !open;
        }

        private String closedNow(Language language) {
            return nextOpeningLocal == null
                    ? Words.say(language, channel + ".closed")
                    : Words.say(language, channel + ".closed.until", nextOpeningLocal);
        }
    }

    static TopicGuidance of(
            Guidance guidance,
            Language language,
            Plan plan,
            SupportPolicy policy,
            RecentWaits waits,
            Instant at) {
        Channel best = guidance.channel().orElse(null);
        List<ChannelState> channels =
                Arrays.stream(Channel.values())
                        .map(channel -> new Line(language, plan, channel))
                        .map(line -> ChannelState.of(line, policy.hours(line), waits, at))
                        .toList();
        return new TopicGuidance(
                guidance.topic(),
                language.tag(),
                plan,
                guidance.scope(),
                best,
                guidance.advice(),
                guidance.see().orElse(null),
                channels.stream()
                        .filter(state -> state.channel() == best && state.refuses())
                        .map(state -> state.closedNow(language))
                        .findFirst()
                        .orElse(null),
                channels);
    }
}
