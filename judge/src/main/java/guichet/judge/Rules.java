package guichet.judge;

import guichet.events.ClosureAnnounced;
import guichet.policy.AnnouncedClosure;
import guichet.policy.Channel;
import guichet.policy.Language;
import guichet.policy.SupportPolicy;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The rules in the order in which they held: the policy file, and each closure told of (H6). */
final class Rules {

    /**
     * A version of the rules.
     *
     * @param since not before that of the version before
     */
    record Version(Instant since, SupportPolicy policy) {}

    private final SupportPolicy file;
    private final List<Version> versions = new ArrayList<>();

    /** Those that stand, and what has passed of those that were called off. */
    private final Map<String, AnnouncedClosure> heeded = new HashMap<>();

    private final Set<String> calledOff = new HashSet<>();

    Rules(SupportPolicy file) {
        this.file = file;
        versions.add(new Version(Instant.EPOCH, file));
    }

    SupportPolicy file() {
        return file;
    }

    /** The first is the file's alone and holds from ever. */
    List<Version> versions() {
        return List.copyOf(versions);
    }

    /** Those that held at an instant. */
    SupportPolicy at(Instant instant) {
        return versions.get(numberAt(instant)).policy();
    }

    /** The version that held at an instant, and all later ones. */
    List<Version> since(Instant instant) {
        return List.copyOf(versions.subList(numberAt(instant), versions.size()));
    }

    private int numberAt(Instant instant) {
        int number = versions.size() - 1;
        while (number > 0 && versions.get(number).since().isAfter(instant)) {
            number--;
        }
        return number;
    }

    /**
     * Takes note of a record of {@code support.closures}, in their order.
     *
     * @param event null where the closure is called off
     * @throws IllegalArgumentException where the event cannot be a closure
     */
    void note(String id, Instant recordedAt, @Nullable ClosureAnnounced event) {
        if (event == null) {
            callOff(id, recordedAt);
            return;
        }
        AnnouncedClosure closure = closure(event);
        if (calledOff.remove(id) || !closure.equals(heeded.get(id))) {
            heeded.put(id, closure);
            change(event.getAnnouncedAt());
        }
    }

    /** What has passed of it stays a closure. */
    private void callOff(String id, Instant at) {
        AnnouncedClosure closure = heeded.get(id);
        if (closure == null || !calledOff.add(id)) {
            return;
        }
        if (!closure.from().isBefore(at)) {
            heeded.remove(id);
        } else if (at.isBefore(closure.to())) {
            heeded.put(
                    id,
                    new AnnouncedClosure(
                            id,
                            closure.from(),
                            at,
                            closure.channels(),
                            closure.languages(),
                            closure.reason()));
        }
        change(at);
    }

    private void change(Instant at) {
        Instant last = versions.getLast().since();
        versions.add(new Version(at.isBefore(last) ? last : at, file.announcing(heeded.values())));
    }

    private static AnnouncedClosure closure(ClosureAnnounced event) {
        if (event.getChannels().isEmpty()) {
            throw new IllegalArgumentException("a closure of no channel");
        }
        return new AnnouncedClosure(
                event.getClosureId(),
                event.getStartsAt(),
                event.getEndsAt(),
                event.getChannels().stream()
                        .map(channel -> Channel.valueOf(channel.name()))
                        .collect(Collectors.toSet()),
                event.getLanguages().stream()
                        .map(tag -> Language.ofTag(tag).orElseThrow(IllegalArgumentException::new))
                        .collect(Collectors.toSet()),
                event.getReason());
    }
}
