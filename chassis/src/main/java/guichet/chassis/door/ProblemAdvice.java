package guichet.chassis.door;

import guichet.chassis.Wordless;
import guichet.chassis.forms.InvalidForm;
import guichet.chassis.forms.TooLargeBody;
import guichet.chassis.forms.UnreadableBody;

import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

import java.io.IOException;

/** Turns what controllers throw, and what Spring refuses before them, into problem details. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    ProblemDetail on(InvalidForm invalid) {
        return Problems.invalid(invalid.faults());
    }

    @ExceptionHandler
    ProblemDetail on(UnreadableBody unreadable) {
        return Problems.unreadable(unreadable.detail());
    }

    @ExceptionHandler
    ProblemDetail on(TooLargeBody tooLarge) {
        return Problems.tooLarge(tooLarge.detail(), tooLarge.faults());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(LogUnavailable unavailable) {
        log.warn(
                "An event was not confirmed: {}",
                NestedExceptionUtils.getMostSpecificCause(unavailable).getClass().getName());
        return Problems.later(
                Problems.notTaken(
                        "Nothing is confirmed. Send it again in a few seconds; it is safe to"
                                + " repeat."));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(LogFull full) {
        return Problems.later(Problems.tooMany());
    }

    @ExceptionHandler
    ProblemDetail on(IOException cutOff) {
        log.debug("A sender went away", Wordless.of(cutOff));
        return Problems.unreadable("The body did not arrive whole.");
    }

    @ExceptionHandler
    ProblemDetail on(MultipartException malformed) {
        return Problems.unreadable(
                "It is said to be multipart and is not: its boundary or its parts are malformed.");
    }

    /** The firewall looks at a header or a parameter only when somebody reads it. */
    @ExceptionHandler
    ProblemDetail on(RequestRejectedException suspicious) {
        return Problems.undecodableHeader();
    }

    @ExceptionHandler
    ProblemDetail on(InvalidParameterException undecodable) {
        return Problems.undecodableQuery();
    }

    @ExceptionHandler
    ProblemDetail on(Exception unexpected) {
        log.error("A request failed unexpectedly", Wordless.of(unexpected));
        return Problems.plain(HttpStatus.INTERNAL_SERVER_ERROR);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMediaTypeNotSupported(
            HttpMediaTypeNotSupportedException ex,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        ex.getBody()
                .setDetail(
                        takesForms(ex)
                                ? "Send JSON, 'Content-Type: application/json', or a form,"
                                        + " 'Content-Type: multipart/form-data'."
                                : "Send JSON: 'Content-Type: application/json'.");
        return super.handleHttpMediaTypeNotSupported(ex, headers, status, request);
    }

    private static boolean takesForms(HttpMediaTypeNotSupportedException ex) {
        return ex.getSupportedMediaTypes().stream()
                .anyMatch(MediaType.MULTIPART_FORM_DATA::isCompatibleWith);
    }

    @Override
    protected ResponseEntity<Object> createResponseEntity(
            @Nullable Object body,
            HttpHeaders headers,
            HttpStatusCode statusCode,
            WebRequest request) {
        if (body instanceof ProblemDetail problem) {
            Problems.withType(problem);
        }
        return super.createResponseEntity(body, headers, statusCode, request);
    }
}
