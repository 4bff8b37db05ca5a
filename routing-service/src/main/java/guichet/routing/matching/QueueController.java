package guichet.routing.matching;

import guichet.policy.Channel;
import guichet.policy.Language;
import guichet.policy.Priority;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

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

    @GetMapping("/api/queues")
    Desk queues() {
        return engine.ask(running -> Optional.of(desk(running)), "/api/queues", Desk.class)
                .orElseThrow();
    }

    @GetMapping("/api/contacts/{id}/position")
    Place position(@PathVariable String id) {
        return engine.ask(running -> place(running, id), Engine.pathTo(id, "position"), Place.class)
                .orElseThrow(Engine::notInLine);
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
}
