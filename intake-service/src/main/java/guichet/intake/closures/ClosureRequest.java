package guichet.intake.closures;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.chassis.forms.Form;
import guichet.chassis.forms.Reading;
import guichet.chassis.forms.Texts;
import guichet.events.ClosureAnnounced;
import guichet.intake.words.Words;
import guichet.policy.AnnouncedClosure;
import guichet.policy.Channel;
import guichet.policy.Language;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What a supervisor announces (H6).
 *
 * @param channels those that are shut: CHAT, PHONE or both, never WEB (H5)
 * @param languages those that are shut; empty for all
 * @param reason for customers and agents to read
 */
record ClosureRequest(
        Instant startsAt,
        Instant endsAt,
        Set<Channel> channels,
        Set<Language> languages,
        String reason) {

    private static final Duration LONGEST = Duration.ofDays(31);
    private static final Duration FARTHEST = Duration.ofDays(366);
    private static final int MOST_ENTRIES = 10;
    private static final int LONGEST_REASON = 200;
    private static final List<Channel> CLOSABLE = List.of(Channel.CHAT, Channel.PHONE);

    /** Stands in for an instant that has a fault of its own. */
    private static final Instant UNREAD = Instant.MAX;

    /**
     * Reads an announcement; without channels it shuts both that can be. It may have begun, must
     * not be over, lasts at most 31 days and begins at most 366 days ahead.
     */
    static ClosureRequest read(Form form, Instant now) {
        Instant startsAt = form.required("startsAt", UNREAD, Texts.instant());
        Instant endsAt = form.required("endsAt", UNREAD, Texts.instant());
        List<Channel> channels = form.list("channels", MOST_ENTRIES, closable());
        List<Language> languages = form.list("languages", MOST_ENTRIES, Texts.queue());
        String reason = form.requiredText("reason", null, Texts.line(LONGEST_REASON));
        if (!startsAt.equals(UNREAD) && !endsAt.equals(UNREAD)) {
            check(startsAt, endsAt, now, form);
        }
        return new ClosureRequest(
                startsAt,
                endsAt,
                Set.copyOf(channels.isEmpty() ? CLOSABLE : channels),
                Set.copyOf(languages),
                reason);
    }

    private static void check(Instant startsAt, Instant endsAt, Instant now, Form form) {
        if (startsAt.isAfter(now.plus(FARTHEST))) {
            form.fault("startsAt", Words.sentence("closure.far", FARTHEST.toDays()));
        }
        if (!endsAt.isAfter(startsAt)) {
            form.fault("endsAt", Words.sentence("closure.order"));
        } else if (!endsAt.isAfter(now)) {
            form.fault("endsAt", Words.sentence("closure.over"));
        } else if (endsAt.isAfter(startsAt.plus(LONGEST))) {
            form.fault("endsAt", Words.sentence("closure.long", LONGEST.toDays()));
        }
    }

    /**
     * Its id comes from all that it says, so that the same closure announced twice, by a retry or
     * by two people, is one.
     */
    AnnouncedClosure closure() {
        return new AnnouncedClosure(id(), startsAt, endsAt, channels, languages, reason);
    }

    /**
     * As the other services read it.
     *
     * @param supervisor id of who announces it
     */
    ClosureAnnounced event(String supervisor, Instant announcedAt) {
        AnnouncedClosure closure = closure();
        return ClosureAnnounced.newBuilder()
                .setClosureId(closure.id())
                .setAnnouncedAt(announcedAt)
                .setStartsAt(closure.from())
                .setEndsAt(closure.to())
                .setChannels(
                        channels.stream()
                                .sorted()
                                .map(channel -> guichet.events.Channel.valueOf(channel.name()))
                                .toList())
                .setLanguages(languages.stream().sorted().map(Language::tag).toList())
                .setReason(reason)
                .setAnnouncedBy(supervisor)
                .build();
    }

    private String id() {
        String said =
                "%s\n%s\n%s\n%s\n%s"
                        .formatted(
                                startsAt,
                                endsAt,
                                channels.stream().sorted().toList(),
                                languages.stream().sorted().toList(),
                                reason);
        return UUID.nameUUIDFromBytes(said.getBytes(UTF_8)).toString();
    }

    private static Reading<Channel> closable() {
        return text -> {
            for (Channel channel : CLOSABLE) {
                if (channel.name().equalsIgnoreCase(text)) {
                    return channel;
                }
            }
            if (Channel.WEB.name().equalsIgnoreCase(text)) {
                throw Words.faulty("closure.web");
            }
            throw Words.faulty("closure.channel");
        };
    }
}
