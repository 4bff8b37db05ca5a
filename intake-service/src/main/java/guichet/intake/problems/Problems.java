package guichet.intake.problems;

import guichet.intake.forms.Fault;

import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

import java.net.URI;
import java.util.List;

/**
 * Every problem the customers' door answers with, once. The types are URNs: names to compare, not
 * pages to fetch.
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

    /** 413: the body is larger than any request needs. */
    public static ProblemDetail tooLarge(int limitBytes) {
        return problem(
                HttpStatus.CONTENT_TOO_LARGE,
                "body-too-large",
                "The body is too large",
                "A body may have %d KiB.".formatted(limitBytes / 1024));
    }

    /** 401: a token is needed, or the one sent is not good. */
    public static ProblemDetail unauthenticated() {
        return problem(
                HttpStatus.UNAUTHORIZED,
                "unauthenticated",
                "A valid bearer token is needed",
                "Sign in and send the token as 'Authorization: Bearer …'. Without one you can send"
                        + " a web ticket: POST /api/tickets without an Authorization header.");
    }

    /** 403: the token is good and does not suffice. */
    public static ProblemDetail forbidden() {
        return problem(
                HttpStatus.FORBIDDEN,
                "forbidden",
                "The token does not allow this",
                "Customers' requests need a token with the scope 'customer'.");
    }

    /** 409: the line is closed (C6); title and detail in the customer's language. */
    public static ProblemDetail closed(String title, String detail) {
        return problem(HttpStatus.CONFLICT, "closed", title, detail);
    }

    /** 422: an Idempotency-Key that was used for something else. */
    public static ProblemDetail keyReused() {
        return problem(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "idempotency-key-reused",
                "The Idempotency-Key was used for another request",
                "Another body was sent with this key. Send the first body again to get its answer,"
                        + " or take a new key for a new request.");
    }

    /** 503: the request could not be put down safely. */
    public static ProblemDetail notTaken() {
        return problem(
                HttpStatus.SERVICE_UNAVAILABLE,
                "not-taken",
                "Your request could not be taken just now",
                "Nothing is confirmed. Send it again in a few seconds; with the same"
                        + " Idempotency-Key it cannot be doubled.");
    }

    /** 503: tokens cannot be checked. */
    public static ProblemDetail identityUnavailable() {
        return problem(
                HttpStatus.SERVICE_UNAVAILABLE,
                "identity-unavailable",
                "Tokens cannot be checked just now",
                "The identity provider cannot be reached. Try again in a few seconds.");
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

    private static ProblemDetail problem(
            HttpStatus status, String type, String title, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create("urn:guichet:problem:" + type));
        problem.setTitle(title);
        return problem;
    }
}
