package guichet.routing.agents;

import guichet.chassis.door.EventLog;
import guichet.chassis.forms.Form;
import guichet.events.AgentSeen;
import guichet.schemas.Topics;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

@RestController
class StatusController {

    private final EventLog log;
    private final InstantSource clock;

    StatusController(EventLog log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    @PutMapping(path = "/api/agents/me/status", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void state(@AuthenticationPrincipal Agent agent, InputStream body) throws IOException {
        Form form = Form.read(body);
        StatusRequest status = form.complete(StatusRequest.read(form));
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        log.appendAndWait(Topics.AGENTS, status.event(agent.id(), now), now);
    }

    /** The heartbeat that keeps an agent from being set offline; it changes nothing else. */
    @PostMapping("/api/agents/me/seen")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void seen(@AuthenticationPrincipal Agent agent) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        log.appendAndWait(Topics.AGENTS, new AgentSeen(agent.id(), now), now);
    }
}
