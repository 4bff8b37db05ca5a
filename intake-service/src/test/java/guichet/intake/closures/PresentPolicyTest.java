package guichet.intake.closures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import guichet.chassis.door.LogUnavailable;
import guichet.intake.Noticeboard;
import guichet.policy.AnnouncedClosure;
import guichet.policy.Channel;
import guichet.policy.Language;
import guichet.policy.Line;
import guichet.policy.Plan;
import guichet.policy.Scope;
import guichet.policy.SupportPolicy;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

class PresentPolicyTest {

    private static final Instant NOW = Instant.parse("2026-11-25T20:30:00Z");
    private static final AnnouncedClosure DRILL =
            Noticeboard.closure("2026-11-25T20:00:00Z", "2026-11-25T21:00:00Z");

    private final SupportPolicy file = SupportPolicy.load("support-page");
    private final Noticeboard noticeboard = new Noticeboard();
    private final PresentPolicy policy = new PresentPolicy(file, noticeboard);

    @Test
    void h6ShutsChatAndPhoneWhileAClosureStandsAndLeavesTheWebFormOpen() {
        noticeboard.announce(DRILL);

        assertThat(isOpen(Channel.CHAT)).isFalse();
        assertThat(isOpen(Channel.PHONE)).isFalse();
        assertThat(isOpen(Channel.WEB)).isTrue();
    }

    @Test
    void h6OpensAgainOnceItIsCalledOff() {
        noticeboard.announce(DRILL);
        assertThat(isOpen(Channel.CHAT)).isFalse();

        noticeboard.callOff(DRILL.id());

        assertThat(isOpen(Channel.CHAT)).isTrue();
    }

    @Test
    void t2ReckonsDueAsWhoeverAnnouncesTheSameClosuresToTheSameFile() {
        noticeboard.announce(DRILL);
        SupportPolicy elsewhere = file.announcing(List.of(DRILL));

        for (Channel channel : Channel.values()) {
            Line line = new Line(Language.EN, Plan.BASIC, channel);
            assertThat(policy.withAllClosures().respondBy(line, Scope.IN, NOW))
                    .isEqualTo(elsewhere.respondBy(line, Scope.IN, NOW));
        }
    }

    @Test
    void isWorkedOutOnceForEachBoard() {
        noticeboard.announce(DRILL);

        assertThat(policy.withAllClosures()).isSameAs(policy.asFarAsKnown());
    }

    @Test
    void h6KnowsTheFileAloneUntilTheAnnouncementsAreRead() {
        noticeboard.forget();

        assertThat(policy.asFarAsKnown()).isSameAs(file);
        assertThatThrownBy(policy::withAllClosures).isInstanceOf(LogUnavailable.class);
    }

    private boolean isOpen(Channel channel) {
        return policy.withAllClosures()
                .hours(new Line(Language.EN, Plan.BASIC, channel))
                .isOpen(NOW);
    }
}
