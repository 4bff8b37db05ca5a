package guichet.escalation.conversion;

import guichet.chassis.DeskTask;
import guichet.chassis.DeskTopology;
import guichet.chassis.NewContact;
import guichet.chassis.StateSerde;
import guichet.deadlines.Deadline;
import guichet.deadlines.Deadlines;
import guichet.events.CallAnswered;
import guichet.events.CallEnded;
import guichet.events.CallbackRequested;
import guichet.events.ChatAnswered;
import guichet.events.ChatEnded;
import guichet.events.ChatStarted;
import guichet.events.Customer;
import guichet.policy.Channel;
import guichet.policy.SupportPolicy;
import guichet.schemas.Topics;

import io.micrometer.core.instrument.MeterRegistry;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Follows the conversations of one partition, makes tickets of those that last too long, and says
 * when one of those is over.
 */
final class ConversionTask implements DeskTask {

    /**
     * A conversation is kept this long after the last that was news of it, and after its
     * conversion, so that an event that is late or repeated finds it. What comes later still finds
     * nothing, and alone leads to nothing.
     */
    private static final Duration MEMORY = Duration.ofDays(30);

    private static final String CONVERSATIONS = "conversations";
    private static final String TIMERS = "timers";

    private static final String CONVERT = "convert";
    private static final String FORGET = "forget";

    private final SupportPolicy policy;
    private final Conversations rules;
    private final ConversionCounts counts;
    private final Context context;
    private final KeyValueStore<String, Conversation> conversations;
    private final Deadlines timers;

    private ConversionTask(SupportPolicy policy, ConversionCounts counts, Context context) {
        this.policy = policy;
        this.rules = new Conversations(policy);
        this.counts = counts;
        this.context = context;
        this.conversations = context.store(CONVERSATIONS);
        this.timers = context.deadlines(TIMERS, this::reached);
    }

    static DeskTopology topology(String service, SupportPolicy policy, MeterRegistry meters) {
        ConversionCounts counts = new ConversionCounts(meters);
        Set<StoreBuilder<?>> stores = new HashSet<>(Deadlines.stores(TIMERS));
        stores.add(
                Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(CONVERSATIONS),
                        Serdes.String(),
                        StateSerde.of(Conversation.class)));
        return new DeskTopology(
                service,
                List.of(Topics.CHATS, Topics.CALLBACKS),
                List.of(Topics.TICKETS, Topics.CONVERSIONS),
                stores,
                context -> new ConversionTask(policy, counts, context));
    }

    @Override
    public void on(SpecificRecord event) {
        switch (event) {
            case ChatStarted it ->
                    began(
                            it,
                            it.getCustomer(),
                            Beginning.newBuilder()
                                    .setQuestion(it.getQuestion())
                                    .setSite(it.getSite())
                                    .setTranscript(it.getTranscript()));
            case CallbackRequested it ->
                    began(
                            it,
                            it.getCustomer(),
                            Beginning.newBuilder()
                                    .setQuestion(it.getQuestion())
                                    .setSite(it.getSite())
                                    .setPhoneNumber(it.getPhoneNumber()));
            case ChatAnswered it ->
                    answered(Channel.CHAT, it.getContactId(), it.getAnsweredAt(), it.getAgentId());
            case CallAnswered it ->
                    answered(Channel.PHONE, it.getContactId(), it.getAnsweredAt(), it.getAgentId());
            case ChatEnded it -> ended(Channel.CHAT, it.getContactId(), it.getEndedAt());
            case CallEnded it -> ended(Channel.PHONE, it.getContactId(), it.getEndedAt());
            default -> {}
        }
    }

    private void began(SpecificRecord event, Customer customer, Beginning.Builder beginning) {
        NewContact contact = NewContact.of(event).orElseThrow();
        Conversation conversation = conversation(contact.contactId(), contact.channel());
        if (conversation.getBeginning() != null) {
            return;
        }
        conversation.setBeginning(
                beginning
                        .setCustomerId(customer.getCustomerId())
                        .setName(customer.getName())
                        .setEmail(customer.getEmail())
                        .setPlan(contact.plan().name())
                        .setLanguage(contact.language(policy).language().tag())
                        .setImpact(contact.impact().name())
                        .setTopic(contact.topic())
                        .build());
        keep(contact.contactId(), conversation);
    }

    private void answered(Channel channel, String id, Instant at, String agentId) {
        Conversation conversation = conversation(id, channel);
        if (rules.answered(conversation, at, agentId)) {
            keep(id, conversation);
        }
    }

    private void ended(Channel channel, String id, Instant at) {
        Conversation conversation = conversation(id, channel);
        if (rules.ended(conversation, at)) {
            keep(id, conversation);
            linkEnd(id, conversation);
        }
    }

    private Conversation conversation(String id, Channel channel) {
        Conversation known = conversations.get(id);
        return known != null ? known : Conversation.newBuilder().setChannel(channel.name()).build();
    }

    private void keep(String id, Conversation conversation) {
        conversations.put(id, conversation);
        Optional<Instant> convertsAt = rules.convertsAt(conversation);
        convertsAt.ifPresentOrElse(
                at -> timers.schedule(id, CONVERT, at), () -> timers.cancel(id, CONVERT));
        Instant lastNews = convertsAt.filter(context.now()::isBefore).orElseGet(context::now);
        timers.schedule(id, FORGET, lastNews.plus(MEMORY));
    }

    private void reached(Deadline deadline) {
        String id = deadline.owner();
        if (deadline.kind().equals(FORGET)) {
            conversations.delete(id);
            return;
        }
        Conversation conversation = conversations.get(id);
        if (conversation != null) {
            convert(id, conversation, deadline.due());
        }
    }

    private void convert(String id, Conversation conversation, Instant at) {
        Conversations.Conversion conversion = rules.convert(id, conversation, at);
        context.emit(Topics.TICKETS, conversion.ticket(), at);
        context.emit(Topics.CONVERSIONS, conversion.converted(), at);
        counts.count(conversion.converted());
        keep(id, conversation);
        linkEnd(id, conversation);
    }

    private void linkEnd(String id, Conversation conversation) {
        rules.linkedEnd(id, conversation)
                .ifPresent(end -> context.emit(Topics.CONVERSIONS, end, end.getEndedAt()));
    }
}
