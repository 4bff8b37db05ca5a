package guichet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.schemas.Topic;
import guichet.schemas.Topic.Keeping;
import guichet.schemas.Topics;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** docs/operations.md says what is kept how long, of every topic and every kind of state. */
class RetentionTableTest {

    private static final Path HOUSE = Path.of("..");
    private static final Pattern ROW =
            Pattern.compile("\\| `(support\\.[a-z.-]+)` \\| ([^|]+) \\|");

    @Test
    void namesEveryTopicAndHowLongItKeepsItsRecords() throws IOException {
        assertThat(
                        ROW.matcher(operations())
                                .results()
                                .collect(
                                        Collectors.toMap(row -> row.group(1), row -> row.group(2))))
                .isEqualTo(
                        Topics.all().stream()
                                .collect(Collectors.toMap(Topic::name, RetentionTableTest::kept)));
    }

    @Test
    void namesEveryKindOfState() throws IOException {
        try (Stream<Path> files = Files.list(HOUSE)) {
            List<String> kinds =
                    files.map(module -> module.resolve("src/main/resources/state"))
                            .filter(Files::isDirectory)
                            .flatMap(RetentionTableTest::namesIn)
                            .toList();
            assertThat(kinds)
                    .hasSizeGreaterThan(5)
                    .allSatisfy(kind -> assertThat(operations()).contains("`" + kind + "`"));
        }
    }

    private static String kept(Topic topic) {
        return switch (topic.keeping()) {
            case Keeping.For(Duration time) -> time.toDays() + " days";
            case Keeping.NewestOfEachKey() -> "newest of each key";
        };
    }

    private static Stream<String> namesIn(Path state) {
        try (Stream<Path> kinds = Files.list(state)) {
            return kinds.map(kind -> kind.getFileName().toString()).toList().stream();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String operations() throws IOException {
        return Files.readString(HOUSE.resolve("docs/operations.md"));
    }
}
