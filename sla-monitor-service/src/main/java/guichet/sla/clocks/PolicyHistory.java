package guichet.sla.clocks;

import guichet.chassis.Announcements;
import guichet.chassis.Announcements.Notice;
import guichet.policy.AnnouncedClosure;
import guichet.policy.Channel;
import guichet.policy.Language;
import guichet.policy.Line;
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

    /** A version of the rules. */
    final class Version {

        private final PolicyChange change;

        private Version(PolicyChange change) {
            this.change = change;
        }

        /** From 0. */
        long number() {
            return change.getNumber();
        }

        /** Never before that of the number before. */
        Instant since() {
            return change.getAt();
        }

        /** Whether the change that made it can move anything on that line. */
        boolean concerns(Line line) {
            return change.getClosureId() == null
                    || names(line, change)
                    || replaced(change).filter(standing -> names(line, standing)).isPresent();
        }

        /**
         * No opening hours change before; {@link Instant#MAX} where none change at all, {@link
         * Instant#MIN} where that is not known.
         */
        Instant begins() {
            if (change.getClosureId() == null) {
                return Instant.MIN;
            }
            Instant starts = change.getStartsAt() == null ? Instant.MAX : change.getStartsAt();
            Instant stood = replaced(change).map(PolicyChange::getStartsAt).orElse(Instant.MAX);
            return starts.isBefore(stood) ? starts : stood;
        }

        /** Whether it was made under the policy file that speaks for it now. */
        boolean ofThisFile() {
            return change.getPolicyVersion().equals(file.version());
        }

        SupportPolicy policy() {
            return policyOf(Math.toIntExact(change.getNumber()));
        }

        /** What made it, in English. */
        String reason() {
            if (change.getClosureId() == null) {
                return "the policy is now " + change.getPolicyVersion();
            }
            String named = change.getReason() + " (" + change.getClosureId() + ")";
            return change.getCalledOff() ? "H6: called off: " + named : "H6: announced: " + named;
        }
    }

    /** So many versions stay laid out; who steps through no more at a time lays each out once. */
    static final int POLICIES_KEPT = 8;

    private final SupportPolicy file;
    private final List<PolicyChange> changes = new ArrayList<>();
    private final Map<Integer, SupportPolicy> policies =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Integer, SupportPolicy> eldest) {
                    return size() > POLICIES_KEPT;
                }
            };
    private final Runnable laidOut;
    private Announcements.@Nullable Board heeded;

    /** From this one on the changes differ from those that are kept. */
    private int unkept;

    /**
     * @param file the policy as this process has loaded it; it speaks for all versions, as no other
     *     file is kept
     * @param kept the changes noted so far, in order
     * @param laidOut told each time that the hours of a version are laid out, which is dear
     */
    PolicyHistory(SupportPolicy file, List<PolicyChange> kept, Runnable laidOut) {
        this.file = file;
        this.laidOut = laidOut;
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
     * @return the changes that this makes or dates anew, to be kept; none where the board is as
     *     before
     */
    List<PolicyChange> heed(Announcements.Board board, Instant now) {
        if (board == heeded) {
            return List.of();
        }
        heeded = board;
        unkept = changes.size();
        if (changes.isEmpty()) {
            add(Instant.EPOCH, PolicyChange.newBuilder().setPolicyVersion(file.version()));
        }
        heedNotices(board, now);
        if (board.complete()) {
            heedAbsence(board, now);
            heedFile(now);
        }
        return List.copyOf(changes.subList(unkept, changes.size()));
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
        return new Version(changes.get(Math.toIntExact(number)));
    }

    /** From that version on the first that was made under the file that speaks for it now. */
    Optional<Version> underThisFile(long number) {
        return changes.stream()
                .skip(number)
                .map(Version::new)
                .filter(Version::ofThisFile)
                .findFirst();
    }

    /** Last, and once all notices are known: what was announced while we were away came before. */
    private void heedFile(Instant now) {
        if (!changes.getLast().getPolicyVersion().equals(file.version())) {
            add(heard(now, now), PolicyChange.newBuilder().setPolicyVersion(file.version()));
        }
    }

    /** All that is new in the order in which it was said, whichever closure it was said of. */
    private void heedNotices(Announcements.Board board, Instant now) {
        Map<String, PolicyChange> known = newestByClosure();
        List<Word> words = new ArrayList<>();
        board.closures().forEach((id, notice) -> words.addAll(unheard(notice, known.get(id))));
        words.sort(Comparator.comparing(Word::at));
        words.forEach(word -> note(word, heard(word.at(), now)));
    }

    /** That a closure was announced or called off. */
    private record Word(Instant at, AnnouncedClosure closure, boolean calledOff) {}

    /** What a notice says that has not been noted yet. */
    private static List<Word> unheard(Notice notice, @Nullable PolicyChange known) {
        AnnouncedClosure closure = notice.closure();
        Word announced = new Word(notice.announcedAt(), closure, false);
        boolean stands = known != null && !known.getCalledOff() && closure(known).equals(closure);
        if (notice.calledOffAt().isEmpty()) {
            return stands ? List.of() : List.of(announced);
        }
        Word calledOff =
                new Word(later(notice.announcedAt(), notice.calledOffAt().get()), closure, true);
        if (stands) {
            return List.of(calledOff);
        }
        return known != null && known.getCalledOff() && !announced.at().isAfter(saidAt(known))
                ? List.of()
                : List.of(announced, calledOff);
    }

    /** Unlike the instant since when it holds, this is as it was told. */
    private static Instant saidAt(PolicyChange change) {
        Instant said = change.getSaidAt();
        return said == null ? change.getAt() : said;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private void note(Word word, Instant at) {
        if (word.calledOff()) {
            callOff(word.closure().id(), word.at(), at);
        } else {
            announce(word.closure(), word.at(), at);
        }
    }

    /** Where it replaces an earlier notice, what has passed of that stays a closure by itself. */
    private void announce(AnnouncedClosure closure, Instant saidAt, Instant at) {
        PolicyChange replaced = newestByClosure().get(closure.id());
        if (replaced != null
                && replaced.getStartsAt() != null
                && replaced.getStartsAt().isBefore(at)) {
            add(
                    at,
                    upTo(at, replaced)
                            .setClosureId(replaced.getClosureId() + "#" + replaced.getNumber()));
        }
        add(at, announced(closure).setSaidAt(saidAt).setPolicyVersion(newestFile()));
    }

    /** The notice that a closure was called off does not stay on the topic for ever. */
    private void heedAbsence(Announcements.Board board, Instant now) {
        newestByClosure()
                .forEach(
                        (id, known) -> {
                            if (!known.getCalledOff()
                                    && !board.closures().containsKey(id)
                                    && !board.unreadable().contains(id)) {
                                callOff(id, now, heard(now, now));
                            }
                        });
    }

    private void callOff(String closureId, Instant saidAt, Instant at) {
        PolicyChange standing = Objects.requireNonNull(newestByClosure().get(closureId));
        add(at, upTo(at, standing).setSaidAt(saidAt));
    }

    /** What has passed of a closure stays one: nobody was there. */
    private PolicyChange.Builder upTo(Instant at, PolicyChange standing) {
        boolean begun = standing.getStartsAt().isBefore(at);
        Instant end = standing.getEndsAt().isBefore(at) ? standing.getEndsAt() : at;
        return PolicyChange.newBuilder(standing)
                .setPolicyVersion(newestFile())
                .setCalledOff(true)
                .setStartsAt(begun ? standing.getStartsAt() : null)
                .setEndsAt(begun ? end : null);
    }

    /** Closures noted before the file's own change are noted under the file before. */
    private String newestFile() {
        return changes.getLast().getPolicyVersion();
    }

    /**
     * When it holds from: not in the future, or a clock ahead of ours would keep all later changes
     * waiting, and not before the change noted last.
     */
    private Instant heard(Instant at, Instant now) {
        dateAnew(now);
        Instant last = changes.getLast().getAt();
        Instant heard = at.isAfter(now) ? now : at;
        return heard.isBefore(last) ? last : heard;
    }

    /**
     * A clock that was ahead and has been put back since has noted changes for times to come; all
     * that is heard until then would wait for them. They hold from now on, as the first that comes
     * after them does.
     */
    private void dateAnew(Instant now) {
        for (int number = changes.size() - 1;
                number >= 0 && changes.get(number).getAt().isAfter(now);
                number--) {
            changes.set(number, dated(now, changes.get(number)));
            policies.remove(number);
            unkept = Math.min(unkept, number);
        }
    }

    /** Nor has any more passed of a closure than until now. */
    private PolicyChange dated(Instant now, PolicyChange noted) {
        boolean cutOff = noted.getCalledOff() && noted.getStartsAt() != null;
        return (cutOff ? upTo(now, noted) : PolicyChange.newBuilder(noted))
                .setPolicyVersion(noted.getPolicyVersion())
                .setAt(now)
                .build();
    }

    private void add(Instant at, PolicyChange.Builder change) {
        changes.add(change.setNumber(changes.size()).setAt(at).build());
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

    private static boolean names(Line line, PolicyChange closure) {
        return closure.getChannels().contains(line.channel().name())
                && (closure.getLanguages().isEmpty()
                        || closure.getLanguages().contains(line.language().tag()));
    }

    /** What was noted of the same closure before. */
    private Optional<PolicyChange> replaced(PolicyChange change) {
        for (int number = Math.toIntExact(change.getNumber()) - 1; number >= 0; number--) {
            if (Objects.equals(changes.get(number).getClosureId(), change.getClosureId())) {
                return Optional.of(changes.get(number));
            }
        }
        return Optional.empty();
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
        return policies.computeIfAbsent(number, this::layOut);
    }

    private SupportPolicy layOut(int number) {
        laidOut.run();
        return file.announcing(
                newestByClosure(number + 1).values().stream()
                        .filter(change -> change.getStartsAt() != null)
                        .map(PolicyHistory::closure)
                        .toList());
    }
}
