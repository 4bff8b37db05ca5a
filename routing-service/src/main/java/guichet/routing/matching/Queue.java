package guichet.routing.matching;

import guichet.policy.Channel;
import guichet.policy.Language;
import guichet.policy.OfferRules;
import guichet.policy.Priority;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** A language on a channel: who waits, and who serves. */
final class Queue {

    private final Language language;
    private final Channel channel;
    private final String owner;
    private Optional<Duration> othersHelpAfter;

    private final RankedSet<Contact> line = new RankedSet<>();

    /** All who wait, those who stand with a preferred agent too, the oldest first. */
    private final TreeSet<Contact> waiting = new TreeSet<>(Contact.BY_AGE);

    private final int[] ofPriority = new int[Priority.values().length];
    private final Roster ofItsLanguage = new Roster();
    private final Roster ofFurtherLanguage = new Roster();

    QueueState state;

    /** Whether somebody of its language was present when that was noted last. */
    boolean wasCovered;

    /** When it is to be woken, as told last; null for never. */
    @Nullable Instant toldToWakeAt;

    /** Whether it changed since its state was last handed out. */
    boolean changed;

    Queue(QueueState state, OfferRules rules) {
        this.language = state.language();
        this.channel = state.channel();
        this.owner = "queue:" + language.tag() + "/" + channel;
        this.othersHelpAfter = rules.secondLanguageAfter();
        this.state = state;
    }

    Language language() {
        return language;
    }

    Channel channel() {
        return channel;
    }

    /** The owner of its wake, as in {@link Changes#wakeAt}. */
    String owner() {
        return owner;
    }

    /** Those who wait for anyone; who is kept for their preferred agent stands with them. */
    RankedSet<Contact> line() {
        return line;
    }

    /**
     * To be called with the rules that hold from now on; they may open it later than those before.
     */
    void heed(OfferRules rules, Instant now) {
        othersHelpAfter = rules.secondLanguageAfter();
        boolean opensLater =
                othersHelpAfter.map(state.coverageSince()::plus).filter(now::isBefore).isPresent();
        if (opensLater && state.openToFurtherLanguages()) {
            state = state.openToFurtherLanguages(false);
        }
    }

    /** All who wait, the oldest first. */
    NavigableSet<Contact> waiting() {
        return waiting;
    }

    int waiting(Priority priority) {
        return ofPriority[priority.ordinal()];
    }

    /** A contact begins to wait. */
    void begins(Contact contact) {
        waiting.add(contact);
        ofPriority[contact.state().queued().priority().ordinal()]++;
    }

    /** A contact waits no more. */
    void ends(Contact contact) {
        waiting.remove(contact);
        ofPriority[contact.state().queued().priority().ordinal()]--;
    }

    /** The roster of agents in whose list the queue's language comes so far down, 0 for first. */
    Roster roster(int placeOfLanguage) {
        return placeOfLanguage == 0 ? ofItsLanguage : ofFurtherLanguage;
    }

    /** Whether agents in whose list its language comes so far down serve it now. */
    boolean isServedBy(int placeOfLanguage) {
        return placeOfLanguage == 0 || othersHelp();
    }

    private boolean othersHelp() {
        return othersHelpAfter
                .filter(after -> after.isZero() || state.openToFurtherLanguages())
                .isPresent();
    }

    boolean isCovered() {
        return ofItsLanguage.hasSomebodyPresent();
    }

    /** When agents of further languages are to help out; null for not in sight. */
    @Nullable Instant wakeAt() {
        return isCovered() || othersHelp()
                ? null
                : othersHelpAfter.map(state.coverageSince()::plus).orElse(null);
    }

    int agents(Presence presence) {
        return ofItsLanguage.count(presence)
                + (othersHelp() ? ofFurtherLanguage.count(presence) : 0);
    }

    int able() {
        return ofItsLanguage.able() + (othersHelp() ? ofFurtherLanguage.able() : 0);
    }

    /** How many of the able may not take a contact of this queue, for the sake of a call. */
    int keptFreeFrom(Contact contact) {
        if (channel != Channel.CHAT) {
            return 0;
        }
        return ofItsLanguage.keptFreeFrom(contact)
                + (othersHelp() ? ofFurtherLanguage.keptFreeFrom(contact) : 0);
    }

    /** Whom to ask about a contact of this queue; null for nobody. */
    @Nullable Agent bestFor(Contact contact) {
        Agent best = ofItsLanguage.bestFor(contact);
        Agent other = othersHelp() ? ofFurtherLanguage.bestFor(contact) : null;
        return best == null || (other != null && other.compareTo(best) < 0) ? other : best;
    }

    /** How long a contact is likely to wait; null while nobody is there who takes any. */
    @Nullable Duration expectedWait(Contact contact) {
        int available = agents(Presence.AVAILABLE);
        return available == 0
                ? null
                : state.pace().multipliedBy(line.countBefore(contact) + 1L).dividedBy(available);
    }
}
