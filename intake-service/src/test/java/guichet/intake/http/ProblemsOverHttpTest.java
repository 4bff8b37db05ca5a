package guichet.intake.http;

import static guichet.intake.http.Intake.token;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.chassis.door.InMemoryEventLog;
import guichet.chassis.door.Tokens;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

@OverHttp
class ProblemsOverHttpTest {

    @Autowired Intake intake;
    @Autowired InMemoryEventLog log;

    @BeforeEach
    void fresh() {
        log.reset();
    }

    @ParameterizedTest
    @MethodSource
    void answersABodyThatIsNoJsonObjectWithAProblem(String body, String detail) {
        var response = intake.post("/api/tickets", body);

        isProblem(response, 400);
        assertThat(response.body().get("type").stringValue())
                .isEqualTo("urn:guichet:problem:unreadable-body");
        assertThat(response.body().get("detail").stringValue()).contains(detail);
    }

    static Stream<Arguments> answersABodyThatIsNoJsonObjectWithAProblem() {
        return Stream.of(
                Arguments.of("", "missing"),
                Arguments.of("   ", "one JSON object"),
                Arguments.of("{\"name\":", "not valid JSON at line 1"),
                Arguments.of("{\n\"name\": nope}", "not valid JSON at line 2"),
                Arguments.of("{} {}", "not valid JSON"),
                Arguments.of("{\"name\":\"a\",\"name\":\"b\"}", "names a field twice"),
                Arguments.of("[".repeat(1000), "nested too deeply"),
                Arguments.of(
                        "{\"a\":" + "[".repeat(50) + "]".repeat(50) + "}", "nested too deeply"),
                Arguments.of("[]", "one JSON object"),
                Arguments.of("null", "one JSON object"),
                Arguments.of("\"text\"", "one JSON object"));
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Type: multipart/form-data,     unreadable-body",
        "Content-Type: application/json|Idempotency-Key: ≈, undecodable-header"
    })
    void whatTheContainerCannotReadIsTheSendersFault(String headers, String type) {
        String answer =
                intake.raw(
                        "POST /api/tickets HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                + headers.replace("|", "\r\n")
                                + "\r\nContent-Length: 2\r\n\r\n{}");

        assertThat(answer).startsWith("HTTP/1.1 400").contains("urn:guichet:problem:" + type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/openapi", "/api/asyncapi", "/api/guidance?topic=outage"})
    void aFaultyTypeOfABodyThatNobodyReadsDoesNoHarm(String path) {
        String answer =
                intake.raw(
                        "GET %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: */*\r\n\r\n"
                                .formatted(path));

        assertThat(answer).startsWith("HTTP/1.1 200");
    }

    @Test
    void aFaultyTypeAtAPathThatIsNobodysIsAnsweredAsSuchAPath() {
        String answer =
                intake.raw(
                        "POST /api/closures/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: */*\r\nContent-Length: 2\r\nAuthorization: Bearer %s\r\n\r\n{}"
                                .formatted(Tokens.withScope("supervisor")));

        assertThat(answer).startsWith("HTTP/1.1 404");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH", "DELETE"})
    void aFaultyFormThatNobodyAskedForDoesNoHarm(String method) {
        String answer =
                intake.raw(
                        "%s /api/chats HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 2\r\n\r\n%%s"
                                .formatted(method));

        assertThat(answer).startsWith("HTTP/1.1 401");
    }

    @Test
    void answersAnEndlessBodyWith413() {
        var response =
                intake.post("/api/tickets", "{\"description\":\"" + "x".repeat(600 * 1024) + "\"}");

        isProblem(response, 413);
        assertThat(response.body().get("detail").stringValue()).contains("512 KiB");
    }

    @Test
    void asksForJsonWhereAnotherMediaTypeIsSent() {
        var form =
                intake.post(
                        "/api/chats",
                        MediaType.parseMediaType("multipart/form-data; boundary=x"),
                        "--x--",
                        token(Tokens.customer()));
        var text = intake.post("/api/tickets", MediaType.TEXT_PLAIN, "{}");

        isProblem(form, 415);
        isProblem(text, 415);
        assertThat(form.body().get("detail").stringValue())
                .isEqualTo("Send JSON: 'Content-Type: application/json'.");
        assertThat(text.body().get("detail").stringValue())
                .isEqualTo(
                        "Send JSON, 'Content-Type: application/json', or a form, 'Content-Type:"
                                + " multipart/form-data'.");
    }

    @Test
    void namesTheMethodsOfAPathThatIsCalledWithAnother() {
        var response = intake.get("/api/tickets");

        isProblem(response, 405);
        assertThat(response.headers().getFirst("Allow")).isEqualTo("POST");
    }

    @Test
    void answersWhatTheContainerRefusesWithAProblem() {
        var response = intake.get("/api/hours;a=b//x");

        isProblem(response, 400);
    }

    @Test
    void refusesFieldsOfTheWrongType() {
        var response =
                intake.post(
                        "/api/tickets",
                        """
                        {"name": {}, "email": ["a@example.com"], "impact": true,
                         "description": "d", "cc": "a@example.com"}
                        """);

        isProblem(response, 400);
        assertThat(response.message("name")).isEqualTo("must be a text, not an object");
        assertThat(response.message("email")).isEqualTo("must be a text, not a list");
        assertThat(response.message("impact")).isEqualTo("must be a text, not true or false");
        assertThat(response.message("cc")).isEqualTo("must be a list of texts, not a text");
    }

    @Test
    void answersChatsInTheSameWay() {
        var response =
                intake.post(
                        "/api/chats",
                        """
                        {"impact": "WORST", "question": "a\\u0000b", "site": "-"}
                        """,
                        token(Tokens.customer()));

        isProblem(response, 400);
        assertThat(response.body().get("errors").size()).isEqualTo(3);
        assertThat(response.message("question")).contains("control characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/hours?at=%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "GET /api/hours?at=%ff%fe HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "GET /api/hours?at=%00 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "POST /api/tickets HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 100\r\nConnection: close\r\n\r\n{\"name\":",
                "POST /api/tickets HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                        + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n",
                "POST /api/tickets HTTP/1.1\r\nHost: a\r\nContent-Type: nonsense\r\n"
                        + "Content-Length: 2\r\nConnection: close\r\n\r\n{}",
                "GET /api/hours/%2e%2e/%2e%2e/etc HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "nonsense\r\n\r\n",
            })
    void answersWhatIsHardlyHttpWithAClientErrorAndNothingOfItsInside(String request) {
        String response = intake.raw(request);

        assertThat(response).matches("(?s)HTTP/1.1 4\\d\\d .*");
        assertThat(response).doesNotContain("Exception", "\tat ", "guichet.intake");
    }

    @Test
    void refusesBeforeTakingWhatItCannotAnswerInTheTypeAskedFor() {
        var response =
                intake.post(
                        "/api/tickets",
                        "{}",
                        headers -> headers.setAccept(List.of(MediaType.TEXT_HTML)));

        assertThat(response.status()).isEqualTo(406);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json", "application/problem+json, application/json", "*/*"})
    void answersFaultsAsProblemsWhateverJsonIsAskedFor(String accepted) {
        var response =
                intake.post(
                        "/api/tickets",
                        "{}",
                        headers -> headers.setAccept(MediaType.parseMediaTypes(accepted)));

        isProblem(response, 400);
    }

    @Test
    void namesOnlyTheFirstOfManyUnknownFields() {
        String body =
                IntStream.range(0, 10_000)
                        .mapToObj(i -> "\"f" + i + "\":1")
                        .collect(Collectors.joining(",", "{", "}"));

        var response = intake.post("/api/tickets", body);

        isProblem(response, 400);
        assertThat(response.body().get("errors").size()).isEqualTo(24);
    }

    private static void isProblem(Intake.Response response, int status) {
        assertThat(response.status()).as(response.text()).isEqualTo(status);
        assertThat(response.headers().getContentType()).hasToString("application/problem+json");
        assertThat(response.body().get("status").intValue()).isEqualTo(status);
        assertThat(response.body().get("title").stringValue()).isNotBlank();
        assertThat(response.body().get("type").stringValue()).isNotBlank();
        assertThat(response.text()).doesNotContain("Exception", "\tat ", "guichet.intake");
    }
}
