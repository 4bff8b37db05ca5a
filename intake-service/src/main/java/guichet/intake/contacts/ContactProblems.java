package guichet.intake.contacts;

import guichet.chassis.door.Problem;
import guichet.chassis.door.Problems;
import guichet.intake.words.Words;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** The problems that only the customers' door has. */
final class ContactProblems {

    private ContactProblems() {}

    /** 409: the line is closed (C6); title and detail in the customer's language. */
    static ProblemDetail closed(String title, String detail) {
        return Problems.problem(HttpStatus.CONFLICT, "closed", title, detail);
    }

    /** 422: an Idempotency-Key that was used for something else. */
    static Problem keyReused() {
        return Words.problem(HttpStatus.UNPROCESSABLE_CONTENT, "idempotency-key-reused");
    }

    /** 503: the request could not be put down safely. */
    static Problem notTaken() {
        return Problems.notTaken(Words.sentence("not-taken"));
    }
}
