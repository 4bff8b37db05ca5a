package guichet.acceptance;

import static guichet.acceptance.Patience.LONG_ENOUGH;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import guichet.events.TicketCreated;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the README, and the page for operations, tell people to type is what works. */
@OnTheWholeDesk
class ReadmeTest {

    private static final Pattern SHELL_BLOCK =
            Pattern.compile("^```sh\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);

    private static final Pattern INDENTED = Pattern.compile("^(?: {4}.*\n)+", Pattern.MULTILINE);

    private static final Pattern OFFER =
            Pattern.compile("\"offerId\":\"([^\"]+)\",\"contactId\":\"([^\"]+)\",\"channel\"");

    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

    private final WholeDesk.Running desk;

    ReadmeTest(WholeDesk.Running desk) {
        this.desk = desk;
    }

    @Test
    void beginsWithTheTwoCommands() throws IOException {
        assertThat(blocks()).startsWith("./desk\n", "mvn verify\n");
    }

    @Test
    void itsThreeRequestsAreTaken() throws Exception {
        String answers = run(blocks().get(2));

        assertThat(answers)
                .contains("\"channel\":\"WEB\"", "\"channel\":\"CHAT\"", "\"channel\":\"PHONE\"");
    }

    @Test
    void itsQuestionsAboutHoursAndTheRightChannelAreAnswered() throws Exception {
        assertThat(run(blocks().get(3))).contains("\"openings\":", "\"bestChannel\":");
    }

    @Test
    void itsAgentIsHeard() throws Exception {
        assertThat(run(blocks().get(4))).isEqualTo("204\n");
    }

    /** Whatever is offered first, since others wait here; an offer of the demo lasts 3 s. */
    @Test
    void itsAgentIsMadeAnOfferTakesItAndAnswers() throws Exception {
        String status = blocks().get(4);
        String signIn = firstLine(status) + "\n";
        String window = signIn + block("/api/agents/me/offers");
        String taking = signIn + tellingItsStatus(block("/accept"));
        try {
            await("an offer is taken while it lasts, and answered")
                    .atMost(LONG_ENOUGH)
                    .untilAsserted(
                            () -> {
                                chat("es");
                                run(status);
                                Matcher offer = firstOffer(window);
                                assertThat(
                                                run(
                                                        taking.replace("<offer id>", offer.group(1))
                                                                .replace(
                                                                        "<contact id>",
                                                                        offer.group(2))))
                                        .endsWith("204");
                            });
        } finally {
            run(status.replace("AVAILABLE", "OFFLINE"));
        }
    }

    @Test
    void itsCustomerListsReadsAndTakesBackARequest() throws Exception {
        String chat = chat("pt");

        String said =
                run(tellingItsStatus(block("/api/requests?state")).replace("<contact id>", chat));

        assertThat(said).contains("\"requests\":", chat, "\"timeline\":").endsWith("204");
    }

    @Test
    void itsFilesAreSentAndDownloaded(@TempDir Path folder) throws Exception {
        Files.write(
                folder.resolve("screenshot.png"),
                HexFormat.of().parseHex("89504e470d0a1a0a0000000d49484452"));
        Files.writeString(folder.resolve("steps.txt"), "Sign in.");
        String signIn = "cd " + folder + "\n" + firstLine(blocks().get(2)) + "\n";

        Matcher ticket = ID.matcher(run(signIn + indented("-F attachments=")));
        assertThat(ticket.find()).isTrue();
        String file =
                await("the log has the ticket, once no transaction before it is open")
                        .atMost(LONG_ENOUGH)
                        .until(
                                () -> desk.log().of(ticket.group(1), TicketCreated.class),
                                found -> !found.isEmpty())
                        .getFirst()
                        .getAttachments()
                        .getLast()
                        .getAttachmentId();
        Files.delete(folder.resolve("steps.txt"));
        run(
                signIn
                        + indented("/attachments/<attachment id>")
                                .replace("<ticket id>", ticket.group(1))
                                .replace("<attachment id>", file));

        assertThat(folder.resolve("steps.txt")).hasContent("Sign in.");
    }

    @Test
    void itsClosureIsAnnouncedAndCalledOff() throws Exception {
        String block = block("/api/closures/");
        String signIn = firstLine(block);
        int last = block.indexOf("curl -X DELETE");
        Matcher announced = ID.matcher(run(block.substring(0, last)));
        assertThat(announced.find()).isTrue();

        String callOff =
                tellingItsStatus(block.substring(last)).replace("<closure id>", announced.group(1));

        await("it is known, and called off")
                .atMost(LONG_ENOUGH)
                .until(() -> run(signIn + "\n" + callOff).equals("204"));
    }

    @Test
    void theErasureOfThePageForOperationsIsOrdered() throws Exception {
        String erasure =
                blocks("docs/operations.md")
                        .getFirst()
                        .replace("demo-team", "nobody-in-particular")
                        .replace("team@demo.example", "nobody@demo.example");

        assertThat(run(erasure)).contains("\"orderedAt\":", "[");
    }

    private String chat(String language) {
        Map<String, String> chat = Map.of("language", language, "question", "?");
        return desk.customers().post("/api/chats", "team", UUID.randomUUID().toString(), chat).id();
    }

    /** The ids of the offer and of the contact, from a window that is closed again. */
    private Matcher firstOffer(String window) throws IOException {
        Process shell = shell(window);
        try (BufferedReader events = shell.inputReader()) {
            return events.lines()
                    .map(OFFER::matcher)
                    .filter(Matcher::find)
                    .findFirst()
                    .orElseThrow();
        } finally {
            shell.descendants().forEach(ProcessHandle::destroy);
            shell.destroy();
        }
    }

    private static String tellingItsStatus(String script) {
        return script.replace("curl -X", "curl -s -w '%{http_code}' -X");
    }

    private String run(String script) throws IOException, InterruptedException {
        Process shell = shell(script);
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(said).isZero();
        return said;
    }

    private Process shell(String script) throws IOException {
        String here =
                script.replace("localhost:8080", "localhost:" + desk.ports().intake())
                        .replace("localhost:8082", "localhost:" + desk.ports().routing())
                        .replace("localhost:8090", "localhost:" + desk.ports().identity());
        return new ProcessBuilder("bash", "-euc", here).redirectErrorStream(true).start();
    }

    private static String firstLine(String script) {
        return script.lines().findFirst().orElseThrow();
    }

    private static String block(String path) throws IOException {
        return only(blocks().stream(), path);
    }

    /** A command that the README shows between paragraphs. */
    private static String indented(String path) throws IOException {
        return only(
                INDENTED.matcher(Files.readString(Path.of("..", "README.md")))
                        .results()
                        .map(MatchResult::group),
                path);
    }

    private static String only(Stream<String> scripts, String part) {
        List<String> found = scripts.filter(script -> script.contains(part)).toList();
        assertThat(found).as(part).hasSize(1);
        return found.getFirst();
    }

    private static List<String> blocks() throws IOException {
        return blocks("README.md");
    }

    private static List<String> blocks(String page) throws IOException {
        return SHELL_BLOCK
                .matcher(Files.readString(Path.of("..", page)))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }
}
