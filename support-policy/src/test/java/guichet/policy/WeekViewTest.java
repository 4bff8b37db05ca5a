package guichet.policy;

import static guichet.policy.Language.EN;
import static guichet.policy.Language.ES;
import static guichet.policy.Lines.chat;
import static guichet.policy.Lines.phone;
import static guichet.policy.Plan.BASIC;
import static guichet.policy.Plan.ENTERPRISE;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;

class WeekViewTest {

    private final SupportPolicy policy = SupportPolicy.load("support-page");

    @Test
    void showsTheWeekOfADateInTheZoneAndLanguageOfTheCustomerH2() {
        WeekView week =
                policy.week(phone(ES, BASIC), LocalDate.of(2026, 1, 7), ZoneId.of("Europe/Madrid"));

        assertThat(week.monday()).isEqualTo("2026-01-05");
        assertThat(week.inWords(Locale.of("es")))
                .isEqualTo(
                        """
                        lun 2026-01-05  13:00-16:00  17:00-22:00
                        mar 2026-01-06  13:00-16:00  18:00-22:00
                        mié 2026-01-07  13:00-16:00  17:00-22:00
                        jue 2026-01-08  13:00-16:00  17:00-22:00
                        vie 2026-01-09  13:00-16:00  17:00-22:00
                        sáb 2026-01-10  -
                        dom 2026-01-11  -
                        """);
    }

    @Test
    void partsOpeningsAtTheMidnightsOfTheCustomerH1() {
        WeekView week =
                policy.week(
                        phone(EN, BASIC), LocalDate.of(2026, 7, 6), ZoneId.of("Asia/Kathmandu"));

        assertThat(week.inWords(Locale.ENGLISH).lines())
                .startsWith("Mon 2026-07-06  -", "Tue 2026-07-07  00:45-05:45")
                .endsWith("Sat 2026-07-11  00:45-05:45", "Sun 2026-07-12  -");
    }

    @Test
    void cannotBeChanged() {
        LocalDate monday = LocalDate.of(2026, 3, 9);
        WeekView week = policy.week(chat(EN, ENTERPRISE), monday, ZoneId.of("Etc/UTC"));

        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> week.openings().remove(monday));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> week.openings().get(monday).clear());
    }

    @Test
    void showsTheMissingHourOfTheDayTheClocksGoForwardH4() {
        WeekView week =
                policy.week(
                        chat(EN, ENTERPRISE),
                        LocalDate.of(2026, 3, 8),
                        ZoneId.of("America/Los_Angeles"));

        assertThat(week.openings().get(LocalDate.of(2026, 3, 8)))
                .singleElement()
                .satisfies(
                        day ->
                                assertThat(Duration.between(day.from(), day.to()))
                                        .isEqualTo(Duration.ofHours(23)));
        assertThat(week.inWords(Locale.ENGLISH)).contains("Sun 2026-03-08  00:00-24:00");
    }
}
