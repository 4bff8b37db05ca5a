package guichet.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

class PolicyFileTest {

    @TempDir Path folder;

    @Test
    void readsTheFileOfTheOwner() throws IOException {
        Path file = Files.writeString(folder.resolve("desk.yaml"), page());

        SupportPolicy policy = SupportPolicy.load(file.toUri().toString());

        assertThat(policy.version())
                .matches("[0-9a-f]{12}")
                .isEqualTo(SupportPolicy.load("support-page").version())
                .isNotEqualTo(SupportPolicy.load("demo").version());
    }

    @Test
    void changesTheVersionWithTheContent() throws IOException {
        SupportPolicy changed = load(page().replace("within: 15 minutes", "within: 14 minutes"));

        assertThat(changed.version()).isNotEqualTo(SupportPolicy.load("support-page").version());
    }

    @ParameterizedTest
    @ValueSource(strings = {"suport-page", "", "http://example.org/policy.yaml"})
    void refusesPlacesItDoesNotKnow(String location) {
        assertThat(faultsOf(location))
                .singleElement()
                .satisfies(fault -> assertThat(fault.remedy()).contains("support-page, demo"));
    }

    @Test
    void refusesFilesThatAreNotThere() {
        assertThat(faultsOf(folder.resolve("none.yaml").toUri().toString()))
                .singleElement()
                .satisfies(fault -> assertThat(fault.problem()).contains("cannot be read"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    en: {zone: America/Los_Angeles}      | en: {zone: America/Los_Angles}    | no zone 'America/Los_Angles'
                    en: {zone: America/Los_Angeles}      | en: {zone: GMT-7}                 | 'GMT-7' is an offset
                    en: {zone: America/Los_Angeles}      | en: {zone: -07:00}                | '-07:00' is an offset
                    en: {zone: America/Los_Angeles}      | en: {zone: Etc/GMT+8}             | 'Etc/GMT+8' is an offset
                    en: {zone: America/Los_Angeles}      | en: {zone: PST}                   | 'PST' is an offset or an abbreviation
                    [09:00-12:00, 13:00-18:00]           | [09:00-12:00, 11:00-18:00]        | 11:00-18:00 overlaps
                    [09:00-12:00, 13:00-18:00]           | [09:00-12:00, 18:00-13:00]        | '18:00-13:00' is not a valid
                    [09:00-12:00, 13:00-18:00]           | [09:00-12:00, 13:00-24:01]        | '13:00-24:01' is not a valid
                    [09:00-12:00, 13:00-18:00]           | [09:00-12:00, 25:00-26:00]        | '25:00-26:00' is not a valid
                    week: {mon-fri: [12:00-17:00]}       | week: {mon-fry: [12:00-17:00]}    | 'mon-fry' is not a day
                    week: {mon-fri: [12:00-17:00]}       | week: {mon-fri: [12:00-17:00], tue: []} | tue stands twice
                    plans: [team, agency]                | plans: [team, agencies]           | 'agencies' is not a valid
                    plans: [team, agency]                | plans: []                         | names none
                    plans: [team, agency]                | plans: team                       | is not a list
                    within: 15 minutes                   | within: 15 min                    | '15 min' is not a valid 'within'
                    within: 15 minutes                   | within: 0 minutes                 | '0 minutes' is not a valid 'within'
                    within: 15 minutes                   | within: 990000 hours              | takes more than 50 years
                    due-soon-share: 0.8                  | due-soon-share: 1.2               | '1.2' is not a valid
                    due-soon-share: 0.8                  | due-soon-share: 80%               | '80%' is not a valid
                    due-soon-share: 0.8                  | due-soon-share:                   | has no value
                    least-confidence: 0.485               | least-confidence: 52              | '52' is not a valid
                    conversation-limit: 30 minutes       | conversation-limit: 0 minutes     | '0 minutes' is not a valid
                    {urgent: urgent, high: high          | {urgent: urgent, high: hi         | 'hi' is not a valid 'high'
                    by-plan: {agency: 30 minutes         | by-plan: {agency: -30 minutes     | '-30 minutes' is not a valid
                    scope: out of scope                  | scope: no                         | 'no' is not a valid 'scope'
                    """)
    void namesTheLineOfAFault(String right, String wrong, String problem) throws IOException {
        assertThat(faultsIn(page().replaceFirst(Pattern.quote(right), wrong)))
                .singleElement()
                .satisfies(
                        fault -> {
                            assertThat(fault.problem()).contains(problem);
                            assertThat(fault.remedy()).isNotBlank();
                            assertThat(fault.line()).isEqualTo(lineOf(right));
                        });
    }

    /** The faults come with their distance from the changed line. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    en: {zone: America/Los_Angeles}      | fr: {zone: Europe/Paris}          | -1 'en' is missing & 0 'fr' is unknown
                    week: {mon-fri: [12:00-17:00]}       | week: {mon-fri: []}               | -1 never opens
                    week: {mon-fri: [12:00-17:00]}       | weak: {mon-fri: [12:00-17:00]}    | -1 'week' is missing & 0 'weak' is unknown
                    row: H2                              | rows: H2                          | 0 'row' is missing & 0 'rows' is unknown
                    {row: T1, channels: [web], within    | {row: T1, channels: [chat], within | -1 no rule in 'targets' fits & 1 fit en BASIC CHAT equally well
                    {row: T1, channels: [web], within    | {row: T1, channels: [web], plans: [team], within | -1 no rule in 'targets' fits en BASIC WEB
                    {urgent: urgent, high: high          | {urgent: urgent, urgent: high     | 0 'urgent' stands twice & 0 'high' is missing
                    """)
    void namesTheLinesOfAllThatAChangeSpoils(String right, String wrong, String faults)
            throws IOException {
        List<InvalidPolicy.Fault> found =
                faultsIn(page().replaceFirst(Pattern.quote(right), wrong));

        String[] expected = faults.split(" & ");
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            String[] distanceAndProblem = expected[i].split(" ", 2);
            assertThat(found.get(i).line())
                    .isEqualTo(lineOf(right) + Integer.parseInt(distanceAndProblem[0]));
            assertThat(found.get(i).problem()).contains(distanceAndProblem[1]);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "languages",
                "language-detection",
                "hours",
                "targets",
                "due-soon-share",
                "conversation-limit",
                "priorities",
                "head-starts",
                "offers",
                "topics"
            })
    void asksForTheHeadingsThatAFileOfItsOwnLeavesOut(String heading) throws IOException {
        assertThat(faultsIn(page().replaceFirst("(?m)^" + heading + ":", "my-" + heading + ":")))
                .anySatisfy(
                        fault -> {
                            assertThat(fault.problem())
                                    .isEqualTo("'" + heading + "' is missing in 'the policy'");
                            assertThat(fault.remedy()).contains("'" + heading + ": ");
                        });
    }

    private static int lineOf(String text) throws IOException {
        return page().substring(0, page().indexOf(text)).split("\n", -1).length;
    }

    @Test
    void refusesBusinessDaysThatTakeMoreThan50Years() {
        List<InvalidPolicy.Fault> faults =
                new OwnPolicy(folder)
                        .faultsOverPage(
                                """
                                closures: [{row: own, name: all but Tuesdays in May, recurrence: [
                                  "FREQ=DAILY;BYDAY=MO,WE,TH,FR,SA,SU", "FREQ=DAILY;BYMONTH=1,2,3,4,6,7,8,9,10,11,12"]}]
                                targets: [{row: own, within: 300 business days}]
                                """);

        assertThat(faults)
                .singleElement()
                .hasToString("line 4: for en BASIC WEB this takes more than 50 years; allow less");
    }

    @Test
    void asksForTheBaseBeforeAllElse() {
        assertThat(
                        catchThrowableOfType(
                                        InvalidPolicy.class,
                                        () ->
                                                new OwnPolicy(folder)
                                                        .load("based-on: suport-page\nhours: []"))
                                .faults())
                .singleElement()
                .hasToString(
                        "line 1: 'suport-page' is not a valid 'based-on'; write support-page or"
                                + " demo");
    }

    @Test
    void refusesALineThatItsClosuresNeverLetOpen() throws IOException {
        String shut =
                page().replaceFirst("weekly: tue\n    times: .08:00-09:00.", "weekly: mon-sun");

        assertThat(faultsIn(shut))
                .extracting(InvalidPolicy.Fault::problem)
                .anyMatch(problem -> problem.contains("en BASIC CHAT never opens"));
    }

    @Test
    void reportsAllFaultsTogetherInTheOrderOfTheirLines() throws IOException {
        String faulty =
                page().replace("due-soon-share: 0.8", "due-soon-share: 8")
                        .replace("zone: America/Sao_Paulo", "zone: Brasilia")
                        .replace("within: 5 minutes", "within: soon");

        List<InvalidPolicy.Fault> faults = faultsIn(faulty);

        assertThat(faults).hasSize(5).isSortedAccordingTo((a, b) -> a.line() - b.line());
        assertThat(catchThrowableOfType(InvalidPolicy.class, () -> load(faulty)))
                .hasMessageContaining("desk.yaml cannot be used:\n  line ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "just words", "- a\n- list", "a: [b", "a: !!x {"})
    void refusesWhatIsNoPolicyAtAll(String content) throws IOException {
        assertThat(faultsIn(content)).isNotEmpty();
    }

    private List<InvalidPolicy.Fault> faultsIn(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("desk.yaml"), content);
        return faultsOf(file.toUri().toString());
    }

    private static List<InvalidPolicy.Fault> faultsOf(String location) {
        return catchThrowableOfType(InvalidPolicy.class, () -> SupportPolicy.load(location))
                .faults();
    }

    private SupportPolicy load(String content) throws IOException {
        return SupportPolicy.load(
                Files.writeString(folder.resolve("desk.yaml"), content).toUri().toString());
    }

    private static String page() throws IOException {
        try (InputStream page = PolicyFileTest.class.getResourceAsStream("support-page.yaml")) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
