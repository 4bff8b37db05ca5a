package guichet.chassis.door;

import guichet.policy.Language;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.MediaType;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;

/** Writes a problem where no controller is in charge: in the filters before them. */
final class ProblemWriter {

    private final JsonMapper json;
    private final DoorLanguage languages;

    ProblemWriter(JsonMapper json, DoorLanguage languages) {
        this.json = json;
        this.languages = languages;
    }

    /** Answers with the problem and its status; other headers that were set before stay. */
    void write(HttpServletRequest request, HttpServletResponse response, Problem problem)
            throws IOException {
        Language language = languages.of(request);
        problem.headers(language)
                .forEach((name, values) -> response.setHeader(name, values.getFirst()));
        response.setStatus(problem.status().value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        json.writeValue(response.getOutputStream(), problem.in(language));
    }
}
