package guichet.policy;

import static guichet.policy.Language.EN;
import static guichet.policy.Language.ES;
import static guichet.policy.Lines.chat;
import static guichet.policy.Lines.web;
import static guichet.policy.Plan.BASIC;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;

/** From Monday, 4 January 2027, the desk of these tests opens at eight and promises more. */
class EditionsTest {

    private static final ZoneId PACIFIC = ZoneId.of("America/Los_Angeles");

    private static final String LATER =
            """
            ---
            from: 2027-01-04T00:00 America/Los_Angeles
            hours: [{row: H1, week: {mon-fri: [08:00-17:00]}}]
            targets:
              - {row: T1, channels: [web], within: 2 business days}
              - {row: T2, channels: [chat, phone], within: 10 minutes}
            conversation-limit: 45 minutes
            """;

    private static final Instant FRIDAY = pacific("2027-01-01T16:55");
    private static final Instant MONDAY = pacific("2027-01-04T08:00");

    @TempDir Path folder;

    @Test
    void changeTheHoursFromTheirBeginningOn() {
        OpeningHours hours = later().hours(web(EN, BASIC));

        assertThat(hours.openings(pacific("2027-01-01T00:00"), pacific("2027-01-05T00:00")))
                .containsExactly(
                        new OpenSpan(pacific("2027-01-01T12:00"), pacific("2027-01-01T17:00")),
                        new OpenSpan(pacific("2027-01-04T08:00"), pacific("2027-01-04T17:00")));
    }

    @Test
    void mayBeginInTheMiddleOfADay() {
        OpeningHours hours =
                load(LATER.replace("2027-01-04T00:00", "2027-01-04T10:30")).hours(web(EN, BASIC));

        assertThat(hours.nextOpening(pacific("2027-01-04T00:00")))
                .contains(pacific("2027-01-04T10:30"));
    }

    @Test
    void keepAContactToTheTargetOfItsCreationAndTheHoursOfEachDay() {
        SupportPolicy policy = later();

        ResponseTarget before = policy.respondBy(chat(EN, BASIC), Scope.IN, FRIDAY).orElseThrow();
        ResponseTarget after = policy.respondBy(chat(EN, BASIC), Scope.IN, MONDAY).orElseThrow();

        assertThat(before.openTime()).isEqualTo(Duration.ofMinutes(15));
        assertThat(before.due()).isEqualTo(pacific("2027-01-04T08:10"));
        assertThat(after.due()).isEqualTo(pacific("2027-01-04T08:10"));
        assertThat(after.reasons()).contains("T2: chat, 10 minutes of open time");
    }

    @Test
    void explainEachStretchByTheRuleOfItsTime() {
        assertThat(later().explain(chat(EN, BASIC), Scope.IN, FRIDAY).stretches())
                .extracting(Stretch::reason)
                .containsExactly(
                        "Mon-Fri 12:00-17:00 America/Los_Angeles",
                        "Mon-Fri 12:00-17:00 America/Los_Angeles",
                        "Mon-Fri 08:00-17:00 America/Los_Angeles",
                        "Mon-Fri 08:00-17:00 America/Los_Angeles");
    }

    @Test
    void changeWhatElseTheyNameAndKeepTheRest() {
        SupportPolicy policy = later();

        assertThat(policy.conversationLimit(FRIDAY)).isEqualTo(Duration.ofMinutes(30));
        assertThat(policy.conversationLimit(MONDAY)).isEqualTo(Duration.ofMinutes(45));
        assertThat(policy.topics(MONDAY)).isEqualTo(policy.topics(FRIDAY));
        assertThat(policy.hours(chat(ES, BASIC)).nextClosing(pacific("2027-01-05T08:00")))
                .as("the weekly support meeting goes on (H5)")
                .contains(pacific("2027-01-05T12:00"));
    }

    @Test
    void mayTakeATopicOutOfScopeLater() {
        SupportPolicy policy =
                load(
                        """
                        ---
                        from: 2027-01-04T00:00 America/Los_Angeles
                        topics:
                          - row: S2
                            scope: out of scope
                            topics: [billing]
                            advice: {en: no, pt: não, es: no}
                        """);

        assertThat(policy.scope("billing", FRIDAY)).isEqualTo(Scope.IN);
        assertThat(policy.scope("billing", MONDAY)).isEqualTo(Scope.OUT);
        assertThat(policy.topics(MONDAY)).containsExactly("billing");
    }

    @Test
    void followEachOther() {
        SupportPolicy policy =
                load(
                        LATER
                                + """
                                ---
                                from: 2028-01-03T00:00 America/Los_Angeles
                                conversation-limit: 1 hour
                                """);

        assertThat(policy.conversationLimit(pacific("2028-01-03T00:00")))
                .isEqualTo(Duration.ofHours(1));
        assertThat(policy.hours(web(EN, BASIC)).nextOpening(pacific("2028-01-04T00:00")))
                .contains(pacific("2028-01-04T08:00"));
    }

    @Test
    void changeTheVersion() {
        assertThat(later().version()).isNotEqualTo(load("").version());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    conversation-limit: 1 hour                     | does not say when it begins
                    from: 2027-01-04                               | '2027-01-04' is not a valid 'from'
                    from: 2027-01-04T00:00 PST                     | '2027-01-04T00:00 PST' is not a valid 'from'
                    from: 2027-01-04T00:00-08:00                   | '2027-01-04T00:00-08:00' is not a valid 'from'
                    from: 2027-01-04T00:00:00.5 Etc/UTC            | '2027-01-04T00:00:00.5 Etc/UTC' is not a valid 'from'
                    from: +999999999-12-31T23:59 Etc/UTC           | '+999999999-12-31T23:59 Etc/UTC' is not a valid 'from'
                    from: 2100-01-01T00:00 Etc/UTC                 | '2100-01-01T00:00 Etc/UTC' is not a valid 'from'
                    {from: 2027-01-04T00:00 Etc/UTC, language-detection: {least-confidence: 0.9}} | 'language-detection' cannot change
                    {from: 2027-01-04T00:00 Etc/UTC, languages: {}} | 'languages' cannot change
                    {from: 2027-01-04T00:00 Etc/UTC, based-on: demo} | 'based-on' is unknown
                    """)
    void nameTheLineOfAFault(String heading, String problem) {
        new OwnPolicy(folder).refusesOverPage("---\n" + heading + "\n", 3, problem);
    }

    @Test
    void standInTheOrderOfTheirBeginnings() {
        List<InvalidPolicy.Fault> faults =
                new OwnPolicy(folder)
                        .faultsOverPage(
                                LATER + "---\nfrom: 2027-01-03T00:00 America/Los_Angeles\n");

        assertThat(faults)
                .extracting(InvalidPolicy.Fault::problem)
                .containsExactly("this part of the policy begins no later than the one before it");
    }

    @Test
    void areNotBlamedForTheUnreadableBeginningOfTheOneBefore() {
        List<InvalidPolicy.Fault> faults =
                new OwnPolicy(folder)
                        .faultsOverPage(
                                LATER.replace("2027-01-04T", "4 January ")
                                        + "---\nfrom: 2027-02-01T00:00 America/Los_Angeles\n");

        assertThat(faults)
                .singleElement()
                .satisfies(fault -> assertThat(fault.problem()).contains("not a valid 'from'"));
    }

    @Test
    void mayShutAllForAWhile() {
        SupportPolicy policy =
                load(
                        """
                        ---
                        from: 2027-01-04T00:00 America/Los_Angeles
                        closures: [{row: own, name: the move, weekly: mon-sun}]
                        ---
                        from: 2027-01-11T00:00 America/Los_Angeles
                        closures: []
                        """);

        assertThat(policy.respondBy(chat(EN, BASIC), Scope.IN, MONDAY).orElseThrow().due())
                .isEqualTo(pacific("2027-01-11T12:15"));
    }

    @Test
    void reportAWeekOfAnEarlierOneAsUnreadableOnce() {
        List<InvalidPolicy.Fault> faults =
                new OwnPolicy(folder)
                        .faultsOverPage(
                                """
                                hours: [{row: own, week: {fry: [09:00-12:00]}}]
                                ---
                                from: 2027-01-04T00:00 America/Los_Angeles
                                conversation-limit: 1 hour
                                """);

        assertThat(faults)
                .singleElement()
                .satisfies(fault -> assertThat(fault.problem()).contains("'fry' is not a day"));
    }

    private SupportPolicy later() {
        return load(LATER);
    }

    private SupportPolicy load(String later) {
        return new OwnPolicy(folder).overPage("closures:\n" + H5 + later);
    }

    private static final String H5 =
            """
              - row: H5
                name: the weekly support meeting
                channels: [phone, chat]
                zone: America/Los_Angeles
                weekly: tue
                times: [12:00-13:00]
            """;

    private static Instant pacific(String local) {
        return LocalDateTime.parse(local).atZone(PACIFIC).toInstant();
    }
}
