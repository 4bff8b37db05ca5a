package guichet.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.deploy.Board.Panel;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The dashboards are generated, complete, and speak of nobody. */
class BoardsTest {

    private static final Path GRAFANA = Path.of("grafana");

    /** Labels that would tell one contact or one person from others. */
    private static final Pattern OF_SOMEBODY =
            Pattern.compile(
                    "\\b(contact|contact_id|agent|agent_id|customer|email|subject|phone)\\b");

    @ParameterizedTest
    @ValueSource(strings = {"supervisor", "operator"})
    void areCommittedAsTheyAreGenerated(String name) throws IOException {
        Path committed = GRAFANA.resolve("dashboards").resolve(name + ".json");
        String generated = GrafanaDashboard.of(board(name));
        if ("write".equals(System.getProperty("guichet.descriptions"))) {
            Files.writeString(committed, generated);
        }

        assertThat(Files.readString(committed))
                .as("%s; if the change is meant, run with -Dguichet.descriptions=write", committed)
                .isEqualTo(generated);
    }

    @ParameterizedTest
    @ValueSource(strings = {"supervisor", "operator"})
    void sayOfEachPanelWhatItShowsInWhichUnit(String name) {
        Board board = board(name);

        assertThat(board.panels())
                .allSatisfy(
                        panel -> {
                            assertThat(panel.title()).isNotBlank();
                            assertThat(panel.unit()).as(panel.title()).isNotBlank();
                            assertThat(panel.description()).as(panel.title()).endsWith(".");
                            assertThat(panel.queries()).as(panel.title()).isNotEmpty();
                        });
        assertThat(board.panels().map(Panel::title)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"supervisor", "operator"})
    void askAboutNobody(String name) {
        assertThat(board(name).panels().flatMap(panel -> panel.queries().entrySet().stream()))
                .allSatisfy(
                        query -> {
                            assertThat(query.getKey()).doesNotContainPattern(OF_SOMEBODY);
                            assertThat(query.getValue()).doesNotContainPattern(OF_SOMEBODY);
                        });
    }

    private static Board board(String name) {
        return Board.read(GRAFANA.resolve("boards").resolve(name + ".yaml"));
    }
}
