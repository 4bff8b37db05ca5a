package guichet.routing.matching;

import guichet.chassis.door.Problems;
import guichet.policy.Channel;
import guichet.policy.Language;
import guichet.policy.Priority;
import guichet.routing.agents.ContactLookup;
import guichet.routing.agents.HeldContact;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriUtils;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What waits, and where in line a contact stands (C4). */
@RestController
class QueueController {

    private final Engine engine;

    QueueController(Engine engine) {
        this.engine = engine;
    }

    /**
     * The desk at a moment.
     *
     * @param occupancy what the agents present have, of what they have room for, 0 to 1
     */
    record Desk(Map<Presence, Integer> agents, double occupancy, List<QueueView> queues) {}

    /**
     * One queue.
     *
     * @param oldest when the oldest of those who wait was made; null where nobody waits
     */
    record QueueView(
            Language language,
            Channel channel,
            Map<Priority, Integer> waiting,
            @Nullable Instant oldest) {}

    /**
     * Where a contact stands.
     *
     * @param position 1 for next
     * @param expectedWaitSeconds from now on; null where nobody can tell
     */
    record Place(
            String contactId,
            Language language,
            Channel channel,
            int position,
            @Nullable Long expectedWaitSeconds) {}

    /** What an agent has. */
    record Work(List<OwnContact> contacts) {}

    /**
     * A contact that the agent has.
     *
     * @param answered whether they have responded
     * @param respondBy when the first response is due; null for a ticket out of scope (S2)
     */
    record OwnContact(
            String contactId,
            Language language,
            Channel channel,
            boolean answered,
            @Nullable Instant respondBy) {}

    /** For a desktop that knows nothing yet, or no more; it keeps the order of service. */
    @GetMapping("/api/agents/me/contacts")
    Work work(Authentication caller) {
        return engine.ask(
                        running -> Optional.of(work(running, caller.getName())),
                        "/api/agents/me/contacts",
                        Work.class)
                .orElseThrow();
    }

    @GetMapping("/api/queues")
    Desk queues() {
        return engine.ask(running -> Optional.of(desk(running)), "/api/queues", Desk.class)
                .orElseThrow();
    }

    @GetMapping("/api/contacts/{id}/position")
    Place position(@PathVariable String id) {
        return engine.ask(running -> place(running, id), path(id, "position"), Place.class)
                .orElseThrow(QueueController::doesNotWait);
    }

    /** For the other copies of the service; an agent is told of their own contacts alone. */
    @GetMapping("/api/contacts/{id}/holder")
    HeldContact holder(Authentication caller, @PathVariable String id) {
        return held(id).filter(contact -> caller.getName().equals(contact.agentId()))
                .orElseThrow(QueueController::doesNotWait);
    }

    /** What {@link ContactLookup} asks. */
    Optional<HeldContact> held(String contactId) {
        return engine.ask(
                running -> running.contact(contactId).map(QueueController::held),
                path(contactId, "holder"),
                HeldContact.class);
    }

    private static String path(String contactId, String last) {
        return "/api/contacts/%s/%s"
                .formatted(UriUtils.encodePathSegment(contactId, StandardCharsets.UTF_8), last);
    }

    private static HeldContact held(ContactState contact) {
        return new HeldContact(
                contact.contactId(),
                guichet.events.Channel.valueOf(contact.queued().channel().name()),
                contact.isTaken() ? contact.holder() : null);
    }

    private static Work work(MatchingEngine engine, String agentId) {
        return new Work(
                engine.taken(agentId).stream()
                        .map(
                                contact ->
                                        new OwnContact(
                                                contact.contactId(),
                                                contact.queued().language(),
                                                contact.queued().channel(),
                                                contact.stage()
                                                        instanceof ContactState.Stage.Answered,
                                                contact.due()))
                        .toList());
    }

    private static Optional<Place> place(MatchingEngine engine, String id) {
        return engine.contact(id)
                .filter(contact -> engine.position(id).isPresent())
                .map(
                        contact ->
                                new Place(
                                        id,
                                        contact.queued().language(),
                                        contact.queued().channel(),
                                        engine.position(id).orElseThrow(),
                                        engine.expectedWait(id)
                                                .map(Duration::toSeconds)
                                                .orElse(null)));
    }

    private static Desk desk(MatchingEngine engine) {
        Map<Presence, Integer> agents = new EnumMap<>(Presence.class);
        for (Presence presence : Presence.values()) {
            agents.put(presence, engine.agents(presence));
        }
        List<QueueView> queues = new ArrayList<>();
        for (Language language : Language.values()) {
            for (Channel channel : Channel.values()) {
                Map<Priority, Integer> waiting = new EnumMap<>(Priority.class);
                for (Priority priority : Priority.values()) {
                    waiting.put(priority, engine.waiting(language, channel, priority));
                }
                queues.add(
                        new QueueView(
                                language,
                                channel,
                                waiting,
                                engine.oldest(language, channel).orElse(null)));
            }
        }
        return new Desk(agents, engine.occupancy().share(), queues);
    }

    private static ErrorResponseException doesNotWait() {
        return new ErrorResponseException(
                HttpStatus.NOT_FOUND,
                Problems.problem(
                        HttpStatus.NOT_FOUND,
                        "not-in-line",
                        "No such contact is in line",
                        "It does not exist, waits for its line to open, is with an agent, or is"
                                + " over."),
                null);
    }
}
