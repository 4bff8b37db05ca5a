package guichet.chassis.door;

import guichet.chassis.Wordless;
import guichet.chassis.forms.InvalidForm;
import guichet.chassis.forms.TooLargeBody;
import guichet.chassis.forms.UnreadableBody;
import guichet.policy.Language;

import jakarta.servlet.http.HttpServletRequest;

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
import org.springframework.web.ErrorResponseException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

import java.io.IOException;

/** Turns what controllers throw, and what Spring refuses before them, into problem details. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    private final DoorLanguage languages;

    ProblemAdvice(DoorLanguage languages) {
        this.languages = languages;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(InvalidForm invalid, HttpServletRequest request) {
        return Problems.invalid(invalid.faults())
                .answer(invalid.language().orElseGet(() -> languages.of(request)));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(UnreadableBody unreadable, HttpServletRequest request) {
        return Problems.unreadable(unreadable.detail()).answer(languages.of(request));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(TooLargeBody tooLarge, HttpServletRequest request) {
        return Problems.tooLarge(tooLarge.detail(), tooLarge.faults())
                .answer(languages.of(request));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(LogUnavailable unavailable, HttpServletRequest request) {
        log.warn(
                "An event was not confirmed: {}",
                NestedExceptionUtils.getMostSpecificCause(unavailable).getClass().getName());
        return Problems.notTaken().answer(languages.of(request));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(LogFull full, HttpServletRequest request) {
        return Problems.tooMany().answer(languages.of(request));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(IOException cutOff, HttpServletRequest request) {
        log.debug("A sender went away", Wordless.of(cutOff));
        return Problems.cutOff().answer(languages.of(request));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(MultipartException malformed, HttpServletRequest request) {
        return Problems.withoutParts().answer(languages.of(request));
    }

    /** The firewall looks at a header or a parameter only when somebody reads it. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(
            RequestRejectedException suspicious, HttpServletRequest request) {
        return Problems.undecodableHeader().answer(languages.of(request));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(
            InvalidParameterException undecodable, HttpServletRequest request) {
        return Problems.undecodableQuery().answer(languages.of(request));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(Exception unexpected, HttpServletRequest request) {
        log.error("A request failed unexpectedly", Wordless.of(unexpected));
        return Problems.plain(HttpStatus.INTERNAL_SERVER_ERROR).answer(languages.of(request));
    }

    /** What Spring refuses is said in our words, beside the headers that Spring sets. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception ex,
            @Nullable Object body,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        Language language = languages.of(((ServletWebRequest) request).getRequest());
        Problem problem =
                ex instanceof HttpMediaTypeNotSupportedException unsupported
                        ? Problems.otherMediaType(takesForms(unsupported))
                        : Problems.plain(status);
        HttpHeaders all = new HttpHeaders();
        all.putAll(headers);
        all.putAll(problem.headers(language));
        return super.handleExceptionInternal(ex, problem.in(language), all, status, request);
    }

    /** Such a one brings its problem along, said already. */
    @Override
    protected @Nullable ResponseEntity<Object> handleErrorResponseException(
            ErrorResponseException ex,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return super.handleExceptionInternal(ex, ex.getBody(), headers, status, request);
    }

    private static boolean takesForms(HttpMediaTypeNotSupportedException ex) {
        return ex.getSupportedMediaTypes().stream()
                .anyMatch(MediaType.MULTIPART_FORM_DATA::isCompatibleWith);
    }
}
