package guichet.intake.callbacks;

import guichet.intake.contacts.ContactDoor;
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
class CallbackController {

    private final ContactDoor door;
    private final CallbackReception callbacks;

    CallbackController(ContactDoor door, WaitingCalls waiting) {
        this.door = door;
        this.callbacks = new CallbackReception(waiting);
    }

    @PostMapping(
            path = "/api/callbacks",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> send(
            @AuthenticationPrincipal SignedIn caller,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            HttpServletRequest request,
            InputStream body)
            throws IOException {
        return door.take(callbacks, caller, key, CustomersLanguage.of(request), body);
    }
}
