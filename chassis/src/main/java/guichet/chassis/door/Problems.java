package guichet.chassis.door;

import guichet.chassis.forms.Fault;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

import java.net.URI;
import java.util.List;

/**
 * The problems that every door answers with. The types are URNs: names to compare, not pages to
 * fetch.
 */
public final class Problems {

    /** After how many seconds a caller may try again, for {@code Retry-After}. */
    public static final String RETRY_AFTER_SECONDS = "5";

    private Problems() {}

    /** 400: the request has faults; {@code errors} names each field and what to do. */
    public static ProblemDetail invalid(List<Fault> faults) {
        ProblemDetail problem =
                problem(
                        HttpStatus.BAD_REQUEST,
                        "invalid-request",
                        "The request has faults",
                        faults.size() == 1
                                ? "One thing must be put right; see errors."
                                : faults.size() + " things must be put right; see errors.");
        problem.setProperty("errors", faults);
        return problem;
    }

    /** 400: the body cannot be read as what it should be. */
    public static ProblemDetail unreadable(String detail) {
        return problem(
                HttpStatus.BAD_REQUEST, "unreadable-body", "The body cannot be read", detail);
    }

    /** 400: the query is not percent-encoded UTF-8. */
    public static ProblemDetail undecodableQuery() {
        return problem(
                HttpStatus.BAD_REQUEST,
                "undecodable-query",
                "The query cannot be read",
                "Its parameters must be percent-encoded UTF-8.");
    }

    /** 413: the body is larger than it may be; {@code errors} names what of it, where known. */
    public static ProblemDetail tooLarge(String detail, List<Fault> faults) {
        ProblemDetail problem =
                problem(
                        HttpStatus.CONTENT_TOO_LARGE,
                        "body-too-large",
                        "The body is too large",
                        detail);
        if (!faults.isEmpty()) {
            problem.setProperty("errors", faults);
        }
        return problem;
    }

    /** 400: a header or a parameter has characters that nobody may send. */
    static ProblemDetail undecodableHeader() {
        return problem(
                HttpStatus.BAD_REQUEST,
                "undecodable-header",
                "A header cannot be read",
                "Headers, and the names of parameters, must be visible ASCII.");
    }

    /** 401: a token is needed, or the one sent is not good; the detail says what to do. */
    public static ProblemDetail unauthenticated(String detail) {
        return problem(
                HttpStatus.UNAUTHORIZED,
                "unauthenticated",
                "A valid bearer token is needed",
                detail);
    }

    /** 403: the token is good and does not suffice; the detail says what would. */
    public static ProblemDetail forbidden(String detail) {
        return problem(HttpStatus.FORBIDDEN, "forbidden", "The token does not allow this", detail);
    }

    /** 429: more requests come than can be put down; this one was not. */
    static ProblemDetail tooMany() {
        return problem(
                HttpStatus.TOO_MANY_REQUESTS,
                "too-many-requests",
                "There are more requests than can be taken just now",
                "Nothing is kept of this one. Send it again in a few seconds; it is safe to"
                        + " repeat.");
    }

    /** 503: the request could not be put down safely; the detail says whether to repeat it. */
    public static ProblemDetail notTaken(String detail) {
        return problem(
                HttpStatus.SERVICE_UNAVAILABLE,
                "not-taken",
                "Your request could not be taken just now",
                detail);
    }

    /** 503: tokens cannot be checked. */
    public static ProblemDetail identityUnavailable() {
        return problem(
                HttpStatus.SERVICE_UNAVAILABLE,
                "identity-unavailable",
                "Tokens cannot be checked just now",
                "The identity provider cannot be reached. Try again in a few seconds.");
    }

    /** The answer to who is to try again in a few seconds, with {@code Retry-After}. */
    public static ResponseEntity<ProblemDetail> later(ProblemDetail problem) {
        return ResponseEntity.status(problem.getStatus())
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    /** Any other status, with nothing to say beyond it. */
    public static ProblemDetail plain(HttpStatusCode status) {
        return withType(ProblemDetail.forStatus(status));
    }

    /** Says the type of a problem that has none, as RFC 9457 reads it. */
    static ProblemDetail withType(ProblemDetail problem) {
        if (problem.getType() == null) {
            problem.setType(URI.create("about:blank"));
        }
        return problem;
    }

    /**
     * A problem of a door's own.
     *
     * @param type what follows {@code urn:guichet:problem:}
     */
    public static ProblemDetail problem(
            HttpStatus status, String type, String title, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create("urn:guichet:problem:" + type));
        problem.setTitle(title);
        return problem;
    }
}
