package guichet.sla.clocks;

import guichet.chassis.Announcements;
import guichet.chassis.Announcements.Notice;
import guichet.policy.AnnouncedClosure;
import guichet.policy.Channel;
import guichet.policy.Language;
import guichet.policy.SupportPolicy;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The rules that a partition's clocks have run by, one version after another: each closure that is
 * announced or called off makes a new one, and so does another policy file. A clock remembers the
 * number of the version that it heeds, so that it can be brought up to date version by version,
 * each at its own instant, with the same result whenever that is done.
 */
final class PolicyHistory {

    /**
     * A version of the rules.
     *
     * @param number from 0
     * @param since never before that of the number before
     * @param reason what made it, in English
     */
    record Version(long number, Instant since, SupportPolicy policy, String reason) {}

    private static final int POLICIES_KEPT = 8;

    private final SupportPolicy file;
    private final List<PolicyChange> changes = new ArrayList<>();
    private final Map<Integer, SupportPolicy> policies =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Integer, SupportPolicy> eldest) {
                    return size() > POLICIES_KEPT;
                }
            };
    private Announcements.@Nullable Board heeded;

    /**
     * @param file the policy as this process has loaded it; it speaks for all versions, as no other
     *     file is kept
     * @param kept the changes noted so far, in order
     */
    PolicyHistory(SupportPolicy file, List<PolicyChange> kept) {
        this.file = file;
        this.changes.addAll(kept);
    }

    /** The number of the newest version; -1 before the first board has been heeded. */
    long newest() {
        return changes.size() - 1L;
    }

    /**
     * Heeds the policy file and what has been announced.
     *
     * @param now the instant of what bears none of its own
     * @return the changes that this makes, to be kept; none where the board is as before
     */
    List<PolicyChange> heed(Announcements.Board board, Instant now) {
        if (board == heeded) {
            return List.of();
        }
        heeded = board;
        int before = changes.size();
        if (changes.isEmpty()) {
            add(Instant.EPOCH, now, PolicyChange.newBuilder());
        } else if (!changes.getLast().getPolicyVersion().equals(file.version())) {
            add(now, now, PolicyChange.newBuilder());
        }
        heedNotices(board, now);
        if (board.complete()) {
            heedAbsence(board, now);
        }
        return List.copyOf(changes.subList(before, changes.size()));
    }

    /** The version that held at an instant. */
    Version at(Instant instant) {
        int number = changes.size() - 1;
        while (number > 0 && changes.get(number).getAt().isAfter(instant)) {
            number--;
        }
        return version(number);
    }

    /** The next version; empty where there is none. */
    Optional<Version> after(long number) {
        return number < newest() ? Optional.of(version(number + 1)) : Optional.empty();
    }

    Version version(long number) {
        int index = Math.toIntExact(number);
        PolicyChange change = changes.get(index);
        return new Version(number, change.getAt(), policyOf(index), reason(change));
    }

    private void heedNotices(Announcements.Board board, Instant now) {
        Map<String, PolicyChange> known = newestByClosure();
        board.closures().values().stream()
                .sorted(Comparator.comparing(PolicyHistory::lastWord))
                .forEach(notice -> heed(notice, known.get(notice.closure().id()), now));
    }

    private static Instant lastWord(Notice notice) {
        return notice.calledOffAt().orElse(notice.announcedAt());
    }

    private void heed(Notice notice, @Nullable PolicyChange known, Instant now) {
        PolicyChange.Builder announced = announced(notice.closure());
        if (notice.calledOffAt().isEmpty()) {
            if (known == null || known.getCalledOff() || !saysTheSame(known, notice.closure())) {
                add(notice.announcedAt(), now, announced);
            }
            return;
        }
        if (known == null) {
            add(notice.announcedAt(), now, announced);
        }
        if (known == null || !known.getCalledOff()) {
            callOff(notice.closure().id(), notice.calledOffAt().get(), now);
        }
    }

    /** The notice that a closure was called off does not stay on the topic for ever. */
    private void heedAbsence(Announcements.Board board, Instant now) {
        newestByClosure()
                .forEach(
                        (id, known) -> {
                            if (!known.getCalledOff() && !board.closures().containsKey(id)) {
                                callOff(id, now, now);
                            }
                        });
    }

    /** What has passed of a closure stays a closure: nobody was there. */
    private void callOff(String closureId, Instant at, Instant now) {
        PolicyChange standing = Objects.requireNonNull(newestByClosure().get(closureId));
        boolean begun = standing.getStartsAt().isBefore(at);
        Instant end = standing.getEndsAt().isBefore(at) ? standing.getEndsAt() : at;
        add(
                at,
                now,
                PolicyChange.newBuilder(standing)
                        .setCalledOff(true)
                        .setStartsAt(begun ? standing.getStartsAt() : null)
                        .setEndsAt(begun ? end : null));
    }

    /** Not in the future: a clock ahead of ours would keep all later changes waiting. */
    private void add(Instant at, Instant now, PolicyChange.Builder change) {
        Instant last = changes.isEmpty() ? Instant.EPOCH : changes.getLast().getAt();
        Instant heard = at.isAfter(now) ? now : at;
        changes.add(
                change.setNumber(changes.size())
                        .setAt(heard.isBefore(last) ? last : heard)
                        .setPolicyVersion(file.version())
                        .build());
    }

    private static PolicyChange.Builder announced(AnnouncedClosure closure) {
        return PolicyChange.newBuilder()
                .setClosureId(closure.id())
                .setStartsAt(closure.from())
                .setEndsAt(closure.to())
                .setChannels(closure.channels().stream().map(Channel::name).sorted().toList())
                .setLanguages(closure.languages().stream().map(Language::tag).sorted().toList())
                .setReason(closure.reason());
    }

    private static boolean saysTheSame(PolicyChange known, AnnouncedClosure closure) {
        return closure(known).equals(closure);
    }

    private static AnnouncedClosure closure(PolicyChange change) {
        return new AnnouncedClosure(
                change.getClosureId(),
                change.getStartsAt(),
                change.getEndsAt(),
                change.getChannels().stream().map(Channel::valueOf).collect(Collectors.toSet()),
                change.getLanguages().stream()
                        .map(tag -> Language.ofTag(tag).orElseThrow())
                        .collect(Collectors.toSet()),
                change.getReason());
    }

    private Map<String, PolicyChange> newestByClosure() {
        return newestByClosure(changes.size());
    }

    private Map<String, PolicyChange> newestByClosure(int count) {
        Map<String, PolicyChange> newest = new LinkedHashMap<>();
        for (PolicyChange change : changes.subList(0, count)) {
            if (change.getClosureId() != null) {
                newest.put(change.getClosureId(), change);
            }
        }
        return newest;
    }

    private SupportPolicy policyOf(int number) {
        return policies.computeIfAbsent(
                number,
                it ->
                        file.announcing(
                                newestByClosure(it + 1).values().stream()
                                        .filter(change -> change.getStartsAt() != null)
                                        .map(PolicyHistory::closure)
                                        .toList()));
    }

    private String reason(PolicyChange change) {
        if (change.getClosureId() == null) {
            return "the policy is now " + change.getPolicyVersion();
        }
        String named = change.getReason() + " (" + change.getClosureId() + ")";
        return change.getCalledOff() ? "H6: called off: " + named : "H6: announced: " + named;
    }
}
