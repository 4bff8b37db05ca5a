package guichet.acceptance;

import static guichet.acceptance.Patience.LONG_ENOUGH;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.schemas.Topics;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What boards, rules and alerts ask for is there: a Prometheus scrapes the desk at work and is
 * asked every query.
 */
@OnTheWholeDesk
@EnabledIfSystemProperty(named = Prometheus.IMAGE, matches = ".+")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class SeeingTest {

    private static final Path BOARDS = Path.of("..", "deploy", "grafana", "dashboards");
    private static final JsonMapper JSON = JsonMapper.shared();

    /** What groups, ranges and offsets say, which are no selectors. */
    private static final Pattern ASIDE =
            Pattern.compile(
                    "\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)"
                            + "|\\[[^]]*]|\\boffset\\s+\\w+");

    private static final Pattern SELECTOR =
            Pattern.compile("(?<![\\w:.])[a-zA-Z_:][\\w:]*+(\\{[^}]*})?+(?!\\s*+\\()");

    /** A choice of values, of which one that nothing has would go unnoticed among the others. */
    private static final Pattern CHOICE = Pattern.compile("=~\"([\\w|-]+)\"");

    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool");

    private final WholeDesk.Running desk;
    private Prometheus prometheus;

    SeeingTest(WholeDesk.Running desk) {
        this.desk = desk;
    }

    @BeforeAll
    void aDeskIsSeenAtWork() {
        prometheus = Prometheus.watching(desk.ports());
        awaitSome("count(up == 1) == 4");
        desk.customers().ticket();
        Map<String, String> chat = Map.of("language", "en", "question", "Where do I add a page?");
        desk.customers().post("/api/chats", "team", UUID.randomUUID().toString(), chat);
        desk.agents().publishBytes(Topics.CHATS, "spoilt".getBytes(UTF_8), new byte[] {1});

        awaitSome("sum(rate(guichet_responses_breached_total[1m])) > 0");
        awaitSome("sum(increase(guichet_dead_letters_total[1m])) > 0");
    }

    @AfterAll
    void close() {
        if (prometheus != null) {
            prometheus.close();
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("panels")
    void everyPanelHasSomethingToShow(String panel, String query) {
        awaitSome(query);
    }

    @Test
    void everyRuleAsksForWhatIsThere() {
        assertThat(
                        prometheus.rules().stream()
                                .flatMap(rule -> selectors(rule.get("query").asString())))
                .hasSizeGreaterThan(20)
                .allSatisfy(selector -> awaitSome("count(" + selector + ")"));
    }

    @Test
    void everyRuleIsEvaluatedWithoutAFault() {
        assertThat(prometheus.rules())
                .isNotEmpty()
                .allSatisfy(
                        rule ->
                                assertThat(rule.get("health").asString())
                                        .as(rule.toString())
                                        .isEqualTo("ok"));
    }

    private void awaitSome(String query) {
        await().atMost(LONG_ENOUGH)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(prometheus.query(query)).as(query).isNotEmpty());
    }

    /** The series that an expression asks for, each with its labels. */
    private static Stream<String> selectors(String promql) {
        return SELECTOR.matcher(ASIDE.matcher(promql).replaceAll(" "))
                .results()
                .map(MatchResult::group)
                .filter(name -> !OPERATORS.contains(name))
                .flatMap(SeeingTest::eachOfItsChoice);
    }

    private static Stream<String> eachOfItsChoice(String selector) {
        Matcher choice = CHOICE.matcher(selector);
        return choice.find()
                ? Stream.of(choice.group(1).split("\\|"))
                        .map(value -> choice.replaceFirst("=\"" + value + "\""))
                        .flatMap(SeeingTest::eachOfItsChoice)
                : Stream.of(selector);
    }

    private static Stream<Arguments> panels() throws IOException {
        try (Stream<Path> boards = Files.list(BOARDS)) {
            return boards
                    .map(SeeingTest::read)
                    .flatMap(board -> board.get("panels").valueStream())
                    .flatMap(SeeingTest::queries)
                    .toList()
                    .stream();
        }
    }

    private static Stream<Arguments> queries(JsonNode panel) {
        return panel.path("targets")
                .valueStream()
                .map(
                        target ->
                                Arguments.of(
                                        panel.get("title").asString(),
                                        target.get("expr").asString()));
    }

    private static JsonNode read(Path board) {
        return JSON.readTree(board.toFile());
    }
}
