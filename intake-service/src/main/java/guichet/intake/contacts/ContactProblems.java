package guichet.intake.contacts;

import guichet.chassis.door.Problems;

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
    static ProblemDetail keyReused() {
        return Problems.problem(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "idempotency-key-reused",
                "The Idempotency-Key was used for another request",
                "Another body was sent with this key. Send the first body again to get its answer,"
                        + " or take a new key for a new request.");
    }

    /** 503: the request could not be put down safely. */
    static ProblemDetail notTaken() {
        return Problems.notTaken(
                "Nothing is confirmed. Send it again in a few seconds; with the same"
                        + " Idempotency-Key it cannot be doubled.");
    }
}
