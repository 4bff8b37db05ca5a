package guichet.localstack;

import guichet.localstack.platform.DemoIdentity;
import guichet.localstack.traffic.DemoTraffic;
import guichet.policy.SupportPolicy;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Callable;

/**
 * What the image {@code guichet/demo} runs beside a desk in containers: demo tokens, for whoever
 * reaches the container, and on demand demo customers and agents.
 */
@Command(
        name = "demo",
        description = "Serves demo tokens, and plays customers and agents if told to.",
        sortOptions = false,
        showDefaultValues = true,
        mixinStandardHelpOptions = true)
final class DemoPeople implements Callable<Integer> {

    private static final int AGENTS_PER_LANGUAGE = 4;
    private static final long SEED = 1;

    @Option(
            names = "--keys",
            paramLabel = "<dir>",
            description = "Where the signing key is kept; those who share it sign alike.",
            defaultValue = "${env:GUICHET_STATE_DIR:-identity}")
    private Path keys = Path.of("identity");

    @Option(names = "--traffic", description = "Play customers and agents.")
    private boolean traffic;

    @Option(
            names = "--kafka",
            paramLabel = "<host:port,...>",
            description = "Bootstrap servers of the desk's Kafka.")
    private String kafka = "localhost:9092";

    @Option(
            names = "--registry",
            paramLabel = "<url,...>",
            description = "The schema registry with its Confluent API.")
    private String registry = "http://localhost:8081/apis/ccompat/v7";

    @Option(names = "--intake", paramLabel = "<url>", description = "The customers' door.")
    private URI intake = URI.create("http://localhost:8080");

    @Option(
            names = "--policy",
            paramLabel = "<support-page|demo|file:...>",
            description = "The support policy that the desk runs with.")
    private String policy = "demo";

    @Option(names = "--rate", paramLabel = "<factor>", description = "How busy traffic is.")
    private double rate = 1;

    public static void main(String[] args) {
        System.exit(new CommandLine(new DemoPeople()).execute(args));
    }

    /** Ends only when it is interrupted. */
    @Override
    public Integer call() throws InterruptedException {
        InetSocketAddress everywhere = new InetSocketAddress(Ports.published().identity());
        DemoIdentity identity = DemoIdentity.start(keys, everywhere, InstantSource.system());
        System.out.println("demo: tokens at " + identity.issuer() + "/token/team");
        if (traffic) {
            DemoTraffic people =
                    DemoTraffic.start(
                            stage(identity), complaint -> System.out.println("demo: " + complaint));
            // Else what their agents were offered waits until it is noticed that they are gone.
            Runtime.getRuntime().addShutdownHook(new Thread(people::close, "demo people go home"));
        }
        Thread.currentThread().join();
        return CommandLine.ExitCode.OK;
    }

    private DemoTraffic.Stage stage(DemoIdentity identity) {
        SupportPolicy rules = SupportPolicy.load(policy);
        Instant now = Instant.now();
        return new DemoTraffic.Stage(
                kafka,
                registry,
                intake,
                (person, subject) -> identity.token(person, subject, subject + "@demo.example"),
                rules.conversationLimit(now),
                rules.offerRules(now),
                AGENTS_PER_LANGUAGE,
                SEED,
                rate);
    }
}
