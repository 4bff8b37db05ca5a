package guichet.routing.agents;

import guichet.chassis.door.EventLog;

import org.apache.avro.specific.SpecificRecord;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.Predicate;

/** The steps of contacts that the agent has; each may be said again without harm. */
@RestController
@ResponseStatus(HttpStatus.NO_CONTENT)
class ContactController {

    private final Desktops desktops;
    private final ContactLookup contacts;
    private final EventLog log;
    private final InstantSource clock;

    ContactController(
            Desktops desktops, ContactLookup contacts, EventLog log, InstantSource clock) {
        this.desktops = desktops;
        this.contacts = contacts;
        this.log = log;
        this.clock = clock;
    }

    @PostMapping("/api/contacts/{id}/answered")
    void answered(@AuthenticationPrincipal Agent agent, @PathVariable String id) {
        take(ContactStep.ANSWERED, agent, id);
    }

    @PostMapping("/api/contacts/{id}/ended")
    void ended(@AuthenticationPrincipal Agent agent, @PathVariable String id) {
        take(ContactStep.ENDED, agent, id);
    }

    @PostMapping("/api/contacts/{id}/solved")
    void solved(@AuthenticationPrincipal Agent agent, @PathVariable String id) {
        take(ContactStep.SOLVED, agent, id);
    }

    private void take(ContactStep step, Agent agent, String contactId) {
        Predicate<HeldContact> isTheirs = contact -> agent.id().equals(contact.agentId());
        // The engine may be on its way to another copy, and an answer is due all the same.
        HeldContact contact =
                desktops.taken(contactId)
                        .filter(isTheirs)
                        .or(() -> contacts.find(contactId).filter(isTheirs))
                        .orElseThrow(AgentProblems::noSuchContact);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        SpecificRecord event =
                step.event(contact.channel(), contactId, agent.id(), now)
                        .orElseThrow(() -> AgentProblems.doesNotFit(contact));
        log.appendAndWait(ContactStep.topic(contact.channel()), event, now);
    }
}
