package guichet.routing.agents;

import guichet.chassis.forms.Form;
import guichet.chassis.forms.Texts;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import java.io.IOException;
import java.io.InputStream;

/** An offer's id may stand in the path as it is, or with its slash encoded. */
@RestController
class OfferController {

    private static final int LONGEST_REASON = 500;

    private final OfferAnswers answers;

    OfferController(OfferAnswers answers) {
        this.answers = answers;
    }

    /**
     * What an agent is told of their answer.
     *
     * @param outcome TAKEN, DECLINED or PENDING
     * @param message what to do; null where nothing is to be done
     */
    record Reply(String offerId, String contactId, String outcome, @Nullable String message) {}

    @PostMapping("/api/offers/{contactId}/{number}/accept")
    ResponseEntity<Reply> accept(
            @AuthenticationPrincipal Agent agent,
            @PathVariable String contactId,
            @PathVariable String number) {
        return accept(agent, contactId + "/" + number);
    }

    @PostMapping("/api/offers/{id}/accept")
    ResponseEntity<Reply> accept(@AuthenticationPrincipal Agent agent, @PathVariable String id) {
        OfferId offer = OfferId.of(id).orElseThrow(AgentProblems::noSuchOffer);
        return respond(offer, "TAKEN", answers.accept(agent.id(), offer));
    }

    @PostMapping("/api/offers/{contactId}/{number}/decline")
    ResponseEntity<Reply> decline(
            @AuthenticationPrincipal Agent agent,
            @PathVariable String contactId,
            @PathVariable String number,
            InputStream body)
            throws IOException {
        return decline(agent, contactId + "/" + number, body);
    }

    @PostMapping("/api/offers/{id}/decline")
    ResponseEntity<Reply> decline(
            @AuthenticationPrincipal Agent agent, @PathVariable String id, InputStream body)
            throws IOException {
        OfferId offer = OfferId.of(id).orElseThrow(AgentProblems::noSuchOffer);
        Form form = Form.readIfSent(body);
        String reason = form.optional("reason", Texts.prose(LONGEST_REASON));
        form.complete(offer);
        return respond(offer, "DECLINED", answers.decline(agent.id(), offer, reason));
    }

    private static ResponseEntity<Reply> respond(OfferId offer, String wished, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Agreed() ->
                    ResponseEntity.ok(new Reply(offer.text(), offer.contactId(), wished, null));
            case Verdict.Refused refused -> throw AgentProblems.refused(refused);
            case Verdict.Pending() ->
                    ResponseEntity.accepted()
                            .body(
                                    new Reply(
                                            offer.text(),
                                            offer.contactId(),
                                            "PENDING",
                                            "The desk has your answer and has not decided yet."
                                                    + " Watch GET /api/agents/me/offers, or send the"
                                                    + " same again: it is safe to repeat."));
        };
    }
}
