package guichet.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;

/** The script {@code desk} beside a Maven and a Java that only say that they were called. */
class DeskScriptTest {

    private static final String SUCCESSFUL =
            """
            echo built >>"$HOME/builds"
            for part in local-stack judge; do
                mkdir -p "$HOME/desk/$part/target"
                echo -n "$HOME/library.jar:$HOME/desk/pom.xml" >"$HOME/desk/$part/target/class-path"
            done
            """;

    /** Runs until its input ends where the desk is asked for. */
    private static final String JAVA =
            """
            case " $* " in
                *LocalStack*) echo "the desk runs"; cat >/dev/null ;;
                *Judge*) echo "the judge runs" ;;
            esac
            """;

    @TempDir Path machine;

    @BeforeEach
    void layOut() throws Exception {
        Path house = Files.createDirectories(machine.resolve("desk"));
        Files.createDirectories(house.resolve("local-stack/src/main"));
        Files.writeString(house.resolve("pom.xml"), "");
        Files.writeString(house.resolve("local-stack/pom.xml"), "");
        Files.writeString(machine.resolve("library.jar"), "");
        Files.copy(Path.of("..", "desk"), house.resolve("desk"));
        Files.createDirectories(machine.resolve("jdk/bin"));
        Files.writeString(machine.resolve("jdk/release"), "JAVA_VERSION=\"25\"\n");
        script("jdk/bin/javac", "");
        script("jdk/bin/java", JAVA);
        Files.createDirectories(machine.resolve("bin"));
        script("bin/mvn", SUCCESSFUL);
    }

    @Test
    void buildsOnceAsLongAsNothingChanges() throws Exception {
        assertThat(desk("judge")).contains("Building", "the judge runs");
        assertThat(desk("judge")).isEqualTo("the judge runs\n");
        assertThat(builds()).isEqualTo(1);

        changeASource();

        assertThat(desk("judge")).contains("Building", "the judge runs");
    }

    @Test
    void buildsAnewWhereALibraryIsGone() throws Exception {
        desk("judge");
        Path library = machine.resolve("library.jar");
        Path moved = machine.resolve("moved.jar");
        Files.move(library, moved);
        script("bin/mvn", SUCCESSFUL.replace("library.jar", "moved.jar"));

        assertThat(desk("judge")).contains("Building", "the judge runs");
        assertThat(desk("judge")).isEqualTo("the judge runs\n");
    }

    @Test
    void judgesBesideADeskThatRunsAndBuildsNothingUnderIt() throws Exception {
        Process running = start();
        try (BufferedReader said = running.inputReader()) {
            assertThat(said.lines().anyMatch("the desk runs"::equals)).isTrue();

            assertThat(desk("judge")).isEqualTo("the judge runs\n");

            changeASource();

            assertThat(desk("judge")).contains("another ./desk runs", "stop that one first");
            assertThat(builds()).isEqualTo(1);
        } finally {
            running.destroy();
        }
    }

    @Test
    void waitsForAnotherThatBuilds() throws Exception {
        Path gate = machine.resolve("gate");
        assertThat(new ProcessBuilder("mkfifo", gate.toString()).start().waitFor()).isZero();
        script("bin/mvn", "echo begun\ncat '" + gate + "' >/dev/null\n" + SUCCESSFUL);
        Process first = start("judge");
        Process second;
        try (BufferedReader said = first.inputReader()) {
            assertThat(said.readLine()).startsWith("Building");
            second = start("judge");
            try (BufferedReader other = second.inputReader()) {
                assertThat(other.readLine())
                        .isEqualTo("Another ./desk is building; waiting for it ...");
                Files.writeString(gate, "go on");

                assertThat(said.lines()).containsExactly("the judge runs");
                assertThat(other.lines()).containsExactly("the judge runs");
            }
        } finally {
            first.destroy();
        }
        assertThat(builds()).isEqualTo(1);
    }

    private void script(String name, String lines) throws IOException {
        Path file = Files.writeString(machine.resolve(name), "#!/usr/bin/env bash\n" + lines);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private void changeASource() throws IOException {
        Path source = Files.writeString(machine.resolve("desk/local-stack/src/main/A.java"), "");
        Files.setLastModifiedTime(source, FileTime.from(Instant.parse("2100-01-01T00:00:00Z")));
    }

    private String desk(String... arguments) throws Exception {
        Process process = start(arguments);
        String said = new String(process.getInputStream().readAllBytes());
        process.waitFor();
        return said;
    }

    private Process start(String... arguments) throws IOException {
        ProcessBuilder desk =
                new ProcessBuilder(machine.resolve("desk/desk").toString())
                        .redirectErrorStream(true);
        desk.command().addAll(List.of(arguments));
        desk.environment().put("HOME", machine.toString());
        desk.environment().put("JAVA25_HOME", machine.resolve("jdk").toString());
        desk.environment().merge("PATH", machine.resolve("bin") + ":", (path, bin) -> bin + path);
        return desk.start();
    }

    private long builds() throws IOException {
        return Files.readAllLines(machine.resolve("builds")).size();
    }
}
