package guichet.intake.requests;

import guichet.chassis.Wordless;
import guichet.intake.callbacks.WaitingCalls;
import guichet.intake.contacts.FirstTries;
import guichet.policy.Language;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Looks into the tables of requests while a customer waits, and so not for long. */
final class QuickLook implements WaitingCalls, FirstTries, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(QuickLook.class);

    private static final Duration PATIENCE = Duration.ofMillis(250);

    /** Readers of the topics recognise an id for 30 days; this stays well within that. */
    private static final Duration OLDEST = Duration.ofDays(7);

    private final RequestTable requests;
    private final ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor();

    QuickLook(RequestTable requests) {
        this.requests = requests;
    }

    @Override
    public Optional<Call> of(String customerId, String phoneNumber, Instant at) {
        return soon(() -> requests.waitingCall(customerId, phoneNumber, at.minus(OLDEST)))
                .flatMap(QuickLook::call);
    }

    @Override
    public Optional<Instant> of(UUID contactId, Instant at) {
        return soon(() -> requests.createdAt(contactId, at.minus(OLDEST)));
    }

    private <T> Optional<T> soon(Supplier<Optional<T>> look) {
        try {
            return CompletableFuture.supplyAsync(look, asking)
                    .completeOnTimeout(Optional.empty(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException unknown) {
            log.debug("It is not known soon what the tables say", Wordless.of(unknown));
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        asking.shutdownNow();
    }

    private static Optional<Call> call(KnownRequest request) {
        Language language = request.language();
        return language == null
                ? Optional.empty()
                : DeskIds.read(request.id())
                        .map(
                                id ->
                                        new Call(
                                                id,
                                                language,
                                                request.plan(),
                                                request.createdAt(),
                                                request.due()));
    }
}
