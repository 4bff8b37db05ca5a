package guichet.routing.agents;

import guichet.chassis.forms.Form;
import guichet.chassis.forms.Texts;
import guichet.events.AgentStatusChanged;
import guichet.events.Capacity;
import guichet.events.Channel;
import guichet.events.Presence;
import guichet.policy.Language;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What an agent states of themselves.
 *
 * @param languages best first; may be empty only while they are offline
 * @param capacity a channel that is not listed is not taken
 */
record StatusRequest(Presence presence, List<Language> languages, Map<Channel, Integer> capacity) {

    private static final int MOST_LANGUAGES = 10;
    private static final int MOST_CONTACTS = 100;

    /** Reads a status; its faults stay with the form. */
    static StatusRequest read(Form form) {
        Presence presence =
                form.required("presence", Presence.OFFLINE, Texts.oneOf(Presence.class));
        List<Language> languages =
                presence == Presence.OFFLINE
                        ? form.list("languages", MOST_LANGUAGES, Texts.queue())
                        : form.requiredList("languages", MOST_LANGUAGES, Texts.queue());
        return new StatusRequest(
                presence,
                languages.stream().distinct().toList(),
                form.counts("capacity", Channel.class, MOST_CONTACTS));
    }

    AgentStatusChanged event(String agentId, Instant at) {
        return AgentStatusChanged.newBuilder()
                .setAgentId(agentId)
                .setChangedAt(at)
                .setPresence(presence)
                .setLanguages(languages.stream().map(Language::tag).toList())
                .setCapacity(
                        capacity.entrySet().stream()
                                .map(room -> new Capacity(room.getKey(), room.getValue()))
                                .toList())
                .build();
    }
}
