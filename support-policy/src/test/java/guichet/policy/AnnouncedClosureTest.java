package guichet.policy;

import static guichet.policy.Language.EN;
import static guichet.policy.Language.ES;
import static guichet.policy.Language.PT;
import static guichet.policy.Lines.chat;
import static guichet.policy.Lines.phone;
import static guichet.policy.Lines.web;
import static guichet.policy.Plan.BASIC;
import static guichet.policy.Plan.ENTERPRISE;
import static guichet.policy.Plan.TEAM;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Meetings beside the weekly one: announced while the desk runs, or switched on in its policy. */
class AnnouncedClosureTest {

    private static final Set<Channel> PHONE_AND_CHAT = EnumSet.of(Channel.PHONE, Channel.CHAT);

    private final SupportPolicy page = SupportPolicy.load("support-page");

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"2026-01-07T13:00", "2026-07-08T13:00"})
    void shutsPhoneAndChatAtOnceAndLeavesTheWebFormOpenH6(String local) {
        Instant from = pacific(local);
        SupportPolicy policy = page.announcing(List.of(meeting(from, PHONE_AND_CHAT, Set.of())));

        for (Plan plan : Plan.values()) {
            assertThat(policy.hours(chat(EN, plan)).isOpen(from)).isFalse();
            assertThat(policy.hours(phone(EN, plan)).isOpen(from)).isFalse();
            assertThat(policy.hours(web(EN, plan)).isOpen(from)).isTrue();
        }
        assertThat(policy.hours(chat(EN, BASIC)).isOpen(from.minusNanos(1))).isTrue();
        assertThat(policy.hours(chat(EN, BASIC)).isOpen(hourAfter(from))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-01-07T13:00", "2026-07-08T13:00"})
    void namesItsEndAsTheNextOpeningC6H6(String local) {
        Instant from = pacific(local);
        SupportPolicy policy = page.announcing(List.of(meeting(from, PHONE_AND_CHAT, Set.of())));

        assertThat(policy.hours(chat(EN, BASIC)).nextOpening(from)).contains(hourAfter(from));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-01-07T13:00", "2026-07-08T13:00"})
    void standsTheClocksOfContactsThatWaitAlreadyH6T2T3(String local) {
        Instant from = pacific(local);
        Instant created = from.minus(Duration.ofMinutes(2));
        SupportPolicy policy = page.announcing(List.of(meeting(from, PHONE_AND_CHAT, Set.of())));

        assertThat(due(policy, chat(EN, BASIC), created))
                .isEqualTo(hourAfter(from).plus(Duration.ofMinutes(13)));
        assertThat(due(policy, phone(EN, BASIC), created))
                .isEqualTo(hourAfter(from).plus(Duration.ofMinutes(3)));
        assertThat(due(policy, web(EN, BASIC), created))
                .isEqualTo(due(page, web(EN, BASIC), created));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-01-07T13:00", "2026-07-08T13:00"})
    void isForgottenWhenCalledOffH6(String local) {
        Instant from = pacific(local);
        SupportPolicy announced = page.announcing(List.of(meeting(from, Set.of(), Set.of())));

        SupportPolicy calledOff = announced.announcing(List.of());

        for (Line line : Line.all()) {
            assertThat(calledOff.hours(line).openings(from, from.plus(Duration.ofDays(7))))
                    .isEqualTo(page.hours(line).openings(from, from.plus(Duration.ofDays(7))));
        }
    }

    @Test
    void shutsOnlyTheLanguagesItNamesH6() {
        Instant from = brasilia("2026-07-08T14:00");
        SupportPolicy policy = page.announcing(List.of(meeting(from, Set.of(), EnumSet.of(PT))));

        assertThat(policy.hours(web(PT, BASIC)).isOpen(from)).isFalse();
        assertThat(policy.hours(chat(ES, BASIC)).isOpen(from)).isTrue();
        assertThat(policy.hours(chat(EN, ENTERPRISE)).isOpen(from)).isTrue();
    }

    @Test
    void shutsEveryLineWhereItNamesNoneH6() {
        Instant from = pacific("2026-07-08T13:00");
        SupportPolicy policy = page.announcing(List.of(meeting(from, Set.of(), Set.of())));

        assertThat(Line.all()).noneMatch(line -> policy.hours(line).isOpen(from));
    }

    @Test
    void addsToTheOtherClosuresH5H6() {
        Instant from = pacific("2026-07-07T08:30");
        SupportPolicy policy = page.announcing(List.of(meeting(from, PHONE_AND_CHAT, Set.of())));

        assertThat(policy.hours(chat(EN, TEAM)).nextOpening(pacific("2026-07-07T08:00")))
                .contains(pacific("2026-07-07T09:30"));
    }

    @Test
    void shutsEverySecondThatItTouchesH6() {
        Instant from = Instant.parse("2026-07-08T20:00:00.900Z");
        AnnouncedClosure closure =
                new AnnouncedClosure(
                        "a", from, from.plusMillis(200), Set.of(), Set.of(), "a test of the line");

        assertThat(closure.from()).isEqualTo("2026-07-08T20:00:00Z");
        assertThat(closure.to()).isEqualTo("2026-07-08T20:00:02Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1H", "P367D"})
    void isRefusedUnlessItEndsAfterItBeginsAndWithinAYearH6(Duration lasting) {
        Instant from = pacific("2026-07-08T13:00");

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new AnnouncedClosure(
                                        "a", from, from.plus(lasting), Set.of(), Set.of(), "why"))
                .withMessageContaining("ends after it begins and within a year");
    }

    @Test
    void canBeMadeAgainOfWhatItSaysH6() {
        Instant from = Instant.parse("2026-07-08T20:00:00.900Z");
        AnnouncedClosure longest =
                new AnnouncedClosure(
                        "a", from, from.plus(Duration.ofDays(366)), Set.of(), Set.of(), "why");

        assertThat(
                        new AnnouncedClosure(
                                "a", longest.from(), longest.to(), Set.of(), Set.of(), "why"))
                .isEqualTo(longest);
    }

    @Test
    void mayLastAYearToTheNanosecondH6() {
        Instant from = Instant.parse("2026-07-08T20:00:00.900Z");

        assertThat(
                        new AnnouncedClosure(
                                        "a",
                                        from,
                                        from.plus(Duration.ofDays(366)),
                                        Set.of(),
                                        Set.of(),
                                        "why")
                                .to())
                .isEqualTo("2027-07-09T20:00:01Z");
    }

    @Test
    void isRefusedAtTheEndOfTimeH6() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new AnnouncedClosure(
                                        "a",
                                        Instant.MAX.minusSeconds(1),
                                        Instant.MAX,
                                        Set.of(),
                                        Set.of(),
                                        "why"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-07T09:00, true",
        "2026-01-07T10:00, false",
        "2026-01-14T09:30, false",
        "2026-07-01T08:59:59, false",
        "2026-07-01T09:00, true",
        "2026-07-01T09:59:59, true",
        "2026-07-08T09:30, false"
    })
    void shutsForTheMonthlyMeetingOnceItIsSwitchedOnH6(String local, boolean shut)
            throws IOException {
        assertShut(pacific(local), shut);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-19T09:30, false",
        "2026-12-03T09:00, true",
        "2026-12-10T09:30, false",
        "2027-01-07T09:30, false",
        "2027-01-14T09:00, true",
        "2027-01-14T10:00, false",
        "2027-07-01T09:59:59, true",
        "2027-07-08T09:30, false",
        "2027-07-15T09:30, true"
    })
    void shutsForTheBiWeeklyMeetingOnceItIsSwitchedOnH6(String local, boolean shut)
            throws IOException {
        assertShut(pacific(local), shut);
    }

    private void assertShut(Instant at, boolean shut) throws IOException {
        SupportPolicy switchedOn = withItsExamplesSwitchedOn();

        assertThat(switchedOn.hours(chat(EN, TEAM)).isOpen(at)).isEqualTo(!shut);
        assertThat(switchedOn.hours(chat(PT, ENTERPRISE)).isOpen(at)).isEqualTo(!shut);
        assertThat(switchedOn.hours(web(EN, TEAM)).isOpen(at)).isTrue();
        assertThat(page.hours(chat(EN, TEAM)).isOpen(at)).isTrue();
    }

    private SupportPolicy withItsExamplesSwitchedOn() throws IOException {
        try (InputStream shipped = SupportPolicy.class.getResourceAsStream("support-page.yaml")) {
            String text = new String(shipped.readAllBytes(), StandardCharsets.UTF_8);
            Path file =
                    Files.writeString(
                            folder.resolve("desk.yaml"),
                            text.replaceAll(" +switched-off: true\n", ""));
            return SupportPolicy.load(file.toUri().toString());
        }
    }

    private static AnnouncedClosure meeting(
            Instant from, Set<Channel> channels, Set<Language> languages) {
        return new AnnouncedClosure(
                "a", from, hourAfter(from), channels, languages, "an extra meeting");
    }

    private static Instant hourAfter(Instant from) {
        return from.plus(Duration.ofHours(1));
    }

    private static Instant due(SupportPolicy policy, Line line, Instant created) {
        return policy.respondBy(line, Scope.IN, created).orElseThrow().due();
    }

    private static Instant pacific(String local) {
        return LocalDateTime.parse(local).atZone(ZoneId.of("America/Los_Angeles")).toInstant();
    }

    private static Instant brasilia(String local) {
        return LocalDateTime.parse(local).atZone(ZoneId.of("America/Sao_Paulo")).toInstant();
    }
}
