package guichet.localstack.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;

class PolicyCommandsTest {

    private static final InstantSource TUESDAY =
            InstantSource.fixed(Instant.parse("2026-01-06T14:50:00Z"));

    private final StringWriter errors = new StringWriter();
    private final StringWriter output = new StringWriter();

    @Test
    void explainsWhyAChatIsDueT2H5() {
        int code = explain("--language", "pt", "--channel", "chat", "--at", "2026-01-06T11:50");

        assertThat(code).isZero();
        assertThat(output.toString())
                .contains("T2: chat, 15 minutes of open time", "due      Tue 2026-01-06 14:05:00");
        assertThat(output.toString().lines())
                .anyMatch(line -> line.matches(".*13:00:00 - .*14:00:00 +H5: closed for .*"));
    }

    @Test
    void explainsFromNowInTheZoneAskedFor() {
        explain("--language", "pt", "--channel", "chat", "--zone", "Europe/Lisbon");

        assertThat(output.toString())
                .contains("created Tue 2026-01-06 14:50:00", "times in Europe/Lisbon");
    }

    @Test
    void explainsThatWhatIsOutOfScopeIsNeverDueS2() {
        explain("--topic", "legal-advice");

        assertThat(output.toString()).contains("S2: out of scope", "due      never");
    }

    @Test
    void showsTheWeekOfALineH3H5() {
        int code = week("--plan", "team", "--channel", "chat", "--of", "2026-01-06");

        assertThat(code).isZero();
        assertThat(output.toString())
                .isEqualTo(
                        """
                        en TEAM CHAT, times in America/Los_Angeles
                        Mon 2026-01-05  00:00-24:00
                        Tue 2026-01-06  00:00-08:00  09:00-24:00
                        Wed 2026-01-07  00:00-24:00
                        Thu 2026-01-08  00:00-24:00
                        Fri 2026-01-09  00:00-24:00
                        Sat 2026-01-10  -
                        Sun 2026-01-11  -
                        """);
    }

    @Test
    void namesWhatIsWrongWithAQuestion() {
        assertThat(explain("--at", "yesterday")).isEqualTo(2);
        assertThat(week("--of", "soon")).isEqualTo(2);
        assertThat(week("--zone", "Lisbon")).isEqualTo(2);
        assertThat(errors.toString())
                .contains("--at: 'yesterday'", "--of: 'soon'", "--zone: there is no zone 'Lisbon'");
    }

    @Test
    void tellsTheFaultsOfAPolicyFile(@TempDir Path folder) throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("desk.yaml"), "based-on: support-page\ndue-soon-share: 8\n");

        assertThat(week("--policy", file.toUri().toString())).isEqualTo(2);
        assertThat(errors.toString()).contains("line 2: '8' is not a valid 'due-soon-share'");
    }

    private int explain(String... arguments) {
        return run(new ExplainCommand(TUESDAY), arguments);
    }

    private int week(String... arguments) {
        return run(new WeekCommand(TUESDAY), arguments);
    }

    private int run(Object command, String... arguments) {
        return new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setErr(new PrintWriter(errors, true))
                .setOut(new PrintWriter(output, true))
                .execute(arguments);
    }
}
