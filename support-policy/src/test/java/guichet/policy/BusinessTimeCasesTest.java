package guichet.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Holds the opening hours to what the tests of other projects expect of theirs, case by case, none
 * left out. What each field means stands in the file itself, under {@code how_to_read}. Holidays
 * are special days without spans, overrides special days with them, breaks closures on dates, and
 * what is paused was announced.
 *
 * <p>More files of the same form are held to the same: {@code mvn test -pl support-policy
 * -Dtest=BusinessTimeCasesTest -Dguichet.conformance=/a/folder} reads every {@code .json} file in
 * that folder as well.
 */
@SuppressWarnings("unchecked")
class BusinessTimeCasesTest {

    private static final List<String> SECTIONS =
            List.of("cases", "paused", "next_open", "intervals", "wall_time_resolution");

    @ParameterizedTest
    @MethodSource("cases")
    void answersWhatTheOthersExpect(Case given) {
        switch (given.text("op")) {
            case "due" -> findsWhenTheOpenTimeHasPassed(given);
            case "elapsed" -> countsTheOpenTime(given);
            case "next_open" -> findsTheNextOpening(given);
            case "intervals" -> listsTheOpenings(given);
            case "resolve_wall_time" -> opensAtTheWallTime(given);
            default -> throw new AssertionError("nobody answers " + given.text("op"));
        }
    }

    @Test
    void leavesNoCaseOfItsOwnFileOut() {
        assertThat(SECTIONS.stream().map(section -> read(ownFile(), section).size()))
                .containsExactly(136, 4, 7, 7, 2);
    }

    /** Where others answer the next opening at a tie, ours is the closing before it. */
    private static void findsWhenTheOpenTimeHasPassed(Case given) {
        OpeningHours hours = given.hours();
        Instant due =
                hours.whenOpenTimeHasPassed(
                                given.instant("start"),
                                Duration.ofSeconds(given.number("seconds").longValue()))
                        .orElseThrow();

        assertThat(given.isTagged("boundary-next-open") ? hours.nextOpening(due).get() : due)
                .isEqualTo(given.instant(given.isOfTheirOwn() ? "reference_value" : "expect"));
    }

    private static void countsTheOpenTime(Case given) {
        long seconds =
                given.isOfTheirOwn()
                        ? Math.round(60 * given.number("reference_value").doubleValue())
                        : given.number("expect_seconds").longValue();

        assertThat(given.hours().openTime(given.instant("start"), given.instant("end")))
                .isEqualTo(Duration.ofSeconds(seconds));
    }

    private static void findsTheNextOpening(Case given) {
        assertThat(given.hours().nextOpening(given.instant("start")))
                .contains(given.instant("expect"));
    }

    private static void listsTheOpenings(Case given) {
        List<OpenSpan> expected =
                given.<List<String>>list("expect").stream()
                        .map(span -> new OpenSpan(instant(span.get(0)), instant(span.get(1))))
                        .toList();

        assertThat(
                        given.hours()
                                .openings(
                                        given.instant("start"),
                                        expected.getLast().to().plusSeconds(1)))
                .isEqualTo(expected);
    }

    private static void opensAtTheWallTime(Case given) {
        LocalSpan span = new LocalSpan(second(given.text("time")), 86_400);
        LocalDate date = LocalDate.parse(given.text("date"));

        assertThat(Instant.ofEpochSecond(span.startOn(date, given.zone())))
                .isEqualTo(given.instant("expect"));
    }

    static Stream<Case> cases() throws IOException {
        List<Map<String, Object>> files = new ArrayList<>(List.of(ownFile()));
        String folder = System.getProperty("guichet.conformance");
        if (folder != null) {
            try (Stream<Path> paths = Files.list(Path.of(folder))) {
                paths.filter(path -> path.toString().endsWith(".json"))
                        .sorted()
                        .map(BusinessTimeCasesTest::otherFile)
                        .forEach(files::add);
            }
        }
        return files.stream()
                .flatMap(file -> SECTIONS.stream().flatMap(section -> read(file, section).stream()))
                .map(Case::new);
    }

    static List<Map<String, Object>> read(Map<String, Object> file, String section) {
        return (List<Map<String, Object>>) file.getOrDefault(section, List.of());
    }

    static Map<String, Object> ownFile() {
        try (InputStream file =
                BusinessTimeCasesTest.class.getResourceAsStream("business-time-cases.json")) {
            return parse(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> otherFile(Path path) {
        try (InputStream file = Files.newInputStream(path)) {
            return parse(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** JSON is YAML. */
    private static Map<String, Object> parse(InputStream file) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        return new Yaml(options).load(file);
    }

    private static Instant instant(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    private static int second(String time) {
        return time.equals("24:00") ? 86_400 : LocalTime.parse(time).toSecondOfDay();
    }

    private static List<LocalSpan> spans(List<List<String>> spans) {
        return spans.stream()
                .map(span -> new LocalSpan(second(span.get(0)), second(span.get(1))))
                .toList();
    }

    record Case(Map<String, Object> fields) {

        OpeningHours hours() {
            Map<DayOfWeek, List<LocalSpan>> week = new EnumMap<>(DayOfWeek.class);
            for (DayOfWeek day : DayOfWeek.values()) {
                String key = day.name().substring(0, 3).toLowerCase(Locale.ROOT);
                week.put(day, spans(map("hours").getOrDefault(key, List.of())));
            }
            LocalHours hours = new LocalHours("theirs", zone(), new Week(week), specialDays());
            return Hours.of(hours, breaks()).announcing(paused());
        }

        private Map<LocalDate, SpecialDay> specialDays() {
            Map<LocalDate, SpecialDay> days = new HashMap<>();
            for (String date : this.<String>list("holidays")) {
                days.put(LocalDate.parse(date), new SpecialDay("theirs", "a holiday", List.of()));
            }
            map("overrides")
                    .forEach(
                            (date, spans) ->
                                    days.put(
                                            LocalDate.parse(date),
                                            new SpecialDay("theirs", "other hours", spans(spans))));
            return days;
        }

        private List<Closure.OnDays> breaks() {
            return map("breaks").entrySet().stream()
                    .map(
                            entry ->
                                    new Closure.OnDays(
                                            "theirs",
                                            "a break",
                                            new Days(
                                                    entry.getKey(),
                                                    List.of(),
                                                    List.of(LocalDate.parse(entry.getKey()))),
                                            spans(entry.getValue()),
                                            zone()))
                    .toList();
        }

        private List<Closure.Announced> paused() {
            return this.<List<String>>list("paused").stream()
                    .map(
                            span ->
                                    new AnnouncedClosure(
                                            span.toString(),
                                            BusinessTimeCasesTest.instant(span.get(0)),
                                            BusinessTimeCasesTest.instant(span.get(1)),
                                            Set.of(),
                                            Set.of(),
                                            "paused"))
                    .map(Closure.Announced::new)
                    .toList();
        }

        ZoneId zone() {
            return ZoneId.of(text("time_zone"));
        }

        /**
         * Whether their answer follows rules of their own, and the file gives that of java.time.
         */
        boolean isOfTheirOwn() {
            return Boolean.FALSE.equals(fields.get("reference_agrees"))
                    && fields.containsKey("reference_value");
        }

        boolean isTagged(String tag) {
            return list("tags").contains(tag);
        }

        Instant instant(String field) {
            return BusinessTimeCasesTest.instant(text(field));
        }

        String text(String field) {
            return String.valueOf(fields.get(field));
        }

        Number number(String field) {
            return (Number) fields.get(field);
        }

        <T> List<T> list(String field) {
            return (List<T>) fields.getOrDefault(field, List.of());
        }

        private Map<String, List<List<String>>> map(String field) {
            return (Map<String, List<List<String>>>) fields.getOrDefault(field, Map.of());
        }

        @Override
        public String toString() {
            return fields.getOrDefault("id", "")
                    + " "
                    + fields.get("source")
                    + ": "
                    + fields.get("test");
        }
    }
}
