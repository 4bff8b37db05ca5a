package guichet.intake.contacts;

import guichet.chassis.Wordless;
import guichet.chassis.door.EventLog;
import guichet.chassis.door.LogFull;
import guichet.chassis.door.LogUnavailable;
import guichet.chassis.door.Problems;
import guichet.chassis.forms.Form;
import guichet.chassis.forms.InvalidForm;
import guichet.chassis.forms.TooLargeBody;
import guichet.chassis.forms.UnreadableBody;
import guichet.intake.closures.PresentPolicy;
import guichet.intake.contacts.ContactCounts.Ending;
import guichet.intake.contacts.RecentAnswers.Remembered;
import guichet.intake.identity.Caller;
import guichet.intake.words.Words;
import guichet.policy.Channel;
import guichet.policy.Language;
import guichet.policy.SupportPolicy;

import io.opentelemetry.context.Context;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The way of every request from HTTP to the log and back. A 201 is given only for what the log has
 * confirmed.
 */
public final class ContactDoor {

    private static final Logger log = LoggerFactory.getLogger(ContactDoor.class);

    private final EventLog contacts;
    private final PresentPolicy policy;
    private final ContactIds ids;
    private final InstantSource clock;
    private final RecentAnswers answers;
    private final RecentAnswers untold;
    private final ContactCounts counts;
    private final FirstTries firstTries;
    private final Onlooker onlooker;

    /**
     * @param answers to requests with a key
     * @param untold answers to requests without one whose senders have not heard them
     */
    ContactDoor(
            EventLog contacts,
            PresentPolicy policy,
            ContactIds ids,
            InstantSource clock,
            RecentAnswers answers,
            RecentAnswers untold,
            ContactCounts counts,
            FirstTries firstTries,
            Onlooker onlooker) {
        this.contacts = contacts;
        this.policy = policy;
        this.ids = ids;
        this.clock = clock;
        this.answers = answers;
        this.untold = untold;
        this.counts = counts;
        this.firstTries = firstTries;
        this.onlooker = onlooker;
    }

    /**
     * Takes a request in.
     *
     * @param keyHeader the Idempotency-Key as sent, null where there was none
     * @param accepted the language to answer in where the request declares none of ours
     * @return 201 with the {@link Answer}; 409 while the line is closed; 422 for a key that was
     *     used for another body; 429 where more requests are on their way to the log than it should
     *     have to take; 503 while the log does not confirm, and for a chat or a callback also while
     *     it is not known which closures stand
     * @throws InvalidForm for a request with faults
     * @throws UnreadableBody for a body that is no JSON object
     * @throws TooLargeBody for a body over the limit
     * @throws IOException where the sender went away
     */
    public <C extends Caller, R extends ContactRequest> ResponseEntity<?> take(
            Reception<C, R> reception,
            C caller,
            @Nullable String keyHeader,
            Language accepted,
            InputStream body)
            throws IOException {
        return take(reception, caller, keyHeader, accepted, new JsonSubmission(body));
    }

    /**
     * Takes a request in that may be more than a form; answers and throws as above, and answers 503
     * also while what comes with the form cannot be kept.
     */
    public <C extends Caller, R extends ContactRequest> ResponseEntity<?> take(
            Reception<C, R> reception,
            C caller,
            @Nullable String keyHeader,
            Language accepted,
            Submission sent)
            throws IOException {
        try {
            Form form = sent.form();
            IdempotencyKey key = IdempotencyKey.read(keyHeader, form);
            R request = form.complete(reception.read(form, caller));
            return admit(reception, request, key, sent, form.language().orElse(accepted));
        } catch (InvalidForm | UnreadableBody | TooLargeBody e) {
            counts.count(reception.channel(), null, Ending.INVALID);
            throw e;
        } catch (StoreUnavailable unavailable) {
            return notTaken(reception, "none yet", unavailable, accepted);
        }
    }

    private <R extends ContactRequest> ResponseEntity<?> admit(
            Reception<?, R> reception,
            R request,
            @Nullable IdempotencyKey key,
            Submission sent,
            Language language) {
        UUID id = ids.idFor(reception.channel(), request.requester(), key);
        try {
            String fingerprint = sent.fingerprint();
            if (key == null) {
                // Sent once more, as it was told, by somebody who never heard that it was taken.
                UUID alike = ids.alike(reception.channel(), request.requester(), fingerprint);
                Remembered first =
                        told(
                                untold.once(
                                        alike,
                                        fingerprint,
                                        () -> decided(reception, request, id, false, sent)));
                untold.forget(alike);
                return respond(first.reply());
            }
            Remembered first =
                    told(
                            answers.once(
                                    id,
                                    fingerprint,
                                    () -> decided(reception, request, id, true, sent)));
            return first.fingerprint().equals(fingerprint)
                    ? respond(first.reply())
                    : keyReused(reception, language);
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case LogUnavailable unavailable -> {
                    return notTaken(reception, id, unavailable, language);
                }
                case StoreUnavailable unavailable -> {
                    return notTaken(reception, id, unavailable, language);
                }
                case LogFull full -> {
                    return overloaded(reception, language);
                }
                case null, default -> throw e;
            }
        }
    }

    private Remembered told(CompletableFuture<Remembered> outcome) {
        return contacts.inTime(outcome).join();
    }

    private ResponseEntity<?> overloaded(Reception<?, ?> reception, Language language) {
        counts.count(reception.channel(), null, Ending.OVERLOADED);
        return Problems.tooMany().answer(language);
    }

    private <R extends ContactRequest> CompletableFuture<Reply> decided(
            Reception<?, R> reception, R request, UUID id, boolean repeatable, Submission sent) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return switch (outcome(reception, request, id, repeatable, now)) {
            case Outcome.Closed closed -> {
                counts.count(reception.channel(), closed.language(), Ending.CLOSED);
                yield CompletableFuture.completedFuture(closed);
            }
            case Outcome.Accepted accepted -> {
                contacts.requireRoom();
                // Before the log: an event must never speak of a file that is not there.
                sent.keep(id);
                yield contacts.insist(reception.topic(), accepted.event(), now)
                        .thenCompose(confirmed -> onlooker.taken(accepted))
                        .thenApply(
                                // On another thread, but about the same request.
                                Context.current().wrapFunction(noted -> confirmed(accepted)));
            }
        };
    }

    /**
     * A line that was open when the contact was first asked for may have closed before the repeat.
     * The first may stand in the log: then the desk serves it, and its customer must not hear
     * otherwise.
     */
    private <R extends ContactRequest> Outcome outcome(
            Reception<?, R> reception, R request, UUID id, boolean repeatable, Instant now) {
        SupportPolicy present = policyFor(reception.channel());
        Outcome outcome = reception.decide(id, request, present, now);
        if (!repeatable || !(outcome instanceof Outcome.Closed)) {
            return outcome;
        }
        return firstTries
                .of(id, now)
                .map(first -> reception.decide(id, request, present, first))
                .filter(Outcome.Accepted.class::isInstance)
                .orElse(outcome);
    }

    /** The web form takes tickets at any hour and is shut by no meeting (H5). */
    private SupportPolicy policyFor(Channel channel) {
        return channel == Channel.WEB ? policy.asFarAsKnown() : policy.withAllClosures();
    }

    private Answer confirmed(Outcome.Accepted accepted) {
        Answer answer = accepted.answer();
        counts.count(answer.channel(), accepted.language(), Ending.ACCEPTED);
        log.atInfo()
                .addKeyValue("contact.id", answer.id())
                .addKeyValue("contact.channel", answer.channel())
                .log("Took a contact in");
        return answer;
    }

    private static ResponseEntity<?> respond(Reply reply) {
        return switch (reply) {
            case Answer answer ->
                    ResponseEntity.created(URI.create("/api/requests/" + answer.id()))
                            .header(HttpHeaders.CONTENT_LANGUAGE, answer.language())
                            .body(answer);
            case Outcome.Closed closed ->
                    ResponseEntity.status(HttpStatus.CONFLICT)
                            .header(HttpHeaders.CONTENT_LANGUAGE, closed.language().tag())
                            .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                            .body(problem(closed));
        };
    }

    private static ProblemDetail problem(Outcome.Closed closed) {
        String line = closed.channel() + ".closed";
        String until = closed.nextOpeningLocal();
        ProblemDetail problem =
                ContactProblems.closed(
                        Words.say(closed.language(), line + ".title"),
                        until == null
                                ? Words.say(closed.language(), line)
                                : Words.say(closed.language(), line + ".until", until));
        problem.setProperty("nextOpening", closed.nextOpening());
        problem.setProperty("nextOpeningLocal", until);
        problem.setProperty("alternative", "/api/tickets");
        return problem;
    }

    private ResponseEntity<?> keyReused(Reception<?, ?> reception, Language language) {
        counts.count(reception.channel(), null, Ending.CONFLICT);
        return ContactProblems.keyReused().answer(language);
    }

    private ResponseEntity<?> notTaken(
            Reception<?, ?> reception, Object id, RuntimeException why, Language language) {
        counts.count(reception.channel(), null, Ending.UNAVAILABLE);
        log.debug("A contact could not be put down", Wordless.of(why));
        log.atWarn()
                .addKeyValue("contact.id", id)
                .addKeyValue("contact.channel", reception.channel())
                .log(
                        "Could not take a contact in: {}",
                        NestedExceptionUtils.getMostSpecificCause(why).getClass().getName());
        return ContactProblems.notTaken().answer(language);
    }
}
