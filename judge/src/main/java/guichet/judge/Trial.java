package guichet.judge;

import guichet.events.ClosureAnnounced;
import guichet.policy.Line;
import guichet.policy.PriorityChoice;
import guichet.policy.ResponseTarget;
import guichet.policy.Scope;
import guichet.policy.SupportPolicy;
import guichet.schemas.Contract;
import guichet.schemas.Topic;
import guichet.schemas.Topics;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Recomputes contact by contact what must have been said, by the times at which things happened,
 * and compares. Of what the services read late, only the times are on the log; so a second outcome
 * is allowed where
 *
 * <ul>
 *   <li>a fact stands behind one that happened later: the services may have decided in between;
 *   <li>a fact, or a closure, was told of within the tolerance before an instant that decides: it
 *       may have been recorded after it. All facts of a contact are then taken to be as late.
 * </ul>
 *
 * <p>What the log does not tell, so that faults may be found here that are none:
 *
 * <ul>
 *   <li>a policy file that was changed while contacts were open: a partition heeds it when it first
 *       sees it;
 *   <li>closures that compaction has taken from the topic, or that were announced anew under their
 *       id before a partition had its first clock;
 *   <li>a closure that a service heeded, after an outage longer than the tolerance, before it read
 *       an older answer: then the due that it tells has moved, though not the outcome;
 *   <li>what retention has taken, but for contacts whose beginnings it took: they are left out;
 *   <li>that services forget a contact 30 days after its outcome and take what is repeated later
 *       for a new one;
 *   <li>in what order a contact's records were read where they lie on different topics;
 *   <li>that an agent came back while the desk, lagging by more than the tolerance, was still to
 *       set him away.
 * </ul>
 *
 * <p>And faults may be missed here, as the log does not tell
 *
 * <ul>
 *   <li>whether a contact that was never offered reached the one who makes offers before it was
 *       over, or waited for the opening of its line (C6): its release is not missed;
 *   <li>in what order agents stated something and the desk decided: an agent's room is taken to be
 *       the greatest that he had stated by then, his languages all that he had, and an offer to one
 *       who said himself that he was away is none;
 *   <li>what desktops were told before the first record that is there;
 *   <li>which of the contacts that an agent answered without an offer count as his.
 * </ul>
 */
final class Trial {

    /** A closure that was announced so long before is known, also to a desk that is behind. */
    private static final Duration LONGEST_UNREAD = Duration.ofMinutes(15);

    private static final Duration JUST_AFTER = Duration.ofMillis(1);

    private static final Set<Topic> QUEUES =
            Set.of(Topics.assignments("en"), Topics.assignments("pt"), Topics.assignments("es"));

    private final Rules rules;
    private final Instant horizon;
    private final Duration tolerance;
    private final Instant wholeSince;
    private final Map<String, ContactFile> files = new TreeMap<>();
    private final Agents agents;
    private final SortedSet<String> policies = new TreeSet<>();
    private final List<Fault> faults = new ArrayList<>();
    private int contacts;
    private int open;
    private int either;

    /** All that the log holds of a contact. */
    private static final class ContactFile {
        @Nullable Contact contact;
        Instant heardOfAt = Instant.MAX;
        final List<Fact> facts = new ArrayList<>();
        final Map<Saying.Part, List<Saying>> says = new EnumMap<>(Saying.Part.class);

        /** What stands on each queue's topic; it should be on one alone. */
        final Map<String, List<SpecificRecord>> onQueues = new TreeMap<>();

        /** What was read before the contact began waits for it, and is then taken by time. */
        void begin(Contact begun) {
            if (contact == null) {
                contact = begun;
                facts.sort(Fact.BY_TIME);
            }
        }

        List<Saying> says(Saying.Part part) {
            return says.getOrDefault(part, List.of());
        }
    }

    /**
     * @param horizon what must be there by then is missed
     * @param wholeSince a contact that is heard of before then may have begun before what is kept
     */
    Trial(SupportPolicy policy, Instant horizon, Duration tolerance, Instant wholeSince) {
        this.rules = new Rules(policy);
        this.horizon = horizon;
        this.tolerance = tolerance;
        this.wholeSince = wholeSince;
        this.agents = new Agents(tolerance);
    }

    /**
     * To be called once.
     *
     * @param meaningless how many more records there are from which nothing follows
     * @param unreadable how many more there are
     */
    Verdict verdict(List<Entry> entries, int meaningless, int unreadable) {
        int offContract = unreadable;
        for (Entry entry : entries) {
            if (!note(entry)) {
                offContract++;
            }
        }
        int heardOf = files.size();
        files.values().removeIf(this::hasLostItsBeginning);
        int leftOut = heardOf - files.size();
        files.forEach(this::judge);
        files.forEach(this::judgeOffers);
        faults.addAll(agents.faults(horizon));
        return new Verdict(
                contacts,
                open,
                either,
                leftOut,
                entries.size() + meaningless + unreadable,
                offContract,
                Set.copyOf(policies),
                List.copyOf(faults));
    }

    /** False for a record that no service can use. */
    private boolean note(Entry entry) {
        SpecificRecord event = entry.event();
        if (entry.topic() == Topics.CLOSURES) {
            return noteClosure(entry, event);
        }
        if (event == null
                || Contract.fault(entry.topic(), entry.key(), entry.recordedAt(), event)
                        .isPresent()) {
            return false;
        }
        Contact.begunBy(event, rules.file())
                .ifPresent(contact -> file(contact.id(), entry).begin(contact));
        Fact.toldBy(event).ifPresent(fact -> file(Contract.keyOf(event), entry).facts.add(fact));
        Saying.saidBy(entry.topic(), event)
                .ifPresent(
                        said ->
                                file(said.contactId(), entry)
                                        .says
                                        .computeIfAbsent(
                                                said.saying().part(), part -> new ArrayList<>())
                                        .add(said.saying()));
        if (QUEUES.contains(entry.topic())) {
            file(Contract.keyOf(event), entry)
                    .onQueues
                    .computeIfAbsent(entry.topic().name(), topic -> new ArrayList<>())
                    .add(event);
        }
        agents.note(entry.recordedAt(), event);
        Schema.Field policy = event.getSchema().getField("policyVersion");
        if (policy != null) {
            policies.add((String) event.get(policy.pos()));
        }
        return true;
    }

    private boolean noteClosure(Entry entry, @Nullable SpecificRecord event) {
        String id = entry.key() == null ? "" : entry.key();
        if (event != null
                && Contract.fault(entry.topic(), id, entry.recordedAt(), event).isPresent()) {
            return false;
        }
        try {
            rules.note(id, entry.recordedAt(), (ClosureAnnounced) event);
            return true;
        } catch (IllegalArgumentException noClosure) {
            return false;
        }
    }

    private ContactFile file(String contactId, Entry entry) {
        ContactFile file = files.computeIfAbsent(contactId, id -> new ContactFile());
        if (entry.recordedAt().isBefore(file.heardOfAt)) {
            file.heardOfAt = entry.recordedAt();
        }
        return file;
    }

    private boolean hasLostItsBeginning(ContactFile file) {
        return file.contact == null && file.heardOfAt.isBefore(wholeSince);
    }

    private void judge(String id, ContactFile file) {
        Contact contact = file.contact;
        if (contact == null) {
            compare(id, file, List.of(Saying.Part.values()), List.of(), Set::of);
            return;
        }
        contacts++;
        Set<Finding> findings = EnumSet.noneOf(Finding.class);
        findings.add(
                compare(
                        id,
                        file,
                        List.of(Saying.Part.QUEUE),
                        List.of(queued(contact, rules.at(contact.createdAt()))),
                        () -> otherQueueStories(contact)));
        findings.add(
                compare(
                        id,
                        file,
                        List.of(Saying.Part.CLOCK),
                        ClockStory.of(contact, rules, Duration.ZERO, plainly(file.facts)),
                        () -> otherClockStories(contact, file.facts)));
        findings.add(
                compare(
                        id,
                        file,
                        List.of(Saying.Part.CONVERSION, Saying.Part.TICKET),
                        ConversationStory.of(contact, rules.file(), plainly(file.facts)),
                        () -> otherConversationStories(contact, file.facts)));
        open += findings.contains(Finding.OPEN) ? 1 : 0;
        either += findings.contains(Finding.OTHERWISE) ? 1 : 0;
    }

    /** Where the offers themselves are at fault, nothing follows for what desktops are told. */
    private void judgeOffers(String id, ContactFile file) {
        List<OfferStory> stories =
                file.onQueues.values().stream()
                        .map(events -> new OfferStory(id, events, file.facts, horizon, tolerance))
                        .toList();
        List<Fault> wrong = stories.stream().flatMap(story -> story.fault().stream()).toList();
        faults.addAll(wrong);
        if (!wrong.isEmpty() || file.contact == null) {
            return;
        }
        List<Saying> due =
                toldForSure(stories.stream().flatMap(story -> story.told().stream()).toList());
        List<Saying> there = toldForSure(file.says(Saying.Part.DESKTOPS));
        if (!there.equals(due)) {
            faults.add(new Fault(id, "desktops", inWords(there), inWords(due)));
        }
    }

    /** The two kinds of topic do not begin, nor are they read to, the same moment. */
    private List<Saying> toldForSure(List<Saying> told) {
        return told.stream()
                .filter(saying -> !saying.at().isBefore(agents.toldSince()))
                .filter(saying -> saying.at().isBefore(horizon))
                .toList();
    }

    private enum Finding {
        AS_IT_SHOULD_BE,
        OPEN,
        /** As it may be, though by the times alone it would be otherwise. */
        OTHERWISE,
        FAULTY
    }

    private Finding compare(
            String id,
            ContactFile file,
            List<Saying.Part> parts,
            List<Saying> plain,
            Supplier<Set<List<Saying>>> others) {
        if (fits(file, parts, plain)) {
            long there = parts.stream().mapToLong(part -> file.says(part).size()).sum();
            return there < plain.size() ? Finding.OPEN : Finding.AS_IT_SHOULD_BE;
        }
        if (others.get().stream().anyMatch(other -> fits(file, parts, other))) {
            return Finding.OTHERWISE;
        }
        for (Saying.Part part : parts) {
            List<Saying> due = of(part, plain);
            if (!fits(file.says(part), due)) {
                faults.add(
                        new Fault(
                                id,
                                part.name().toLowerCase(Locale.ROOT),
                                inWords(file.says(part)),
                                inWords(due)));
            }
        }
        return Finding.FAULTY;
    }

    private boolean fits(ContactFile file, List<Saying.Part> parts, List<Saying> story) {
        return parts.stream().allMatch(part -> fits(file.says(part), of(part, story)));
    }

    /** What is there is how the story begins, and what is not there was not due by the horizon. */
    private boolean fits(List<Saying> there, List<Saying> story) {
        if (there.size() > story.size() || !story.subList(0, there.size()).equals(there)) {
            return false;
        }
        return there.size() == story.size()
                || story.subList(0, there.size() + 1).stream()
                        .anyMatch(saying -> !saying.at().isBefore(horizon));
    }

    private static List<Saying> of(Saying.Part part, List<Saying> story) {
        return story.stream().filter(saying -> saying.part() == part).toList();
    }

    private static List<String> inWords(List<Saying> sayings) {
        return sayings.stream().map(Saying::toString).toList();
    }

    /** Which closures had been read when it was queued is not on the log; the clock corrects it. */
    private Set<List<Saying>> otherQueueStories(Contact contact) {
        return rules.since(contact.createdAt().minus(LONGEST_UNREAD)).stream()
                .map(version -> List.of(queued(contact, version.policy())))
                .collect(Collectors.toSet());
    }

    private static Saying queued(Contact contact, SupportPolicy policy) {
        Line line = contact.line();
        PriorityChoice priority = contact.priority(policy);
        return new Saying.Queued(
                contact.createdAt(),
                Topics.assignments(line.language().tag()).name(),
                line.toString(),
                priority.priority().name(),
                contact.target(policy).map(ResponseTarget::due).orElse(null),
                priority.headStart().toMillis(),
                contact.scope() != Scope.IN,
                contact.preferredAgent());
    }

    private static List<Reading> plainly(List<Fact> facts) {
        return Reading.inTime(facts, Duration.ZERO);
    }

    private Set<List<Saying>> otherClockStories(Contact contact, List<Fact> facts) {
        Set<List<Saying>> stories = new LinkedHashSet<>();
        List<Instant> changes = rules.versions().stream().map(Rules.Version::since).toList();
        List<Instant> decisive = new ArrayList<>(List.of(contact.createdAt()));
        decisive.addAll(instants(ClockStory.of(contact, rules, Duration.ZERO, List.of())));
        for (Duration changesLate : lags(changes, decisive)) {
            List<Instant> reached =
                    new ArrayList<>(
                            instants(ClockStory.of(contact, rules, changesLate, List.of())));
            changes.forEach(change -> reached.add(change.plus(changesLate)));
            for (Duration late : lags(facts.stream().map(Fact::at).toList(), reached)) {
                stories.add(
                        ClockStory.of(contact, rules, changesLate, Reading.inTime(facts, late)));
                stories.add(
                        ClockStory.of(
                                contact, rules, changesLate, Reading.asRecorded(facts, late)));
            }
        }
        return stories;
    }

    private Set<List<Saying>> otherConversationStories(Contact contact, List<Fact> facts) {
        Set<List<Saying>> stories = new LinkedHashSet<>();
        List<Instant> limits =
                facts.stream()
                        .filter(Fact::isAnswer)
                        .flatMap(
                                answer ->
                                        instants(
                                                ConversationStory.of(
                                                        contact,
                                                        rules.file(),
                                                        plainly(List.of(answer))))
                                                .stream())
                        .toList();
        for (Duration late : lags(facts.stream().map(Fact::at).toList(), limits)) {
            stories.add(ConversationStory.of(contact, rules.file(), Reading.inTime(facts, late)));
            stories.add(
                    ConversationStory.of(contact, rules.file(), Reading.asRecorded(facts, late)));
        }
        return stories;
    }

    private static List<Instant> instants(List<Saying> story) {
        return story.stream().map(Saying::at).toList();
    }

    /** None, and those that bring what happened to just after an instant that decides. */
    private Set<Duration> lags(List<Instant> happened, List<Instant> decisive) {
        Set<Duration> lags = new LinkedHashSet<>(List.of(Duration.ZERO));
        for (Instant fact : happened) {
            for (Instant instant : decisive) {
                Duration gap = Duration.between(fact, instant);
                if (!gap.isNegative() && gap.compareTo(tolerance) < 0) {
                    lags.add(gap.plus(JUST_AFTER));
                }
            }
        }
        return lags;
    }
}
