package guichet.acceptance;

import static guichet.acceptance.Patience.LONG_ENOUGH;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.events.ResponseBreached;
import guichet.judge.Judge;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What {@code ./desk judge} says of a desk, and ends with, as the README has it. */
@OnTheWholeDesk
abstract class JudgeCommandTest {

    /** Of those beside this one some hold the desk up. */
    private static final String[] THE_DESK_MAY_BE_LATE = {
        "--settled", "PT1M", "--tolerance", "PT5S"
    };

    private final WholeDesk.Running desk;

    JudgeCommandTest(WholeDesk.Running desk) {
        this.desk = desk;
    }

    /** What a command said, and its exit code. */
    private record Ended(int code, String said) {}

    @Test
    void aDeskThatDoesAsItShouldIsFoundWithoutFault() throws Exception {
        awaitBreach();

        Ended judge = judge(desk.desk().bootstrapServers(), THE_DESK_MAY_BE_LATE);

        assertThat(judge.code()).as(judge.said()).isZero();
        assertThat(judge.said()).containsPattern("(?m)^[1-9][0-9]* contacts.* 0 faults$");
    }

    @Test
    void byAnotherPolicyItsClocksAreAtFault() throws Exception {
        String ticket = awaitBreach();

        Ended judge =
                judge(
                        desk.desk().bootstrapServers(),
                        "--policy",
                        "support-page",
                        "--settled",
                        "PT0S");

        assertThat(judge.code()).as(judge.said()).isEqualTo(1);
        assertThat(judge.said()).contains(ticket, "is it the desk's?");
    }

    @Test
    void whereNobodyAnswersItCannotRead() throws Exception {
        Ended judge = judge("localhost:1");

        assertThat(judge.code()).as(judge.said()).isEqualTo(2);
        assertThat(judge.said()).contains("cannot read the desk's log");
    }

    /** Of a new ticket; returns its id. */
    private String awaitBreach() {
        String id = desk.customers().ticket("agency").id();
        await("it is breached")
                .atMost(LONG_ENOUGH)
                .until(() -> !desk.log().of(id, ResponseBreached.class).isEmpty());
        return id;
    }

    private Ended judge(String kafka, String... options) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Judge.class.getName(),
                                "--kafka",
                                kafka,
                                "--registry",
                                desk.desk().registryUrl()));
        command.addAll(List.of(options));
        Process judge = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(judge.getInputStream().readAllBytes(), UTF_8);
        return new Ended(judge.waitFor(), said);
    }
}
