package guichet.chassis.door;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Problem details for what the container or a filter refused before a controller saw it. */
@RestController
class ErrorPage implements ErrorController {

    private final DoorLanguage languages;

    ErrorPage(DoorLanguage languages) {
        this.languages = languages;
    }

    @RequestMapping("${spring.web.error.path:/error}")
    ResponseEntity<ProblemDetail> problem(HttpServletRequest request) {
        int status =
                request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                        ? code
                        : HttpStatus.NOT_FOUND.value();
        return Problems.plain(HttpStatusCode.valueOf(status)).answer(languages.of(request));
    }
}
