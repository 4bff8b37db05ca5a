package guichet.intake.requests;

import guichet.chassis.door.Problems;
import guichet.intake.contacts.Words;
import guichet.policy.Language;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** The problems that only requests have. */
final class RequestProblems {

    private RequestProblems() {}

    /** 404: the same for a request of somebody else and for one that does not exist. */
    static ProblemDetail unknown() {
        return Problems.problem(
                HttpStatus.NOT_FOUND,
                "unknown-request",
                "You have no such request",
                "GET /api/requests lists yours, and those you are copied on.");
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
    static ProblemDetail unavailable() {
        return Problems.problem(
                HttpStatus.SERVICE_UNAVAILABLE,
                "requests-unavailable",
                "Your requests cannot be shown just now",
                "Nothing is lost, and new requests are taken. Try again in a few seconds.");
    }
}
