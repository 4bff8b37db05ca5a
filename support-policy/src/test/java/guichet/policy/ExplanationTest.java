package guichet.policy;

import static guichet.policy.Language.EN;
import static guichet.policy.Language.PT;
import static guichet.policy.Lines.chat;
import static guichet.policy.Lines.web;
import static guichet.policy.Plan.BASIC;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import guichet.policy.Stretch.State;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

class ExplanationTest {

    private static final ZoneId BRASILIA = ZoneId.of("America/Sao_Paulo");
    private static final String PT_HOURS = "Mon-Fri 09:00-12:00 13:00-18:00 America/Sao_Paulo";
    private static final String MEETING =
            "closed for the weekly support meeting, weekly tue 08:00-09:00 America/Los_Angeles";

    private final SupportPolicy policy = SupportPolicy.load("support-page");

    @Test
    void namesEveryStretchCountedAndSkippedWithItsRuleInJanuaryT2H2H5() {
        Instant asked = brasilia("2026-01-06T11:50");

        Explanation explanation = policy.explain(chat(PT, BASIC), Scope.IN, asked);

        assertThat(explanation.target()).isEqualTo(respondBy(asked));
        assertThat(explanation.policyVersion()).isEqualTo(policy.version());
        assertThat(explanation.rules())
                .containsExactly(
                        new AppliedRule("T2", "chat, 15 minutes of open time"),
                        new AppliedRule("H2", "pt BASIC CHAT " + PT_HOURS),
                        new AppliedRule("H5", MEETING));
        assertThat(explanation.stretches())
                .containsExactly(
                        stretch("11:50", "12:00", State.COUNTED, "H2", PT_HOURS),
                        stretch("12:00", "13:00", State.OUTSIDE_HOURS, "H2", PT_HOURS),
                        stretch("13:00", "14:00", State.CLOSURE, "H5", MEETING),
                        stretch("14:00", "14:05", State.COUNTED, "H2", PT_HOURS));
    }

    @Test
    void namesTheLunchBreakAloneWhereTheMeetingFallsIntoItInJulyH5() {
        assertThat(
                        policy.explain(chat(PT, BASIC), Scope.IN, brasilia("2026-07-07T11:50"))
                                .stretches())
                .extracting(Stretch::state)
                .containsExactly(State.COUNTED, State.OUTSIDE_HOURS, State.COUNTED);
    }

    @Test
    void namesClosuresAnnouncedAtRunTimeH6() {
        SupportPolicy announcing =
                policy.announcing(
                        List.of(
                                new AnnouncedClosure(
                                        "drill-7",
                                        brasilia("2026-01-07T09:05"),
                                        brasilia("2026-01-07T09:35"),
                                        Set.of(Channel.CHAT),
                                        Set.of(),
                                        "a fire drill")));

        Explanation explanation =
                announcing.explain(chat(PT, BASIC), Scope.IN, brasilia("2026-01-07T09:00"));

        assertThat(explanation.stretches())
                .extracting(Stretch::state, Stretch::duration, Stretch::reason)
                .contains(
                        tuple(
                                State.ANNOUNCED_CLOSURE,
                                Duration.ofMinutes(30),
                                "closed for a fire drill, announced as drill-7"));
        assertThat(explanation.target().orElseThrow().due())
                .isEqualTo(brasilia("2026-01-07T09:45"));
    }

    @Test
    void isShortForWhatIsOutOfScopeS2() {
        Explanation explanation =
                policy.explain(web(EN, BASIC), Scope.OUT, brasilia("2026-01-06T11:50"));

        assertThat(explanation.target()).isEmpty();
        assertThat(explanation.stretches()).isEmpty();
        assertThat(explanation.rules()).containsExactly(new AppliedRule("S2", "out of scope"));
    }

    @Test
    void readsWellInTheZoneOfTheReader() {
        Explanation explanation =
                policy.explain(
                        chat(PT, BASIC), Scope.IN, brasilia("2026-01-06T11:50").plusMillis(500));

        assertThat(explanation.inWords(ZoneId.of("Europe/Lisbon")))
                .isEqualTo(
                        """
                        pt BASIC CHAT, created Tue 2026-01-06 14:50:00.5
                        times in Europe/Lisbon; policy %s
                          T2: chat, 15 minutes of open time
                          H2: pt BASIC CHAT %s
                          H5: %s
                        Tue 2026-01-06 14:50:00.5 - Tue 2026-01-06 15:00:00  counts 0:09:59.5, H2: %s
                        Tue 2026-01-06 15:00:00 - Tue 2026-01-06 16:00:00  outside hours, H2: %s
                        Tue 2026-01-06 16:00:00 - Tue 2026-01-06 17:00:00  H5: %s
                        Tue 2026-01-06 17:00:00 - Tue 2026-01-06 17:05:00.5  counts 0:05:00.5, H2: %s
                        due soon Tue 2026-01-06 17:02:00.5
                        due      Tue 2026-01-06 17:05:00.5, after 15 minutes of open time
                        """
                                .formatted(
                                        policy.version(),
                                        PT_HOURS,
                                        MEETING,
                                        PT_HOURS,
                                        PT_HOURS,
                                        MEETING,
                                        PT_HOURS));
    }

    private Optional<ResponseTarget> respondBy(Instant asked) {
        return policy.respondBy(chat(PT, BASIC), Scope.IN, asked);
    }

    private static Stretch stretch(String from, String to, State state, String row, String reason) {
        return new Stretch(
                brasilia("2026-01-06T" + from), brasilia("2026-01-06T" + to), state, row, reason);
    }

    private static Instant brasilia(String local) {
        return LocalDateTime.parse(local).atZone(BRASILIA).toInstant();
    }
}
