package guichet.intake.requests;

import guichet.chassis.door.EventLog;
import guichet.chassis.door.LogUnavailable;
import guichet.chassis.forms.InvalidForm;
import guichet.intake.closures.PresentPolicy;
import guichet.intake.identity.Caller.SignedIn;
import guichet.intake.words.CustomersLanguage;
import guichet.policy.Language;

import jakarta.servlet.http.HttpServletRequest;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/** What signed-in customers have asked for, what became of it, and taking it back (C3). */
@RestController
class RequestController {

    private static final Logger log = LoggerFactory.getLogger(RequestController.class);

    private final RequestTable requests;
    private final ChangeWriter writer;
    private final EventLog events;
    private final PresentPolicy policy;
    private final InstantSource clock;

    RequestController(
            RequestTable requests,
            ChangeWriter writer,
            EventLog events,
            PresentPolicy policy,
            InstantSource clock) {
        this.requests = requests;
        this.writer = writer;
        this.events = events;
        this.policy = policy;
        this.clock = clock;
    }

    /**
     * The caller's requests and those they are copied on, newest first.
     *
     * @param parameters as {@link Selection} reads them
     * @throws InvalidForm for faulty parameters
     * @throws RequestsUnavailable where the database does not answer
     */
    @GetMapping(path = "/api/requests", produces = MediaType.APPLICATION_JSON_VALUE)
    RequestView.Page list(
            @AuthenticationPrincipal SignedIn caller,
            @RequestParam Map<String, String> parameters) {
        Selection selection = Selection.read(parameters);
        return RequestView.Page.of(requests.list(selection, caller), selection.limit());
    }

    /**
     * One of them, with its timeline.
     *
     * @return 200 with the {@link RequestView}; 404 for any other id
     * @throws RequestsUnavailable where the database does not answer
     */
    @GetMapping(path = "/api/requests/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> show(
            @AuthenticationPrincipal SignedIn caller,
            @PathVariable String id,
            HttpServletRequest http) {
        Optional<KnownRequest> found = requests.find(id, caller);
        if (found.isEmpty()) {
            return unknown(http);
        }
        KnownRequest request = found.get();
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_LANGUAGE, RequestView.languageOf(request).tag())
                .body(
                        RequestView.told(
                                request, requests.steps(request.id()), policy.asFarAsKnown()));
    }

    /**
     * Takes back a chat or a callback that nobody has answered; one that is over stays so.
     *
     * @return 204; 404 for a request that is not the caller's own; 409 for a ticket, and for what
     *     has been answered
     * @throws LogUnavailable where it cannot be known whether the log keeps it
     * @throws RequestsUnavailable where the database does not answer; the log may have it then, and
     *     it is safe to repeat
     */
    @DeleteMapping("/api/requests/{id}")
    ResponseEntity<ProblemDetail> withdraw(
            @AuthenticationPrincipal SignedIn caller,
            @PathVariable String id,
            HttpServletRequest http) {
        Optional<KnownRequest> found = requests.find(id, caller).filter(KnownRequest::own);
        if (found.isEmpty()) {
            return unknown(http);
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return switch (Withdrawal.of(found.get(), now)) {
            case Withdrawal.Ends ends -> {
                events.appendAndWait(ends.topic(), ends.event(), now);
                // Not left to the reader: a callback that is asked for next must not join this one.
                writer.apply(Changes.of(ends.event(), Long.MAX_VALUE));
                log.atInfo().addKeyValue("contact.id", id).log("A customer took a contact back");
                yield ResponseEntity.noContent().build();
            }
            case Withdrawal.Over over -> ResponseEntity.noContent().build();
            case Withdrawal.Refused refused -> refused(found.get(), refused);
        };
    }

    private static ResponseEntity<ProblemDetail> unknown(HttpServletRequest http) {
        return RequestProblems.unknown().answer(CustomersLanguage.of(http));
    }

    private static ResponseEntity<ProblemDetail> refused(
            KnownRequest request, Withdrawal.Refused why) {
        Language language = RequestView.languageOf(request);
        return ResponseEntity.status(HttpStatus.CONFLICT)
                .header(HttpHeaders.CONTENT_LANGUAGE, language.tag())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(RequestProblems.refused(language, why));
    }
}
