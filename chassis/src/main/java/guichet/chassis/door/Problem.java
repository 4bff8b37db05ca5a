package guichet.chassis.door;

import guichet.chassis.forms.Fault;
import guichet.chassis.words.Sentence;
import guichet.policy.Language;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * Why a request came to nothing, to be said in the language of whoever sent it.
 *
 * @param type a name to compare, not a page to fetch; {@code about:blank} where the status says all
 * @param detail what to do; null where there is nothing to say
 * @param faults of single fields
 */
public record Problem(
        HttpStatusCode status,
        URI type,
        Sentence title,
        @Nullable Sentence detail,
        List<Fault> faults) {

    private static final Set<HttpStatusCode> TO_BE_REPEATED =
            Set.of(HttpStatus.TOO_MANY_REQUESTS, HttpStatus.SERVICE_UNAVAILABLE);

    /** A fault, said. */
    private record Said(String field, String message) {}

    /**
     * A problem without faults of fields.
     *
     * @param type what follows {@code urn:guichet:problem:}
     */
    public static Problem of(HttpStatus status, String type, Sentence title, Sentence detail) {
        return new Problem(status, Problems.type(type), title, detail, List.of());
    }

    Problem with(List<Fault> more) {
        return new Problem(status, type, title, detail, more);
    }

    /** The same in words. */
    public ProblemDetail in(Language language) {
        ProblemDetail problem = ProblemDetail.forStatus(status);
        problem.setType(type);
        problem.setTitle(title.in(language));
        if (detail != null) {
            problem.setDetail(detail.in(language));
        }
        if (!faults.isEmpty()) {
            problem.setProperty(
                    "errors",
                    faults.stream()
                            .map(fault -> new Said(fault.field(), fault.message().in(language)))
                            .toList());
        }
        return problem;
    }

    /** The answer that says it. */
    public ResponseEntity<ProblemDetail> answer(Language language) {
        return ResponseEntity.status(status)
                .headers(headers(language))
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(in(language));
    }

    HttpHeaders headers(Language language) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.CONTENT_LANGUAGE, language.tag());
        headers.set(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
        if (TO_BE_REPEATED.contains(status)) {
            headers.set(HttpHeaders.RETRY_AFTER, Problems.RETRY_AFTER_SECONDS);
        }
        return headers;
    }
}
