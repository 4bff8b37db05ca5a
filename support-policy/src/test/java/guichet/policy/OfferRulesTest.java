package guichet.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

class OfferRulesTest {

    private static final Instant NOW = Instant.parse("2026-07-06T12:00:00Z");

    /** In a file over the support page it begins on line 2. */
    private static final String OWN =
            """
            offers:
              lasts: 10 minutes
              missed-until-away: 100
              preferred-agent-first: 24 hours
              again-after-decline: 24 hours
              second-language-after: 24 hours
              offline-after: 1 hour
            """;

    @TempDir Path folder;

    @Test
    void giveAnAgentOfTheSupportPageTwentySeconds() {
        assertThat(SupportPolicy.load("support-page").offerRules(NOW))
                .isEqualTo(
                        new OfferRules(
                                Duration.ofSeconds(20),
                                2,
                                Duration.ofMinutes(1),
                                Duration.ofSeconds(30),
                                Optional.of(Duration.ofMinutes(2)),
                                Duration.ofSeconds(45)));
    }

    @Test
    void countSecondsInTheDemo() {
        assertThat(SupportPolicy.load("demo").offerRules(NOW))
                .isEqualTo(
                        new OfferRules(
                                Duration.ofSeconds(3),
                                2,
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(5),
                                Optional.of(Duration.ofSeconds(5)),
                                Duration.ofSeconds(30)));
    }

    @Test
    void areThoseOfTheSupportPageWhereAPolicyBasedOnItIsSilent() {
        assertThat(over("due-soon-share: 0.5").offerRules(NOW))
                .isEqualTo(SupportPolicy.load("support-page").offerRules(NOW));
    }

    @Test
    void mayBeAsLongAsTheFileAllows() {
        assertThat(over(OWN).offerRules(NOW))
                .isEqualTo(
                        new OfferRules(
                                Duration.ofMinutes(10),
                                100,
                                Duration.ofHours(24),
                                Duration.ofHours(24),
                                Optional.of(Duration.ofHours(24)),
                                Duration.ofHours(1)));
    }

    @Test
    void mayBeAsShortAsTheFileAllows() {
        OfferRules shortest =
                over("""
                     offers:
                       lasts: 1 second
                       missed-until-away: 1
                       preferred-agent-first: 0 seconds
                       again-after-decline: 1 second
                       second-language-after: 1 second
                       offline-after: 1 second
                     """)
                        .offerRules(NOW);

        Duration second = Duration.ofSeconds(1);
        assertThat(shortest)
                .isEqualTo(
                        new OfferRules(
                                second, 1, Duration.ZERO, second, Optional.of(second), second));
    }

    @Test
    void askAgentsWithTheLanguageFurtherBackAlwaysOrNeverWhereTheOwnerSaysSo() {
        assertThat(over(secondLanguageAfter("always")).offerRules(NOW).secondLanguageAfter())
                .contains(Duration.ZERO);
        assertThat(over(secondLanguageAfter("never")).offerRules(NOW).secondLanguageAfter())
                .isEmpty();
    }

    private static String secondLanguageAfter(String when) {
        return OWN.replace("second-language-after: 24 hours", "second-language-after: " + when);
    }

    @Test
    void changeFromTheBeginningOfALaterEditionOn() {
        Instant later = Instant.parse("2027-01-04T00:00:00Z");
        SupportPolicy policy = over("---\nfrom: 2027-01-04T00:00 Etc/UTC\n" + OWN);

        assertThat(policy.offerRules(later.minusMillis(1)).offerFor())
                .isEqualTo(Duration.ofSeconds(20));
        assertThat(policy.offerRules(later).offerFor()).isEqualTo(Duration.ofMinutes(10));
        assertThat(policy.offerRules())
                .containsOnlyKeys(Instant.MIN, later)
                .containsEntry(later, policy.offerRules(later));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    lasts: 10 minutes               | lasts: 0 seconds                  | 3 | write a time from 1 second to 10 minutes, in seconds, minutes or hours
                    lasts: 10 minutes               | lasts: 601 seconds                | 3 | write a time from 1 second to 10 minutes, in seconds, minutes or hours
                    lasts: 10 minutes               | lasts: soon                       | 3 | write a time from 1 second to 10 minutes, in seconds, minutes or hours
                    missed-until-away: 100          | missed-until-away: 0              | 4 | write a whole number from 1 to 100
                    missed-until-away: 100          | missed-until-away: 101            | 4 | write a whole number from 1 to 100
                    missed-until-away: 100          | missed-until-away: 1.5            | 4 | write a whole number from 1 to 100
                    missed-until-away: 100          | missed-until-away: twice          | 4 | write a whole number from 1 to 100
                    preferred-agent-first: 24 hours | preferred-agent-first: 25 hours   | 5 | write a time from 0 seconds to 24 hours, in seconds, minutes or hours
                    again-after-decline: 24 hours   | again-after-decline: 0 seconds    | 6 | write a time from 1 second to 24 hours, in seconds, minutes or hours
                    again-after-decline: 24 hours   | again-after-decline: never        | 6 | write a time from 1 second to 24 hours, in seconds, minutes or hours
                    second-language-after: 24 hours | second-language-after: 0 seconds  | 7 | write always, never or a time from 1 second to 24 hours, in seconds, minutes or hours
                    second-language-after: 24 hours | second-language-after: 25 hours   | 7 | write always, never or a time from 1 second to 24 hours, in seconds, minutes or hours
                    second-language-after: 24 hours | second-language-after: sometimes  | 7 | write always, never or a time from 1 second to 24 hours, in seconds, minutes or hours
                    offline-after: 1 hour           | offline-after: 61 minutes         | 8 | write a time from 1 second to 1 hour, in seconds, minutes or hours
                    """)
    void areRefusedOutOfBoundsWithTheBounds(String right, String wrong, int line, String remedy) {
        String[] keyAndValue = wrong.split(": ");

        assertThat(new OwnPolicy(folder).faultsOverPage(OWN.replace(right, wrong)))
                .containsExactly(
                        new InvalidPolicy.Fault(
                                line,
                                "'" + keyAndValue[1] + "' is not a valid '" + keyAndValue[0] + "'",
                                remedy));
    }

    @Test
    void areRefusedWithUnknownWords() {
        new OwnPolicy(folder)
                .refusesOverPage(OWN + "  rings: 3\n", 9, "'rings' is unknown in 'offers'");
    }

    @Test
    void areRefusedWhereTheHeadingLeavesSomeOut() {
        assertThat(new OwnPolicy(folder).faultsOverPage("offers: {lasts: 20 seconds}"))
                .extracting(InvalidPolicy.Fault::toString)
                .containsExactlyElementsOf(
                        List.of(
                                missing("missed-until-away: 2"),
                                missing("preferred-agent-first: 1 minute"),
                                missing("again-after-decline: 30 seconds"),
                                missing("second-language-after: 2 minutes"),
                                missing("offline-after: 45 seconds")));
    }

    private static String missing(String example) {
        return "line 2: '"
                + example.split(": ")[0]
                + "' is missing in 'offers'; add, for example, '"
                + example
                + "'";
    }

    private SupportPolicy over(String headings) {
        return new OwnPolicy(folder).overPage(headings);
    }
}
