package guichet.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

import java.io.IOException;
import java.io.InputStream;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Holds the calendar to what the tests of other projects expect of theirs. Cases with holidays or
 * hours for single dates are left out: the policy has no single dates yet.
 */
@SuppressWarnings("unchecked")
class BusinessTimeCasesTest {

    @ParameterizedTest
    @MethodSource("weeklyDueCases")
    void findsWhenTheOpenTimeHasPassed(Case given) {
        Duration openTime = Duration.ofSeconds(given.number("seconds"));

        assertThat(given.hours().whenOpenTimeHasPassed(given.instant("start_utc"), openTime))
                .contains(given.instant("expect_utc"));
    }

    @ParameterizedTest
    @MethodSource("weeklyElapsedCases")
    void countsTheOpenTime(Case given) {
        assertThat(given.hours().openTime(given.instant("start_utc"), given.instant("end_utc")))
                .isEqualTo(Duration.ofSeconds(given.number("expect_seconds")));
    }

    @ParameterizedTest
    @MethodSource("weeklyNextOpenCases")
    void findsTheNextOpening(Case given) {
        assertThat(given.hours().nextOpening(given.instant("start_utc")))
                .contains(given.instant("expect_utc"));
    }

    static Stream<Case> weeklyDueCases() {
        return weeklyCases("cases", "due");
    }

    static Stream<Case> weeklyElapsedCases() {
        return weeklyCases("cases", "elapsed");
    }

    static Stream<Case> weeklyNextOpenCases() {
        return weeklyCases("next_open", "next_open");
    }

    private static Stream<Case> weeklyCases(String section, String operation) {
        return ((List<Map<String, Object>>) read().get(section))
                .stream().map(Case::new).filter(given -> given.isWeekly(operation));
    }

    /** JSON is YAML. */
    private static Map<String, Object> read() {
        try (InputStream cases =
                BusinessTimeCasesTest.class.getResourceAsStream("business-time-cases.json")) {
            return new Yaml().load(cases);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    record Case(Map<String, Object> fields) {

        boolean isWeekly(String operation) {
            return fields.get("op").equals(operation)
                    && ((List<?>) fields.get("holidays")).isEmpty()
                    && !fields.containsKey("overrides");
        }

        OpeningHours hours() {
            Map<DayOfWeek, List<LocalSpan>> week = new EnumMap<>(DayOfWeek.class);
            for (DayOfWeek day : DayOfWeek.values()) {
                String key = day.name().substring(0, 3).toLowerCase(Locale.ROOT);
                List<List<String>> spans =
                        ((Map<String, List<List<String>>>) fields.get("hours"))
                                .getOrDefault(key, List.of());
                week.put(
                        day,
                        spans.stream()
                                .map(
                                        span ->
                                                new LocalSpan(
                                                        second(span.get(0)), second(span.get(1))))
                                .toList());
            }
            ZoneId zone = ZoneId.of((String) fields.get("time_zone"));
            return Hours.of(zone, new Week(week));
        }

        Instant instant(String field) {
            return Instant.parse(String.valueOf(fields.get(field)));
        }

        long number(String field) {
            return ((Number) fields.get(field)).longValue();
        }

        private static int second(String time) {
            return time.equals("24:00") ? 86_400 : LocalTime.parse(time).toSecondOfDay();
        }

        @Override
        public String toString() {
            return fields.get("id") + " " + fields.get("source") + ": " + fields.get("test");
        }
    }
}
