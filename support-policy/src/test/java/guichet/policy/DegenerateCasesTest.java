package guichet.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.stream.Stream;

/**
 * What ours does in situations in which other projects' business hours fail, guess or disagree: a
 * policy that makes no sense is refused when it is read, and every question has an answer.
 */
class DegenerateCasesTest {

    private static final Instant MONDAY_9 = Instant.parse("2026-07-06T09:00:00Z");
    private static final Instant MONDAY_17 = Instant.parse("2026-07-06T17:00:00Z");

    private final OpeningHours nineToFive =
            Hours.of(ZoneId.of("Etc/UTC"), Hours.daily(new LocalSpan(9 * 3600, 17 * 3600)));

    @TempDir Path folder;

    @ParameterizedTest
    @MethodSource("situations")
    void isRefusedOrDefined(String situation) throws IOException {
        switch (situation) {
            case "all seven days closed", "no working day at all" -> refusesHoursThatNeverOpen();
            case "business hours disabled on the inbox" -> needsHoursAndLetsThemBeAlways();
            case "slaMinutes 0 or -5" -> refusesTargets("0 minutes", "-5 minutes");
            case "open \"25:00\" or close \"18:60\"" -> refusesTimesThatNoClockShows();
            case "span 0 or nil" -> refusesTargetsOfNothingAndPassesNoTimeAtOnce();
            case "negative hours or unsupported unit Years" ->
                    refusesTargets("-2 hours", "1 year", "2 Years");
            case "negative scalar" -> refusesToCountNegativeTime();
            case "end before start" -> countsNothingBackwards();
            case "duration ends exactly at the end of a period" -> answersTheClosingAtATie();
            default -> throw new AssertionError("nobody thought of " + situation);
        }
    }

    private void refusesHoursThatNeverOpen() throws IOException {
        assertRefused("hours: [{row: own, week: {}}]", "never opens");
        assertRefused("hours: [{row: own, week: {mon-sun: []}}]", "never opens");
    }

    private void needsHoursAndLetsThemBeAlways() throws IOException {
        assertRefused("hours: []", "no rule in 'hours' fits");
        SupportPolicy always =
                load("hours: [{row: own, week: {mon-sun: [00:00-24:00]}}]\nclosures: []");
        Line line = new Line(Language.EN, Plan.BASIC, Channel.CHAT);

        assertThat(always.respondBy(line, Scope.IN, MONDAY_9).orElseThrow().due())
                .isEqualTo(MONDAY_9.plus(Duration.ofMinutes(15)));
    }

    private void refusesTargets(String... allowed) throws IOException {
        for (String within : allowed) {
            assertRefused(
                    "targets: [{row: own, within: " + within + "}]",
                    "'" + within + "' is not a valid 'within'");
        }
    }

    private void refusesTimesThatNoClockShows() throws IOException {
        assertRefused("hours: [{row: own, week: {mon: [25:00-26:00]}}]", "'25:00-26:00' is not");
        assertRefused("hours: [{row: own, week: {mon: [09:00-18:60]}}]", "'09:00-18:60' is not");
    }

    private void refusesTargetsOfNothingAndPassesNoTimeAtOnce() throws IOException {
        refusesTargets("0 seconds");
        assertRefused("targets: [{row: own, within: }]", "has no value");
        assertRefused("targets: [{row: own}]", "'within' is missing");

        assertThat(nineToFive.whenOpenTimeHasPassed(MONDAY_17, Duration.ZERO)).contains(MONDAY_17);
    }

    private void refusesToCountNegativeTime() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> nineToFive.whenOpenTimeHasPassed(MONDAY_9, Duration.ofSeconds(-1)));
    }

    private void countsNothingBackwards() {
        assertThat(nineToFive.openTime(MONDAY_17, MONDAY_9)).isZero();
    }

    private void answersTheClosingAtATie() {
        assertThat(nineToFive.whenOpenTimeHasPassed(MONDAY_9, Duration.ofHours(8)))
                .contains(MONDAY_17);
    }

    static Stream<String> situations() {
        return BusinessTimeCasesTest.read(BusinessTimeCasesTest.ownFile(), "degenerate").stream()
                .map(given -> String.valueOf(given.get("situation")));
    }

    private void assertRefused(String heading, String problem) throws IOException {
        Path file = write(heading);

        assertThat(
                        catchThrowableOfType(
                                        InvalidPolicy.class,
                                        () -> SupportPolicy.load(file.toUri().toString()))
                                .faults())
                .anySatisfy(fault -> assertThat(fault.problem()).contains(problem));
    }

    private SupportPolicy load(String heading) throws IOException {
        return SupportPolicy.load(write(heading).toUri().toString());
    }

    private Path write(String heading) throws IOException {
        return Files.writeString(
                folder.resolve("desk.yaml"), "based-on: support-page\n" + heading + "\n");
    }
}
