package guichet.intake.tickets;

import guichet.intake.attachments.Upload;
import guichet.intake.attachments.Uploads;
import guichet.intake.contacts.ContactDoor;
import guichet.intake.identity.Caller;
import guichet.intake.identity.Caller.SignedIn;
import guichet.intake.words.CustomersLanguage;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

import java.io.IOException;
import java.io.InputStream;

@RestController
class TicketController {

    private final ContactDoor door;
    private final Uploads uploads;
    private final TicketReception tickets = new TicketReception();

    TicketController(ContactDoor door, Uploads uploads) {
        this.door = door;
        this.uploads = uploads;
    }

    @PostMapping(
            path = "/api/tickets",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> send(
            @AuthenticationPrincipal @Nullable SignedIn signedIn,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            HttpServletRequest request,
            InputStream body)
            throws IOException {
        return door.take(tickets, Caller.of(signedIn), key, CustomersLanguage.of(request), body);
    }

    /** The same fields as parts of a form, and files in parts named {@code attachments} (C1). */
    @PostMapping(
            path = "/api/tickets",
            consumes = MediaType.MULTIPART_FORM_DATA_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> sendWithFiles(
            @AuthenticationPrincipal @Nullable SignedIn signedIn,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            HttpServletRequest request)
            throws IOException {
        try (Upload upload = uploads.begin(request)) {
            return door.take(
                    new TicketReception(upload::attachments),
                    Caller.of(signedIn),
                    key,
                    CustomersLanguage.of(request),
                    upload);
        }
    }
}
