package guichet.policy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Stands in until the policy file is read. */
final class BundledPolicies {

    private BundledPolicies() {}

    static SupportPolicy load(String location) {
        boolean demo = location.equals("demo");
        Map<Line, LinePolicy> lines = new HashMap<>();
        for (Language language : Language.values()) {
            ZoneId zone =
                    ZoneId.of(
                            language == Language.EN ? "America/Los_Angeles" : "America/Sao_Paulo");
            for (Plan plan : Plan.values()) {
                for (Channel channel : Channel.values()) {
                    lines.put(
                            new Line(language, plan, channel),
                            demo
                                    ? demo(zone, channel)
                                    : supportPage(language, zone, plan, channel));
                }
            }
        }
        Map<String, Scope> topics = new LinkedHashMap<>();
        topics.put("site-editor", Scope.IN);
        topics.put("billing", Scope.IN);
        topics.put("design-advice", Scope.OUT);
        topics.put("legal-advice", Scope.OUT);
        topics.put("custom-code", Scope.OUT);
        Map<Impact, Priority> byImpact = new HashMap<>();
        for (Impact impact : Impact.values()) {
            byImpact.put(impact, Priority.valueOf(impact.name()));
        }
        return new SupportPolicy(
                demo ? "demo00000000" : "page00000000",
                lines,
                topics,
                new PriorityTable(
                        byImpact,
                        Map.of(Channel.PHONE, Map.of(Impact.HIGH, Priority.URGENT)),
                        Priority.LOW,
                        Map.of(
                                Priority.URGENT,
                                demo ? Duration.ofSeconds(10) : Duration.ofHours(4),
                                Priority.HIGH,
                                demo ? Duration.ofSeconds(5) : Duration.ofHours(1)),
                        Map.of()),
                0.0,
                demo ? Duration.ofSeconds(20) : Duration.ofMinutes(30));
    }

    private static LinePolicy demo(ZoneId zone, Channel channel) {
        Map<DayOfWeek, List<LocalSpan>> week = new HashMap<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            week.put(day, List.of(new LocalSpan(0, 86400)));
        }
        Duration target =
                Duration.ofSeconds(
                        switch (channel) {
                            case CHAT -> 8;
                            case PHONE -> 6;
                            case WEB -> 15;
                        });
        return new LinePolicy(
                new OpeningHours(new WeeklySpans(zone, week), List.of()),
                new Target.OpenTime(target),
                new Share(600),
                List.of("demo: " + channel + ", " + target.toSeconds() + " seconds"));
    }

    private static LinePolicy supportPage(
            Language language, ZoneId zone, Plan plan, Channel channel) {
        boolean longer = plan != Plan.BASIC && channel != Channel.PHONE;
        boolean always = plan == Plan.ENTERPRISE && channel == Channel.CHAT;
        List<LocalSpan> spans =
                longer
                        ? List.of(new LocalSpan(0, 86400))
                        : language == Language.EN
                                ? List.of(new LocalSpan(12 * 3600, 17 * 3600))
                                : List.of(
                                        new LocalSpan(9 * 3600, 12 * 3600),
                                        new LocalSpan(13 * 3600, 18 * 3600));
        Map<DayOfWeek, List<LocalSpan>> week = new HashMap<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            if (always || day.getValue() < 6) {
                week.put(day, spans);
            }
        }
        List<Closure> closures = new ArrayList<>();
        if (channel != Channel.WEB) {
            closures.add(
                    new Closure.Weekly(
                            "H5",
                            "weekly support meeting",
                            new WeeklySpans(
                                    ZoneId.of("America/Los_Angeles"),
                                    Map.of(
                                            DayOfWeek.TUESDAY,
                                            List.of(new LocalSpan(8 * 3600, 9 * 3600))))));
        }
        boolean fast = plan == Plan.AGENCY || plan == Plan.ENTERPRISE;
        Target target =
                switch (channel) {
                    case WEB -> fast ? new Target.HalfBusinessDay() : new Target.BusinessDays(1);
                    case CHAT -> new Target.OpenTime(Duration.ofMinutes(fast ? 5 : 15));
                    case PHONE -> new Target.OpenTime(Duration.ofMinutes(fast ? 2 : 5));
                };
        return new LinePolicy(
                new OpeningHours(new WeeklySpans(zone, week), closures),
                target,
                new Share(800),
                List.of("T1-T4: " + target));
    }
}
