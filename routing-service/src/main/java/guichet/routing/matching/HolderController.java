package guichet.routing.matching;

import guichet.policy.Channel;
import guichet.policy.Language;
import guichet.routing.agents.ContactLookup;
import guichet.routing.agents.HeldContact;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who has which contact. */
@RestController
class HolderController {

    private final Engine engine;

    HolderController(Engine engine) {
        this.engine = engine;
    }

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

    /** For the other copies of the service; an agent is told of their own contacts alone. */
    @GetMapping("/api/contacts/{id}/holder")
    HeldContact holder(Authentication caller, @PathVariable String id) {
        return held(id).filter(contact -> caller.getName().equals(contact.agentId()))
                .orElseThrow(Engine::notInLine);
    }

    /** What {@link ContactLookup} asks. */
    Optional<HeldContact> held(String contactId) {
        return engine.ask(
                running -> running.contact(contactId).map(HolderController::held),
                Engine.pathTo(contactId, "holder"),
                HeldContact.class);
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
}
