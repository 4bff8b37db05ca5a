package guichet.intake.closures;

import guichet.chassis.Announcements;
import guichet.chassis.Announcements.Board;
import guichet.chassis.door.EventLog;
import guichet.chassis.door.LogUnavailable;
import guichet.chassis.forms.Form;
import guichet.chassis.forms.InvalidForm;
import guichet.chassis.forms.TooLargeBody;
import guichet.chassis.forms.UnreadableBody;
import guichet.intake.identity.Caller.SignedIn;
import guichet.intake.words.CustomersLanguage;
import guichet.intake.words.Words;
import guichet.policy.AnnouncedClosure;
import guichet.schemas.Topics;

import jakarta.servlet.http.HttpServletRequest;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;

/**
 * Supervisors announce closures and call them off (H6). A 201 or 204 means that the log keeps it;
 * every service heeds it, and it is listed here, once it has been read, within a second.
 */
@RestController
class ClosureController {

    private static final Logger log = LoggerFactory.getLogger(ClosureController.class);

    private final EventLog events;
    private final Announcements announcements;
    private final InstantSource clock;

    ClosureController(EventLog events, Announcements announcements, InstantSource clock) {
        this.events = events;
        this.announcements = announcements;
        this.clock = clock;
    }

    /**
     * Announces a closure; the same one announced again stays one.
     *
     * @return 201 with the {@link ClosureView}
     * @throws InvalidForm for a request with faults
     * @throws UnreadableBody for a body that is no JSON object
     * @throws TooLargeBody for a body over the limit
     * @throws LogUnavailable where it cannot be known whether the log keeps it
     * @throws IOException where the sender went away
     */
    @PostMapping(
            path = "/api/closures",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ClosureView> announce(
            @AuthenticationPrincipal SignedIn supervisor, InputStream body) throws IOException {
        Instant now = now();
        Form form = Form.read(body);
        ClosureRequest request = form.complete(ClosureRequest.read(form, now));
        AnnouncedClosure closure = request.closure();
        events.appendAndWait(Topics.CLOSURES, request.event(supervisor.subject(), now), now);
        audit("Announced a closure", closure.id(), supervisor);
        return ResponseEntity.created(URI.create("/api/closures/" + closure.id()))
                .body(ClosureView.of(closure));
    }

    /**
     * Calls a closure off; safe to repeat. That is written even if this copy takes the closure for
     * called off already: it may have been announced anew, and this copy not have read that yet.
     *
     * @return 204; 404 for one that is not known here
     * @throws LogUnavailable where it cannot be known whether the log keeps it, or what has been
     *     announced has not been read yet
     */
    @DeleteMapping("/api/closures/{id}")
    ResponseEntity<ProblemDetail> callOff(
            @AuthenticationPrincipal SignedIn supervisor,
            @PathVariable String id,
            HttpServletRequest http) {
        if (!board().closures().containsKey(id)) {
            return Words.problem(HttpStatus.NOT_FOUND, "unknown-closure")
                    .answer(CustomersLanguage.of(http));
        }
        events.retractAndWait(Topics.CLOSURES, id, now());
        audit("Called a closure off", id, supervisor);
        return ResponseEntity.noContent().build();
    }

    /**
     * The closures that stand announced and are not over, whoever announced them, by their
     * beginning.
     *
     * @throws LogUnavailable where what has been announced has not been read yet
     */
    @GetMapping(path = "/api/closures", produces = MediaType.APPLICATION_JSON_VALUE)
    List<ClosureView> standing() {
        Instant now = now();
        return board().standing().stream()
                .filter(closure -> closure.to().isAfter(now))
                .map(ClosureView::of)
                .sorted(Comparator.comparing(ClosureView::startsAt).thenComparing(ClosureView::id))
                .toList();
    }

    private Board board() {
        Board board = announcements.board();
        if (!board.complete()) {
            throw new LogUnavailable(new UnreadAnnouncements());
        }
        return board;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static void audit(String what, String closureId, SignedIn supervisor) {
        log.atInfo()
                .addKeyValue("closure.id", closureId)
                .addKeyValue("user.id", supervisor.subject())
                .log(what);
    }
}
