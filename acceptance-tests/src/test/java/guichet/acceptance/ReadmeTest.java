package guichet.acceptance;

import static guichet.acceptance.Patience.LONG_ENOUGH;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import guichet.localstack.Ports;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the README, and the page for operations, tell people to type is what works. */
@ExtendWith(WholeDesk.class)
class ReadmeTest {

    private static final Pattern SHELL_BLOCK =
            Pattern.compile("^```sh\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);

    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

    private final Ports ports;

    ReadmeTest(WholeDesk.Running desk) {
        this.ports = desk.ports();
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

    @Test
    void itsClosureIsAnnouncedAndCalledOff() throws Exception {
        String block =
                blocks().stream()
                        .filter(it -> it.contains("/api/closures/"))
                        .findFirst()
                        .orElseThrow();
        String signIn = block.lines().findFirst().orElseThrow();
        int last = block.indexOf("curl -X DELETE");
        Matcher announced = ID.matcher(run(block.substring(0, last)));
        assertThat(announced.find()).isTrue();

        String callOff =
                block.substring(last)
                        .replace("<closure id>", announced.group(1))
                        .replace("curl -X", "curl -s -w '%{http_code}' -X");

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

    private String run(String script) throws IOException, InterruptedException {
        String here =
                script.replace("localhost:8080", "localhost:" + ports.intake())
                        .replace("localhost:8082", "localhost:" + ports.routing())
                        .replace("localhost:8090", "localhost:" + ports.identity());
        Process shell = new ProcessBuilder("bash", "-euc", here).redirectErrorStream(true).start();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(said).isZero();
        return said;
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
