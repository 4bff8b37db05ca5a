package guichet.routing.agents;

import guichet.chassis.door.Problems;
import guichet.chassis.forms.Fault;
import guichet.policy.Language;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

import java.util.List;

/** The problems that only the agents' door has, to be thrown. */
final class AgentProblems {

    private AgentProblems() {}

    /** 404: nothing is said of contacts that are not the agent's, not even that they exist. */
    static ErrorResponseException noSuchContact() {
        return thrown(
                Problems.problem(
                        HttpStatus.NOT_FOUND,
                        "no-such-contact",
                        "You hold no such contact",
                        "It does not exist, is over, or is not yours. Take its offer first, or"
                                + " check the id."));
    }

    /** 404: not the id of any offer. */
    static ErrorResponseException noSuchOffer() {
        return thrown(
                Problems.problem(
                        HttpStatus.NOT_FOUND,
                        "no-such-offer",
                        "This is not the id of an offer",
                        "An offer's id is that of its contact, a slash and a number, as OfferMade"
                                + " gives it."));
    }

    /** 409: the channel knows no such step. */
    static ErrorResponseException doesNotFit(HeldContact contact) {
        ProblemDetail problem =
                Problems.problem(
                        HttpStatus.CONFLICT,
                        "does-not-fit-channel",
                        "The contact's channel has no such step",
                        switch (contact.channel()) {
                            case WEB -> "A ticket is answered, and solved when it is done.";
                            case CHAT -> "A chat is answered, and ended when it is over.";
                            case PHONE -> "A call is answered, and ended when it is over.";
                        });
        problem.setProperty("channel", contact.channel());
        return thrown(problem);
    }

    /** 409: an answer to an offer came to nothing. */
    static ErrorResponseException refused(Verdict.Refused refused) {
        ProblemDetail problem =
                Problems.problem(
                        HttpStatus.CONFLICT,
                        "offer-refused",
                        "The answer to the offer came to nothing",
                        switch (refused.reason()) {
                            case Verdict.ALREADY_YOURS ->
                                    "You have taken it: the contact is yours.";
                            case Verdict.DECLINED -> "You have declined it.";
                            case Verdict.EXPIRED -> "Its time has passed; wait for the next one.";
                            case Verdict.RESCINDED ->
                                    "The desk has taken it back; wait for the next one.";
                            default -> "You have no such offer; watch GET /api/agents/me/offers.";
                        });
        problem.setProperty("reason", refused.reason());
        return thrown(problem);
    }

    /** 400: a Last-Event-ID that no stream gave out. */
    static ErrorResponseException unknownEvent() {
        Fault fault =
                new Fault(
                        OfferStreamController.LAST_EVENT_ID,
                        english ->
                                "must be the id of an event of this stream; leave it out to begin"
                                        + " with the offers that are open now");
        return thrown(Problems.invalid(List.of(fault)).in(Language.EN));
    }

    /** 410: what came after a Last-Event-ID is not all kept any more. */
    static ErrorResponseException eventsGone() {
        return thrown(
                Problems.problem(
                        HttpStatus.GONE,
                        "events-gone",
                        "What you missed is not kept any more",
                        "Open the stream without Last-Event-ID: it begins with the offers that are"
                                + " open now."));
    }

    private static ErrorResponseException thrown(ProblemDetail problem) {
        return new ErrorResponseException(HttpStatus.valueOf(problem.getStatus()), problem, null);
    }
}
