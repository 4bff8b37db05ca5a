package guichet.intake.erasures;

import guichet.chassis.door.EventLog;
import guichet.chassis.door.LogUnavailable;
import guichet.chassis.forms.Form;
import guichet.chassis.forms.InvalidForm;
import guichet.chassis.forms.TooLargeBody;
import guichet.chassis.forms.UnreadableBody;
import guichet.events.ErasureOrdered;
import guichet.intake.identity.Caller.SignedIn;
import guichet.intake.requests.ErasedRequests;
import guichet.intake.requests.RequestsUnavailable;
import guichet.schemas.Topics;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Supervisors have people forgotten. Who it is comes in a body, never in a URL, which would be
 * logged on its way.
 */
@RestController
class ErasureController {

    private static final Logger log = LoggerFactory.getLogger(ErasureController.class);

    private static final int MOST_LISTED = 1_000;

    private final EventLog events;
    private final ErasedRequests requests;
    private final InstantSource clock;

    ErasureController(EventLog events, ErasedRequests requests, InstantSource clock) {
        this.events = events;
        this.requests = requests;
        this.clock = clock;
    }

    /** What was ordered. */
    record Ordered(String id, Instant orderedAt) {}

    /**
     * Orders that a person is forgotten; safe to repeat.
     *
     * @return 202: the log keeps the order, and it is carried out as soon as everything that it
     *     concerns is there
     * @throws InvalidForm for a request with faults
     * @throws UnreadableBody for a body that is no JSON object
     * @throws TooLargeBody for a body over the limit
     * @throws LogUnavailable where it cannot be known whether the log keeps it
     * @throws IOException where the sender went away
     */
    @PostMapping(
            path = "/api/erasures",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Ordered> order(@AuthenticationPrincipal SignedIn supervisor, InputStream body)
            throws IOException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Form form = Form.read(body);
        ErasureOrdered event =
                form.complete(ErasureRequest.read(form)).event(supervisor.subject(), now);
        events.appendAndWait(Topics.ERASURES, event, now);
        log.atInfo()
                .addKeyValue("erasure.id", event.getErasureId())
                .addKeyValue("user.id", supervisor.subject())
                .log("Ordered an erasure");
        return ResponseEntity.accepted().body(new Ordered(event.getErasureId(), now));
    }

    /**
     * The erasures that have been read, the latest first; 1,000 at most.
     *
     * @throws RequestsUnavailable where the database does not answer
     */
    @GetMapping(path = "/api/erasures", produces = MediaType.APPLICATION_JSON_VALUE)
    List<ErasureView> list() {
        return requests.erasures(MOST_LISTED).stream().map(ErasureView::of).toList();
    }
}
