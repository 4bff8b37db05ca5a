package guichet.localstack.traffic;

import guichet.localstack.platform.DemoPerson;
import guichet.policy.OfferRules;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Customers who write, chat and call, and agents who answer, until closed. */
public final class DemoTraffic implements AutoCloseable {

    /**
     * What the demo plays on and how.
     *
     * @param bootstrapServers of the broker
     * @param registryUrl of the schema registry
     * @param intake address of the intake service
     * @param tokens gives a bearer token for a person of the demo, in the name of a customer
     * @param conversationLimit how long a conversation may last (E1, E2)
     * @param offers how the desk offers contacts to agents
     * @param agentsPerLanguage how many agents have each language as their first; 0 or more
     * @param seed the same seed plans the same arrivals and the same handling of each
     * @param rate factor on how many come; above 0
     */
    public record Stage(
            String bootstrapServers,
            String registryUrl,
            URI intake,
            BiFunction<DemoPerson, String, String> tokens,
            Duration conversationLimit,
            OfferRules offers,
            int agentsPerLanguage,
            long seed,
            double rate) {}

    private final KafkaDesktops desktops;
    private final Customers customers;
    private final List<Thread> threads;

    private DemoTraffic(KafkaDesktops desktops, Customers customers, List<Thread> threads) {
        this.desktops = desktops;
        this.customers = customers;
        this.threads = threads;
    }

    /**
     * Raises the curtain. The plan begins now; a run's requests are new ones even where an earlier
     * run on the same data had the same seed.
     *
     * @param complaints hears of requests that the desk did not take
     */
    public static DemoTraffic start(Stage stage, Consumer<String> complaints) {
        return start(stage, complaints, nobodyListens -> {});
    }

    /**
     * As above.
     *
     * @param taken hears the id of each contact that the desk took
     */
    public static DemoTraffic start(
            Stage stage, Consumer<String> complaints, Consumer<String> taken) {
        Map<String, Handling> planned = new ConcurrentHashMap<>();
        Agents agents =
                new Agents(
                        stage.agentsPerLanguage(),
                        stage.offers(),
                        stage.conversationLimit(),
                        id -> handling(planned, stage.seed(), id),
                        stage.seed());
        KafkaDesktops desktops =
                new KafkaDesktops(stage.bootstrapServers(), stage.registryUrl(), agents);
        Customers customers =
                new Customers(
                        stage.intake(),
                        stage.tokens(),
                        UUID.randomUUID().toString(),
                        planned,
                        taken,
                        complaints);
        ArrivalPlan plan = new ArrivalPlan(stage.seed(), Instant.now(), stage.rate());
        List<Thread> threads =
                List.of(
                        thread("demo agents", desktops::work, complaints),
                        thread("demo customers", () -> play(customers, plan), complaints));
        threads.forEach(Thread::start);
        return new DemoTraffic(desktops, customers, threads);
    }

    /** How many requests the desk has taken so far. */
    public int accepted() {
        return customers.accepted();
    }

    /** Nobody comes any more; agents go on with what is open. */
    public void endOfArrivals() {
        threads.getLast().interrupt();
    }

    /** Customers stop coming, agents go home; what is open stays so. */
    @Override
    public void close() {
        endOfArrivals();
        customers.close();
        desktops.close();
        try {
            for (Thread thread : threads) {
                thread.join(Duration.ofSeconds(3));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Handling handling(Map<String, Handling> planned, long seed, String contactId) {
        Handling known = planned.remove(contactId);
        return known == null ? Handling.ofUnplanned(seed, contactId) : known;
    }

    private static void play(Customers customers, ArrivalPlan plan) {
        try {
            customers.play(plan.arrivals().iterator());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread thread(String name, Runnable work, Consumer<String> complaints) {
        return Thread.ofPlatform()
                .daemon()
                .name(name)
                .uncaughtExceptionHandler(
                        (thread, fault) -> complaints.accept(name + " gave up: " + fault))
                .unstarted(work);
    }
}
