package guichet.intake.requests;

import guichet.intake.words.CustomersLanguage;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Says that the database does not answer, whichever door asked it. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class RequestAdvice {

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(RequestsUnavailable unavailable, HttpServletRequest request) {
        return RequestProblems.unavailable().answer(CustomersLanguage.of(request));
    }
}
