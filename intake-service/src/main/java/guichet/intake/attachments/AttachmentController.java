package guichet.intake.attachments;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.intake.contacts.StoreUnavailable;
import guichet.intake.identity.Caller.SignedIn;
import guichet.intake.requests.DeskIds;
import guichet.intake.requests.Readers;
import guichet.intake.words.CustomersLanguage;
import guichet.intake.words.Words;

import jakarta.servlet.http.HttpServletRequest;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import java.time.Duration;

/** Gives files out to those who may see their ticket, and to agents. */
@RestController
class AttachmentController {

    private static final Logger log = LoggerFactory.getLogger(AttachmentController.class);

    private static final Duration CACHED_FOR = Duration.ofHours(1);
    private static final String AGENT = "SCOPE_agent";

    private final AttachmentStore store;
    private final Readers readers;

    AttachmentController(AttachmentStore store, Readers readers) {
        this.store = store;
        this.readers = readers;
    }

    /**
     * A file, to be saved and never shown in place.
     *
     * @return 200 with its content; 404 where there is none, and for a person who may not see the
     *     ticket
     * @throws StoreUnavailable where it cannot be read just now
     */
    @GetMapping("/api/requests/{ticket}/attachments/{attachment}")
    ResponseEntity<?> download(
            @AuthenticationPrincipal SignedIn person,
            Authentication authentication,
            @PathVariable String ticket,
            @PathVariable String attachment,
            HttpServletRequest http) {
        return DeskIds.read(ticket)
                .filter(ticketId -> isAgent(authentication) || readers.maySee(ticketId, person))
                .flatMap(
                        ticketId ->
                                DeskIds.read(attachment).flatMap(id -> store.find(ticketId, id)))
                .<ResponseEntity<?>>map(AttachmentController::file)
                .orElseGet(
                        () ->
                                Words.problem(HttpStatus.NOT_FOUND, "unknown-attachment")
                                        .answer(CustomersLanguage.of(http)));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(StoreUnavailable unavailable, HttpServletRequest http) {
        log.warn(
                "An attachment could not be read: {}",
                NestedExceptionUtils.getMostSpecificCause(unavailable).getClass().getName());
        return Words.problem(HttpStatus.SERVICE_UNAVAILABLE, "attachment-unavailable")
                .answer(CustomersLanguage.of(http));
    }

    private static ResponseEntity<InputStreamResource> file(KeptFile file) {
        return ResponseEntity.ok()
                .contentType(type(file.mediaType()))
                .contentLength(file.size())
                .cacheControl(CacheControl.maxAge(CACHED_FOR).cachePrivate())
                .varyBy(HttpHeaders.AUTHORIZATION)
                .header(HttpHeaders.CONTENT_DISPOSITION, toBeSavedAs(savedName(file)).toString())
                // Whatever a browser makes of the file, it may not run or load anything.
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .body(new InputStreamResource(file.content()));
    }

    /** A text was found to be UTF-8 when it came. */
    private static MediaType type(String mediaType) {
        MediaType type = MediaType.parseMediaType(mediaType);
        return type.equals(MediaType.TEXT_PLAIN) ? new MediaType(type, UTF_8) : type;
    }

    private static String savedName(KeptFile file) {
        return ContentKind.of(file.mediaType())
                .map(kind -> FileNames.saved(file.name(), kind))
                .orElse(file.name());
    }

    /** Some clients know the plain form only (RFC 6266), in which nothing but ASCII is safe. */
    private static ContentDisposition toBeSavedAs(String name) {
        ContentDisposition.Builder attachment = ContentDisposition.attachment();
        return US_ASCII.newEncoder().canEncode(name)
                ? attachment.filename(name).build()
                : attachment.filename(name, UTF_8).build();
    }

    private static boolean isAgent(Authentication authentication) {
        return authentication.getAuthorities().stream()
                .anyMatch(granted -> AGENT.equals(granted.getAuthority()));
    }
}
