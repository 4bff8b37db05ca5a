package guichet.intake.http;

import static guichet.intake.http.Intake.key;
import static guichet.intake.http.Intake.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.chassis.door.InMemoryEventLog;
import guichet.chassis.door.SettableClock;
import guichet.chassis.door.Tokens;
import guichet.events.Attachment;
import guichet.events.TicketCreated;
import guichet.intake.http.Intake.FormBody;
import guichet.intake.requests.Readers;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.http.HttpHeaders;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.util.FileSystemUtils;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

@OverHttp
@Import(AttachmentsOverHttpTest.Reading.class)
class AttachmentsOverHttpTest {

    private static final byte[] SCREENSHOT =
            "\u0089PNG\r\n\u001a\n\0\0\0\rIHDR and so on".getBytes(ISO_8859_1);
    private static final byte[] STEPS = "Abri o editor.\nFechou-se.".getBytes(UTF_8);

    @TempDir private static Path folder;

    @Autowired Intake intake;
    @Autowired InMemoryEventLog log;
    @Autowired SettableClock clock;

    /** Who may see a ticket, by what the log says of it. */
    @TestConfiguration(proxyBeanMethods = false)
    static class Reading {

        @Bean
        @Primary
        Readers readersByTheLog(InMemoryEventLog log) {
            return (ticketId, person) ->
                    log.appended().stream()
                            .map(appended -> (TicketCreated) appended.event())
                            .filter(event -> event.getContactId().equals(ticketId.toString()))
                            .anyMatch(
                                    event ->
                                            event.getCustomer()
                                                            .getCustomerId()
                                                            .equals(person.subject())
                                                    || event.getCopiedTo()
                                                            .contains(person.email()));
        }
    }

    @DynamicPropertySource
    static void inAFolderOfItsOwn(DynamicPropertyRegistry properties) {
        properties.add("guichet.attachments.folder", folder::toString);
    }

    @BeforeEach
    void onATuesdayAfternoon() throws IOException {
        log.reset();
        clock.set("2026-11-24T21:00:00Z");
        FileSystemUtils.deleteRecursively(folder.resolve("kept"));
    }

    @Test
    void c1TakesATicketWithFilesAndPutsOnlyAReferenceDown() {
        var response =
                intake.post(
                        "/api/tickets",
                        ticket().field("cc", "bo@example.com")
                                .file("ecrã.png", SCREENSHOT)
                                .file("C:\\fakepath\\steps.html", STEPS));

        assertThat(response.status()).as(response.text()).isEqualTo(201);
        TicketCreated event = onlyTicket();
        assertThat(event.getContactId()).isEqualTo(response.body().get("id").stringValue());
        assertThat(event.getDescription()).isEqualTo("It does not load.");
        assertThat(event.getCopiedTo()).containsExactly("bo@example.com");
        assertThat(event.getAttachments())
                .extracting(Attachment::getFileName)
                .containsExactly("ecrã.png", "steps.html");
        assertThat(event.getAttachments())
                .extracting(Attachment::getMediaType)
                .containsExactly("image/png", "text/plain");
        assertThat(event.getAttachments())
                .extracting(Attachment::getSize)
                .containsExactly((long) SCREENSHOT.length, (long) STEPS.length);
    }

    @Test
    void c1TakesAFormWithoutFiles() {
        assertThat(intake.post("/api/tickets", ticket()).status()).isEqualTo(201);

        assertThat(onlyTicket().getAttachments()).isEmpty();
    }

    @Test
    void c1GivesAFileBackAsItCameToBeSavedOnly() {
        intake.post(
                "/api/tickets", ticket().file("ecrã 1.png", SCREENSHOT), token(Tokens.customer()));

        var download = intake.download(onlyAddress(), token(Tokens.customer()));

        assertThat(download.status()).isEqualTo(200);
        assertThat(download.content()).isEqualTo(SCREENSHOT);
        HttpHeaders headers = download.headers();
        assertThat(headers.getContentType()).hasToString("image/png");
        assertThat(headers.getContentLength()).isEqualTo(SCREENSHOT.length);
        assertThat(headers.getFirst(HttpHeaders.CONTENT_DISPOSITION))
                .startsWith("attachment;")
                .contains("filename*=UTF-8''ecr%C3%A3%20");
        assertThat(headers.getFirst("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(headers.getFirst(HttpHeaders.CACHE_CONTROL))
                .contains("private")
                .doesNotContain("public");
        assertThat(headers.getFirst("Content-Security-Policy")).contains("sandbox");
    }

    @Test
    void c1GivesTextOutAsUtf8AndUnderANameThatOpensAsText() {
        intake.post("/api/tickets", ticket().file("a.html", STEPS), token(Tokens.customer()));

        HttpHeaders headers = intake.download(onlyAddress(), token(Tokens.customer())).headers();
        assertThat(headers.getContentType()).hasToString("text/plain;charset=UTF-8");
        assertThat(headers.getContentDisposition().getFilename()).isEqualTo("a.html.txt");
    }

    @Test
    void c3LetsTheSenderAndAgentsReadAndNobodyElseKnow() {
        intake.post(
                "/api/tickets",
                ticket().file("a.txt", STEPS),
                token(Tokens.of("person-1", "customer")));
        String own = onlyAddress();

        assertThat(status(own, Tokens.of("person-1", "customer"))).isEqualTo(200);
        assertThat(status(own, Tokens.of("person-2", "customer"))).isEqualTo(404);
        assertThat(status(own, Tokens.withScope("agent"))).isEqualTo(200);
    }

    @Test
    void c3LetsThoseCopiedOnRead() {
        intake.post("/api/tickets", ticket().field("cc", "ana@example.com").file("a.txt", STEPS));

        assertThat(status(onlyAddress(), Tokens.of("person-2", "customer"))).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/requests/{id}/attachments/00000000-0000-0007-0000-000000000007",
                "/api/requests/{id}/attachments/1-1-1-1-1",
                "/api/requests/{id}/attachments/passwd",
                "/api/requests/{id}/attachments/..%5C..%5Cpasswd",
                "/api/requests/passwd/attachments/passwd",
            })
    void knowsNoOtherAddress(String address) {
        intake.post("/api/tickets", ticket().file("a.txt", STEPS), token(Tokens.customer()));

        var response =
                intake.raw(
                        "GET %s HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\nConnection: close\r\n\r\n"
                                .formatted(
                                        address.replace("{id}", onlyTicket().getContactId()),
                                        Tokens.withScope("agent")));

        assertThat(response).matches("(?s)HTTP/1.1 40[04] .*").doesNotContain("Exception");
    }

    @Test
    void namesEachFaultyFileAndFieldAtOnceAndKeepsNothing() {
        var response =
                intake.post(
                        "/api/tickets",
                        new FormBody()
                                .field("name", "Ana")
                                .field("impact", "TERRIBLE")
                                .file("a.txt", STEPS)
                                .file("a.zip", "PK\3\4".getBytes(UTF_8))
                                .file("b.png", new byte[0]));

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.message("attachments[1]")).contains("PNG", "PDF", "UTF-8");
        assertThat(response.message("attachments[2]")).contains("is empty");
        assertThat(response.message("impact")).contains("URGENT");
        assertThat(response.message("email")).isEqualTo("is required");
        assertThat(log.appended()).isEmpty();
        assertThat(files()).isEmpty();
    }

    @Test
    void c1RefusesMoreThan10MbTogetherAndNamesTheFileThatIsTooMuch() {
        byte[] large = new byte[6 * 1024 * 1024];
        Arrays.fill(large, (byte) 'x');

        var response =
                intake.post("/api/tickets", ticket().file("a.txt", large).file("b.txt", large));

        assertThat(response.status()).isEqualTo(413);
        assertThat(response.body().get("detail").stringValue()).contains("10 MB");
        assertThat(response.message("attachments[1]")).contains("send fewer or smaller files");
        assertThat(files()).isEmpty();
    }

    @Test
    void aRepeatWithTheSameKeyAndContentGetsTheSameAnswerAndLeavesNoSecondCopy() {
        FormBody form = ticket().file("a.txt", STEPS);

        var first = intake.post("/api/tickets", form, key("a-1"));
        var repeat = intake.post("/api/tickets", form, key("a-1"));

        assertThat(first.status()).isEqualTo(201);
        assertThat(repeat.text()).isEqualTo(first.text());
        assertThat(log.appended()).hasSize(1);
        assertThat(files()).hasSize(2);
    }

    @Test
    void theSameKeyWithAnotherFileIsRefusedAndTheFirstFileStays() {
        intake.post(
                "/api/tickets",
                ticket().file("a.txt", STEPS),
                key("a-2"),
                token(Tokens.customer()));
        var other =
                intake.post(
                        "/api/tickets",
                        ticket().file("a.txt", "other".getBytes(UTF_8)),
                        key("a-2"),
                        token(Tokens.customer()));

        assertThat(other.status()).isEqualTo(422);
        assertThat(files()).hasSize(2);
        assertThat(intake.download(onlyAddress(), token(Tokens.customer())).content())
                .isEqualTo(STEPS);
    }

    @Test
    void isNotTakenWhileTheLogIsAwayAndARetryNeitherFailsNorDoubles() {
        FormBody form = ticket().file("a.txt", STEPS);
        log.goAway();
        var refused = intake.post("/api/tickets", form, key("a-3"), token(Tokens.customer()));
        log.reset();
        var taken = intake.post("/api/tickets", form, key("a-3"), token(Tokens.customer()));

        assertThat(refused.status()).isEqualTo(503);
        assertThat(taken.status()).isEqualTo(201);
        assertThat(log.appended()).hasSize(1);
        assertThat(files()).hasSize(2);
        assertThat(intake.download(onlyAddress(), token(Tokens.customer())).content())
                .isEqualTo(STEPS);
    }

    @Test
    void isRefusedInOverloadWithoutAFileLeftBehind() {
        log.fill();

        assertThat(intake.post("/api/tickets", ticket().file("a.txt", STEPS)).status())
                .isEqualTo(429);
        assertThat(files()).isEmpty();
    }

    @Test
    void isNotTakenWhileTheStoreIsAwayAndARetryWorks() throws IOException {
        FormBody form = ticket().file("a.txt", STEPS);
        Path inTheWay = Files.createFile(folder.resolve("kept"));
        var refused = intake.post("/api/tickets", form, key("a-4"));
        assertThat(files()).containsExactly(inTheWay);
        Files.delete(inTheWay);
        var taken = intake.post("/api/tickets", form, key("a-4"));

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.headers().getFirst("Retry-After")).isEqualTo("5");
        assertThat(taken.status()).isEqualTo(201);
        assertThat(log.appended()).hasSize(1);
    }

    @Test
    void aSenderWhoGoesAwayInTheMiddleLeavesNothingBehind() {
        String response =
                intake.raw(
                        "POST /api/tickets HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n"
                                + "Content-Type: multipart/form-data; boundary=b\r\n"
                                + "Connection: close\r\n\r\n"
                                + "--b\r\nContent-Disposition: form-data; name=\"attachments\";"
                                + " filename=\"a.txt\"\r\n\r\n"
                                + "x".repeat(500_000));

        assertThat(response).doesNotContain("201");
        await().untilAsserted(() -> assertThat(files()).isEmpty());
        assertThat(log.appended()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data|--b--",
                "multipart/form-data; boundary=|--b--",
                "multipart/form-data; boundary=\"\"|--\r\n\r\n----",
                "multipart/form-data; boundary={5000}|--b--",
                "multipart/form-data; boundary=b|",
                "multipart/form-data; boundary=b|--b",
                "multipart/form-data; boundary=b|--b--",
                "multipart/form-data; boundary=b|--bb\r\n\r\nx\r\n--b--",
                "multipart/form-data; boundary=b|--b\r\n\r\nx\r\n--b--",
                "multipart/form-data; boundary=b|--b\r\nno header\r\n\r\nx\r\n--b--",
                "multipart/form-data; boundary=b|--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--",
                "multipart/form-data; boundary=b|--b\r\nContent-Disposition: form-data; name=\r\n\r\nx\r\n--b--",
                "multipart/form-data; boundary=b|--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx",
                "multipart/form-data; boundary=b|--b\r\nContent-Disposition: form-data; name=\"attachments\"; filename=\"{20000}\"\r\n\r\nx\r\n--b--",
                "multipart/form-data; boundary=b|--b\r\nContent-Disposition: form-data; name=\"attachments\"; filename=\"a\0b\"\r\n\r\nx\r\n--b--",
                "multipart/form-data; boundary=b|--b\r\nContent-Disposition: form-data; name=\"attachments\"; filename*=UTF-8''%zz\r\n\r\nx\r\n--b--",
                "multipart/form-data; boundary=b|--b\r\nContent-Disposition: form-data; name=\"attachments\"\r\nContent-Type: multipart/mixed\r\n\r\n--b--",
                "multipart/form-data; boundary=b|--b\r\nContent-Disposition: form-data; name=\"attachments\"\r\nContent-Type: multipart/mixed; boundary=longer\r\n\r\n--b--",
                "multipart/form-data; boundary=b|--b\r\nContent-Disposition: form-data; name=\"attachments\"\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\nx\r\n--c--\r\n--b--",
                "multipart/form-data; boundary=b; boundary=c|--c--",
                "multipart/form-data; charset=nonsense; boundary=b|--b--",
            })
    void answersOddFormsWithAClientErrorAndNothingOfItsInside(String typeAndBody) {
        String[] request =
                typeAndBody
                        .replace("{5000}", "b".repeat(5_000))
                        .replace("{20000}", "a".repeat(20_000))
                        .split("\\|", -1);

        String response =
                intake.raw(
                        "POST /api/tickets HTTP/1.1\r\nHost: a\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                                .formatted(request[0], request[1].length(), request[1]));

        assertThat(response).matches("(?s)HTTP/1.1 4\\d\\d .*");
        assertThat(response).doesNotContain("Exception", "\tat ", "guichet.intake", "tomcat");
        assertThat(files()).isEmpty();
    }

    private int status(String address, String token) {
        return intake.download(address, token(token)).status();
    }

    private static FormBody ticket() {
        return new FormBody()
                .field("name", "Ana")
                .field("email", "ana@example.com")
                .field("impact", "HIGH")
                .field("description", "It does not load.");
    }

    private TicketCreated onlyTicket() {
        assertThat(log.appended()).hasSize(1);
        return (TicketCreated) log.appended().getFirst().event();
    }

    private String onlyAddress() {
        TicketCreated event = onlyTicket();
        return "/api/requests/%s/attachments/%s"
                .formatted(
                        event.getContactId(), event.getAttachments().getFirst().getAttachmentId());
    }

    private static List<Path> files() {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(path -> !path.toString().endsWith(".lock"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
