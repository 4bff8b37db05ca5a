package guichet.localstack.traffic;

import guichet.events.Channel;
import guichet.localstack.platform.DemoPerson;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Sends each arrival of a plan to the intake service when its time has come. */
final class Customers implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration LATEST = Duration.ofSeconds(5);
    private static final long COMPLAINT_EVERY_NANOS = Duration.ofSeconds(2).toNanos();

    /** Tokens are good for a day. */
    private static final Duration SIGNED_IN_FOR = Duration.ofHours(1);

    private record Session(String token, Instant until) {}

    private final URI intake;
    private final BiFunction<DemoPerson, String, String> tokens;
    private final String run;
    private final Map<String, Handling> planned;
    private final Consumer<String> taken;
    private final Consumer<String> complaints;
    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();
    private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final Map<String, Long> complainedAt = new ConcurrentHashMap<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private volatile boolean closed;

    /**
     * @param tokens gives a bearer token for somebody of a plan
     * @param run makes the idempotency keys of this run different from those of other runs
     * @param planned learns how each contact is to be handled
     * @param taken hears the id of each contact that was taken
     * @param complaints hears of requests that were not
     */
    Customers(
            URI intake,
            BiFunction<DemoPerson, String, String> tokens,
            String run,
            Map<String, Handling> planned,
            Consumer<String> taken,
            Consumer<String> complaints) {
        this.intake = intake;
        this.tokens = tokens;
        this.run = run;
        this.planned = planned;
        this.taken = taken;
        this.complaints = complaints;
    }

    /**
     * Plays the plan to its end or until interrupted. Leaves out who is long overdue: after a night
     * of sleep everybody would come at once.
     */
    void play(Iterator<Arrival> arrivals) throws InterruptedException {
        while (arrivals.hasNext()) {
            Arrival arrival = arrivals.next();
            Duration untilThen = Duration.between(Instant.now(), arrival.at());
            if (untilThen.plus(LATEST).isPositive()) {
                Thread.sleep(untilThen);
                senders.execute(() -> send(arrival));
            }
        }
    }

    int accepted() {
        return accepted.get();
    }

    @Override
    public void close() {
        closed = true;
        senders.shutdownNow();
        http.shutdownNow();
    }

    private void send(Arrival arrival) {
        try {
            HttpResponse<String> answer = http.send(request(arrival), BodyHandlers.ofString());
            if (answer.statusCode() / 100 == 2) {
                accepted.incrementAndGet();
                String id = json.readTree(answer.body()).path("id").asString();
                planned.put(id, arrival.handling());
                taken.accept(id);
            } else {
                complain(arrival.channel(), "answers " + answer.statusCode());
            }
        } catch (IOException | JacksonException e) {
            complain(arrival.channel(), "does not answer: " + e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpRequest request(Arrival arrival) {
        return HttpRequest.newBuilder(intake.resolve(path(arrival.channel())))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + session(arrival).token())
                .header("Idempotency-Key", run + "-" + arrival.number())
                .POST(BodyPublishers.ofString(json.writeValueAsString(body(arrival))))
                .build();
    }

    /**
     * Nobody signs in for each request. To sign a token is costly: where a crowd had one signed for
     * each request, that took the processors which the desk was to answer with.
     */
    private Session session(Arrival arrival) {
        Instant now = Instant.now();
        return sessions.compute(
                arrival.customer(),
                (customer, known) ->
                        known != null && now.isBefore(known.until())
                                ? known
                                : new Session(
                                        tokens.apply(arrival.person(), customer),
                                        now.plus(SIGNED_IN_FOR)));
    }

    private static String path(Channel channel) {
        return switch (channel) {
            case WEB -> "/api/tickets";
            case CHAT -> "/api/chats";
            case PHONE -> "/api/callbacks";
        };
    }

    private static Map<String, Object> body(Arrival arrival) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("language", arrival.tongue().tag());
        body.put("impact", arrival.impact().name());
        body.put("topic", arrival.request().topic());
        switch (arrival.channel()) {
            case WEB -> {
                body.put("name", arrival.customer());
                body.put("email", arrival.customer() + "@demo.example");
                body.put("subject", arrival.request().topic());
                body.put("description", arrival.request().text());
                body.put("site", arrival.customer() + ".example");
            }
            case CHAT -> {
                body.put("question", arrival.request().text());
                body.put("site", arrival.customer() + ".example");
            }
            case PHONE -> {
                body.put("question", arrival.request().text());
                // One who asks twice from one number is served once.
                body.put("phoneNumber", "+1415555%04d".formatted(arrival.number() % 10_000));
            }
        }
        return body;
    }

    private void complain(Channel channel, String what) {
        String complaint = "intake %s to a %s request".formatted(what, channel);
        long now = System.nanoTime();
        long last = complainedAt.getOrDefault(complaint, now - COMPLAINT_EVERY_NANOS);
        if (!closed && now - last >= COMPLAINT_EVERY_NANOS) {
            complainedAt.put(complaint, now);
            complaints.accept(complaint);
        }
    }
}
