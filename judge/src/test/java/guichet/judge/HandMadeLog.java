package guichet.judge;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.events.AgentSeen;
import guichet.events.AgentStatusChanged;
import guichet.events.Capacity;
import guichet.events.Channel;
import guichet.events.ChatAnswered;
import guichet.events.ChatEnded;
import guichet.events.ChatStarted;
import guichet.events.ClosureAnnounced;
import guichet.events.ContactAssigned;
import guichet.events.ContactConverted;
import guichet.events.ContactLeft;
import guichet.events.ContactOffered;
import guichet.events.ContactQueued;
import guichet.events.ContactReleased;
import guichet.events.ConvertedConversationEnded;
import guichet.events.Customer;
import guichet.events.EndedBy;
import guichet.events.Impact;
import guichet.events.OfferAccepted;
import guichet.events.OfferClosed;
import guichet.events.OfferDeclined;
import guichet.events.OfferExpired;
import guichet.events.OfferMade;
import guichet.events.OfferOutcome;
import guichet.events.OfferRefused;
import guichet.events.Origin;
import guichet.events.Plan;
import guichet.events.Presence;
import guichet.events.PresenceSet;
import guichet.events.Priority;
import guichet.events.ResponseBreached;
import guichet.events.ResponseDueChanged;
import guichet.events.ResponseDueSoon;
import guichet.events.ResponseMet;
import guichet.events.TicketCreated;
import guichet.policy.SupportPolicy;
import guichet.schemas.Contract;
import guichet.schemas.Topic;
import guichet.schemas.Topics;

import org.apache.avro.specific.SpecificRecord;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * A log written by hand, for the demo policy: always open, a chat is due after 8 s and due soon
 * after 4.8 s, a ticket after 15 s and 9 s, and a chat becomes a ticket after 20 s. Times are
 * seconds since the log begins.
 */
final class HandMadeLog {

    private static final SupportPolicy DEMO = SupportPolicy.load("demo");
    private static final Instant BEGIN = Instant.parse("2026-03-04T10:00:00Z");

    private final List<Entry> entries = new ArrayList<>();
    private Instant wholeSince = Instant.MIN;

    static Instant at(double seconds) {
        return BEGIN.plusMillis(Math.round(seconds * 1000));
    }

    static String ticketOf(String chat) {
        return UUID.nameUUIDFromBytes(("conversion\n" + chat).getBytes(UTF_8)).toString();
    }

    HandMadeLog put(Topic topic, double when, SpecificRecord event) {
        return put(new Entry(topic, Contract.keyOf(event), at(when), event));
    }

    HandMadeLog put(Entry entry) {
        entries.add(entry);
        return this;
    }

    HandMadeLog started(String chat, double when) {
        return put(
                Topics.CHATS,
                when,
                ChatStarted.newBuilder()
                        .setContactId(chat)
                        .setStartedAt(at(when))
                        .setCustomer(customer())
                        .setLanguage("en")
                        .setQuestion("How do I add a page?")
                        .setTranscript("transcript-1")
                        .build());
    }

    HandMadeLog answered(String chat, double when) {
        return put(Topics.CHATS, when, new ChatAnswered(chat, at(when), "agent-1"));
    }

    HandMadeLog ended(String chat, double when) {
        return put(Topics.CHATS, when, new ChatEnded(chat, at(when), EndedBy.AGENT));
    }

    HandMadeLog asked(String ticket, double when, boolean outOfScope) {
        return put(
                Topics.TICKETS,
                when,
                TicketCreated.newBuilder()
                        .setContactId(ticket)
                        .setCreatedAt(at(when))
                        .setCustomer(customer())
                        .setLanguage("en")
                        .setDescription("The editor is blank.")
                        .setOutOfScope(outOfScope)
                        .build());
    }

    /** Shuts phone and chat. */
    HandMadeLog closureAnnounced(String id, double when, double from, double to) {
        return put(
                Topics.CLOSURES,
                when,
                ClosureAnnounced.newBuilder()
                        .setClosureId(id)
                        .setAnnouncedAt(at(when))
                        .setStartsAt(at(from))
                        .setEndsAt(at(to))
                        .setChannels(List.of(Channel.CHAT, Channel.PHONE))
                        .setReason("fire drill")
                        .setAnnouncedBy("supervisor-1")
                        .build());
    }

    HandMadeLog closureCalledOff(String id, double when) {
        return put(new Entry(Topics.CLOSURES, id, at(when), null));
    }

    HandMadeLog queued(String chat, double when) {
        return put(Topics.assignments("en"), when, chatQueued(chat, when).build());
    }

    static ContactQueued.Builder chatQueued(String chat, double when) {
        return ContactQueued.newBuilder()
                .setContactId(chat)
                .setQueuedAt(at(when))
                .setChannel(Channel.CHAT)
                .setLanguage("en")
                .setPriority(Priority.NORMAL)
                .setDue(at(when + 8))
                .setHeadStartMillis(0)
                .setPolicyVersion(DEMO.version());
    }

    HandMadeLog ticketQueued(String ticket, double when, boolean outOfScope, String preferred) {
        return put(
                Topics.assignments("en"),
                when,
                ContactQueued.newBuilder()
                        .setContactId(ticket)
                        .setQueuedAt(at(when))
                        .setChannel(Channel.WEB)
                        .setLanguage("en")
                        .setPriority(outOfScope ? Priority.LOW : Priority.NORMAL)
                        .setDue(outOfScope ? null : at(when + 15))
                        .setOutOfScope(outOfScope)
                        .setPreferredAgent(preferred)
                        .setPolicyVersion(DEMO.version())
                        .build());
    }

    /** Due for the first time. */
    HandMadeLog due(String chat, double when) {
        return due(chat, Channel.CHAT, when, null, when + 8, 8);
    }

    HandMadeLog due(
            String id, Channel channel, double when, Double before, double due, double open) {
        return put(
                Topics.SLA,
                when,
                ResponseDueChanged.newBuilder()
                        .setContactId(id)
                        .setChangedAt(at(when))
                        .setChannel(channel)
                        .setLanguage("en")
                        .setPreviousDue(before == null ? null : at(before))
                        .setDue(at(due))
                        .setOpenMillis(Math.round(open * 1000))
                        .setPolicyVersion(DEMO.version())
                        .build());
    }

    HandMadeLog dueSoon(String id, Channel channel, double when, double due) {
        return put(
                Topics.SLA,
                when,
                ResponseDueSoon.newBuilder()
                        .setContactId(id)
                        .setWarnedAt(at(when))
                        .setDue(at(due))
                        .setChannel(channel)
                        .setLanguage("en")
                        .setPolicyVersion(DEMO.version())
                        .build());
    }

    HandMadeLog breached(String id, Channel channel, double due, double allowed) {
        return put(
                Topics.SLA,
                due,
                ResponseBreached.newBuilder()
                        .setContactId(id)
                        .setDue(at(due))
                        .setChannel(channel)
                        .setLanguage("en")
                        .setOpenMillisAllowed(Math.round(allowed * 1000))
                        .setPolicyVersion(DEMO.version())
                        .build());
    }

    HandMadeLog met(String chat, double when, double due, double used) {
        return put(
                Topics.SLA,
                when,
                ResponseMet.newBuilder()
                        .setContactId(chat)
                        .setAnsweredAt(at(when))
                        .setDue(at(due))
                        .setChannel(Channel.CHAT)
                        .setLanguage("en")
                        .setAgentId("agent-1")
                        .setOpenMillisUsed(Math.round(used * 1000))
                        .setPolicyVersion(DEMO.version())
                        .build());
    }

    HandMadeLog converted(String chat, double answered) {
        return put(
                Topics.CONVERSIONS,
                answered + 20,
                ContactConverted.newBuilder()
                        .setContactId(chat)
                        .setTicketId(ticketOf(chat))
                        .setChannel(Channel.CHAT)
                        .setLanguage("en")
                        .setAgentId("agent-1")
                        .setAnsweredAt(at(answered))
                        .setConvertedAt(at(answered + 20))
                        .setPolicyVersion(DEMO.version())
                        .build());
    }

    HandMadeLog ticketMade(String chat, String ticket, double when) {
        return put(
                Topics.TICKETS,
                when,
                TicketCreated.newBuilder()
                        .setContactId(ticket)
                        .setCreatedAt(at(when))
                        .setCustomer(customer())
                        .setLanguage("en")
                        .setImpact(Impact.NORMAL)
                        .setDescription("How do I add a page?")
                        .setConvertedFrom(
                                Origin.newBuilder()
                                        .setContactId(chat)
                                        .setChannel(Channel.CHAT)
                                        .setAgentId("agent-1")
                                        .setTranscript("transcript-1")
                                        .build())
                        .build());
    }

    HandMadeLog linked(String chat, double converted, double ended) {
        return put(
                Topics.CONVERSIONS,
                ended,
                ConvertedConversationEnded.newBuilder()
                        .setContactId(chat)
                        .setTicketId(ticketOf(chat))
                        .setChannel(Channel.CHAT)
                        .setAgentId("agent-1")
                        .setConvertedAt(at(converted))
                        .setEndedAt(at(ended))
                        .setMillisAfterConversion(
                                Math.max(0, Math.round((ended - converted) * 1000)))
                        .build());
    }

    /** Available from then on, with room for two chats, a call and a ticket. */
    HandMadeLog available(String agent, double when, String... languages) {
        return states(agent, when, Presence.AVAILABLE, 2, languages);
    }

    HandMadeLog states(
            String agent, double when, Presence presence, int chats, String... languages) {
        return put(
                Topics.AGENTS,
                when,
                new AgentStatusChanged(
                        agent,
                        at(when),
                        presence,
                        List.of(languages),
                        List.of(
                                new Capacity(Channel.CHAT, chats),
                                new Capacity(Channel.PHONE, 1),
                                new Capacity(Channel.WEB, 1))));
    }

    HandMadeLog accepted(String contact, int number, String agent, double when) {
        return put(
                Topics.AGENTS,
                when,
                new OfferAccepted(agent, contact + "/" + number, contact, at(when)));
    }

    HandMadeLog declined(String contact, int number, String agent, double when) {
        return put(
                Topics.AGENTS,
                when,
                new OfferDeclined(agent, contact + "/" + number, contact, at(when), "lunch"));
    }

    HandMadeLog seen(String agent, double when) {
        return put(Topics.AGENTS, when, new AgentSeen(agent, at(when)));
    }

    /** Of a chat, for three seconds. */
    HandMadeLog offered(String chat, int number, String agent, double when) {
        return offered(Channel.CHAT, chat, number, agent, when);
    }

    /** For three seconds. */
    HandMadeLog offered(Channel channel, String contact, int number, String agent, double when) {
        put(
                Topics.assignments("en"),
                when,
                ContactOffered.newBuilder()
                        .setContactId(contact)
                        .setOfferId(contact + "/" + number)
                        .setAgentId(agent)
                        .setOfferedAt(at(when))
                        .setExpiresAt(at(when + 3))
                        .setPolicyVersion(DEMO.version())
                        .build());
        return put(
                Topics.DESKTOPS,
                when,
                OfferMade.newBuilder()
                        .setAgentId(agent)
                        .setOfferId(contact + "/" + number)
                        .setContactId(contact)
                        .setChannel(channel)
                        .setLanguage("en")
                        .setPriority(Priority.NORMAL)
                        .setOfferedAt(at(when))
                        .setExpiresAt(at(when + 3))
                        .build());
    }

    HandMadeLog expired(String contact, int number, String agent, double when) {
        put(
                Topics.assignments("en"),
                when,
                new OfferExpired(contact, contact + "/" + number, agent, at(when)));
        return closed(contact, number, agent, when, OfferOutcome.EXPIRED);
    }

    HandMadeLog assigned(String contact, int number, String agent, double when) {
        put(
                Topics.assignments("en"),
                when,
                new ContactAssigned(contact, contact + "/" + number, agent, at(when)));
        return closed(contact, number, agent, when, OfferOutcome.TAKEN);
    }

    /** While it was offered to the agent, who declined it himself if it was for that. */
    HandMadeLog takenBack(String contact, int number, String agent, double when, String reason) {
        HandMadeLog log = reason.equals("declined") ? declined(contact, number, agent, when) : this;
        return log.released(contact, agent, when, reason)
                .closed(
                        contact,
                        number,
                        agent,
                        when,
                        reason.equals("declined") ? OfferOutcome.DECLINED : OfferOutcome.RESCINDED);
    }

    /** When the agent had it. */
    HandMadeLog left(String contact, String agent, double when, String reason) {
        return released(contact, agent, when, reason)
                .put(Topics.DESKTOPS, when, new ContactLeft(agent, contact, at(when), reason));
    }

    /** As the queue's topic alone tells it. */
    HandMadeLog released(String contact, String agent, double when, String reason) {
        return put(
                Topics.assignments("en"),
                when,
                new ContactReleased(contact, agent, at(when), reason));
    }

    HandMadeLog refused(String contact, int number, String agent, double when, String reason) {
        return put(
                Topics.DESKTOPS,
                when,
                new OfferRefused(agent, contact + "/" + number, contact, at(when), reason));
    }

    HandMadeLog presenceSet(String agent, double when, Presence presence) {
        return put(
                Topics.DESKTOPS,
                when,
                new PresenceSet(agent, at(when), presence, "nothing heard for 10 s"));
    }

    private HandMadeLog closed(
            String contact, int number, String agent, double when, OfferOutcome outcome) {
        return put(
                Topics.DESKTOPS,
                when,
                new OfferClosed(agent, contact + "/" + number, contact, at(when), outcome, null));
    }

    /** Of what came before, only what is kept for longer than where contacts begin. */
    HandMadeLog beginningsKeptSince(double when) {
        HandMadeLog log = copy();
        log.entries.removeIf(
                entry ->
                        Topics.CHANNEL_TOPICS.contains(entry.topic())
                                && entry.recordedAt().isBefore(at(when)));
        log.wholeSince = at(when);
        return log;
    }

    /** As it is but for the last event of a kind. */
    HandMadeLog without(Class<? extends SpecificRecord> kind) {
        HandMadeLog log = copy();
        log.entries.remove(log.lastOf(kind));
        return log;
    }

    /** As it is, with the last event of a kind twice running. */
    HandMadeLog withDoubled(Class<? extends SpecificRecord> kind) {
        HandMadeLog log = copy();
        int last = log.lastOf(kind);
        log.entries.add(last, log.entries.get(last));
        return log;
    }

    private HandMadeLog copy() {
        HandMadeLog copy = new HandMadeLog();
        copy.entries.addAll(entries);
        copy.wholeSince = wholeSince;
        return copy;
    }

    private int lastOf(Class<? extends SpecificRecord> kind) {
        return IntStream.iterate(entries.size() - 1, i -> i - 1)
                .filter(i -> kind.isInstance(entries.get(i).event()))
                .findFirst()
                .orElseThrow();
    }

    Verdict judgedAt(double end) {
        return judgedAt(end, 0, 0);
    }

    Verdict judgedAt(double end, double settled, double tolerance) {
        return evidenceAt(end).judge(DEMO, seconds(settled), seconds(tolerance));
    }

    Evidence evidenceAt(double end) {
        Evidence evidence = new Evidence(at(end));
        evidence.lacksBeginningsBefore(wholeSince);
        entries.forEach(evidence::take);
        return evidence;
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    private static Customer customer() {
        return Customer.newBuilder().setCustomerId("customer-1").setPlan(Plan.BASIC).build();
    }
}
