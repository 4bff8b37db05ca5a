package guichet.intake.requests;

import guichet.chassis.door.Problem;
import guichet.chassis.door.Problems;
import guichet.intake.words.Words;
import guichet.policy.Language;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** The problems that only requests have. */
final class RequestProblems {

    private RequestProblems() {}

    /** 404: the same for a request of somebody else and for one that does not exist. */
    static Problem unknown() {
        return Words.problem(HttpStatus.NOT_FOUND, "unknown-request");
    }

    /** 409: it cannot be taken back; in the customer's language. */
    static ProblemDetail refused(Language language, Withdrawal.Refused why) {
        String key = "withdrawal." + why;
        return Problems.problem(
                HttpStatus.CONFLICT,
                "not-withdrawn",
                Words.say(language, key + ".title"),
                Words.say(language, key));
    }

    /** 503: the database does not answer. */
    static Problem unavailable() {
        return Words.problem(HttpStatus.SERVICE_UNAVAILABLE, "requests-unavailable");
    }
}
