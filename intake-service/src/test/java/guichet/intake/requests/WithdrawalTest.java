package guichet.intake.requests;

import static guichet.intake.requests.Events.at;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.events.CallEnded;
import guichet.events.ChatEnded;
import guichet.events.EndedBy;
import guichet.policy.Channel;
import guichet.policy.Language;
import guichet.policy.Plan;
import guichet.schemas.Topics;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Instant;

class WithdrawalTest {

    @ParameterizedTest
    @EnumSource(names = {"WAITING", "ASSIGNED"})
    void c4AndC5EndWhatNobodyHasAnswered(RequestState state) {
        assertThat(Withdrawal.of(request(Channel.CHAT, state, null), at(9)))
                .isEqualTo(
                        new Withdrawal.Ends(
                                Topics.CHATS, new ChatEnded("r", at(9), EndedBy.CUSTOMER)));
        assertThat(Withdrawal.of(request(Channel.PHONE, state, null), at(9)))
                .isEqualTo(
                        new Withdrawal.Ends(
                                Topics.CALLBACKS, new CallEnded("r", at(9), EndedBy.CUSTOMER)));
    }

    @ParameterizedTest
    @EnumSource(names = {"ANSWERED", "CONVERTED", "CLOSED"})
    void whatHasBeenAnsweredStays(RequestState state) {
        assertThat(Withdrawal.of(request(Channel.CHAT, state, at(5)), at(9)))
                .isEqualTo(Withdrawal.Refused.ANSWERED);
    }

    @Test
    void whatIsOverWithoutAnAnswerIsOver() {
        assertThat(Withdrawal.of(request(Channel.PHONE, RequestState.WITHDRAWN, null), at(9)))
                .isEqualTo(new Withdrawal.Over());
        assertThat(Withdrawal.of(request(Channel.PHONE, RequestState.CLOSED, null), at(9)))
                .isEqualTo(new Withdrawal.Over());
    }

    @ParameterizedTest
    @EnumSource
    void aTicketIsNotTakenBack(RequestState state) {
        assertThat(Withdrawal.of(request(Channel.WEB, state, null), at(9)))
                .isEqualTo(Withdrawal.Refused.TICKET);
    }

    private static KnownRequest request(
            Channel channel, RequestState state, @Nullable Instant answeredAt) {
        return new KnownRequest(
                "r",
                true,
                state,
                channel,
                Plan.BASIC,
                Language.EN,
                null,
                at(0),
                at(60),
                answeredAt,
                null,
                null,
                null,
                null);
    }
}
