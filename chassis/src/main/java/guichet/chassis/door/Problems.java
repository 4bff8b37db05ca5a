package guichet.chassis.door;

import guichet.chassis.forms.Fault;
import guichet.chassis.words.Phrasebook;
import guichet.chassis.words.Sentence;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

import java.net.URI;
import java.util.List;

/**
 * The problems that every door answers with. The types are URNs: names to compare, not pages to
 * fetch.
 */
public final class Problems {

    private static final Phrasebook WORDS = new Phrasebook("guichet.chassis.door.words");
    private static final URI BLANK = URI.create("about:blank");

    /** After how many seconds a caller may try again, for {@code Retry-After}. */
    public static final String RETRY_AFTER_SECONDS = "5";

    private Problems() {}

    /** 400: the request has faults; {@code errors} names each field and what to do. */
    public static Problem invalid(List<Fault> faults) {
        Sentence detail =
                faults.size() == 1
                        ? WORDS.sentence("invalid-request.one")
                        : WORDS.sentence("invalid-request.many", faults.size());
        return of(HttpStatus.BAD_REQUEST, "invalid-request", detail).with(faults);
    }

    /** 400: the body cannot be read as what it should be. */
    public static Problem unreadable(Sentence detail) {
        return of(HttpStatus.BAD_REQUEST, "unreadable-body", detail);
    }

    /** 400: the body ended before its end. */
    static Problem cutOff() {
        return unreadable(WORDS.sentence("unreadable-body.cut-off"));
    }

    /** 400: the body has no parts where it says so. */
    static Problem withoutParts() {
        return unreadable(WORDS.sentence("unreadable-body.parts"));
    }

    /** 400: the query is not percent-encoded UTF-8. */
    static Problem undecodableQuery() {
        return of(HttpStatus.BAD_REQUEST, "undecodable-query");
    }

    /** 400: a header or a parameter has characters that nobody may send. */
    static Problem undecodableHeader() {
        return of(HttpStatus.BAD_REQUEST, "undecodable-header");
    }

    /** 413: the body is larger than it may be; {@code errors} names what of it, where known. */
    public static Problem tooLarge(Sentence detail, List<Fault> faults) {
        return of(HttpStatus.CONTENT_TOO_LARGE, "body-too-large", detail).with(faults);
    }

    /** 401: a token is needed, or the one sent is not good; the detail says what to do. */
    public static Problem unauthenticated(Sentence detail) {
        return of(HttpStatus.UNAUTHORIZED, "unauthenticated", detail);
    }

    /** 403: the token is good and does not suffice; the detail says what would. */
    public static Problem forbidden(Sentence detail) {
        return of(HttpStatus.FORBIDDEN, "forbidden", detail);
    }

    /** 429: more requests come than can be put down; this one was not. */
    public static Problem tooMany() {
        return of(HttpStatus.TOO_MANY_REQUESTS, "too-many-requests");
    }

    /** 503: the request could not be put down safely; it may be repeated. */
    static Problem notTaken() {
        return notTaken(WORDS.sentence("not-taken"));
    }

    /** 503: the request could not be put down safely; the detail says whether to repeat it. */
    public static Problem notTaken(Sentence detail) {
        return of(HttpStatus.SERVICE_UNAVAILABLE, "not-taken", detail);
    }

    /** 503: tokens cannot be checked. */
    static Problem identityUnavailable() {
        return of(HttpStatus.SERVICE_UNAVAILABLE, "identity-unavailable");
    }

    /** 415: the detail says what is taken instead. */
    static Problem otherMediaType(boolean takesForms) {
        return plain(
                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                WORDS.sentence(takesForms ? "415.forms" : "415.json"));
    }

    /** Any other status, which says nearly all there is to say. */
    static Problem plain(HttpStatusCode status) {
        String detail = Integer.toString(status.value());
        return plain(status, WORDS.has(detail) ? WORDS.sentence(detail) : null);
    }

    private static Problem plain(HttpStatusCode status, @Nullable Sentence detail) {
        String title = status.value() + ".title";
        return new Problem(
                status,
                BLANK,
                WORDS.has(title) ? WORDS.sentence(title) : language -> phrase(status),
                detail,
                List.of());
    }

    private static String phrase(HttpStatusCode status) {
        return status instanceof HttpStatus known ? known.getReasonPhrase() : status.toString();
    }

    private static Problem of(HttpStatus status, String type) {
        return of(status, type, WORDS.sentence(type));
    }

    private static Problem of(HttpStatus status, String type, Sentence detail) {
        return Problem.of(status, type, WORDS.sentence(type + ".title"), detail);
    }

    /**
     * A problem of a door's own, said already.
     *
     * @param type what follows {@code urn:guichet:problem:}
     */
    public static ProblemDetail problem(
            HttpStatus status, String type, String title, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(type(type));
        problem.setTitle(title);
        return problem;
    }

    static URI type(String name) {
        return URI.create("urn:guichet:problem:" + name);
    }
}
