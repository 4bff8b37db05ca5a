package guichet.localstack;

import guichet.localstack.console.DeskConsole;
import guichet.localstack.console.LineFormat;
import guichet.localstack.policy.ExplainCommand;
import guichet.localstack.policy.WeekCommand;
import guichet.localstack.traffic.DemoTraffic;
import guichet.policy.InvalidPolicy;
import guichet.policy.SupportPolicy;

import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;

/** The command that starts the desk and shows it at work until Ctrl-C. */
@Command(
        name = "desk",
        description = "Runs the whole support desk on this machine until Ctrl-C.",
        footer = "%n./desk judge --help tells of the judge of a desk that runs.",
        sortOptions = false,
        showDefaultValues = true)
public final class LocalStack implements Callable<Integer> {

    @Option(
            names = "--policy",
            paramLabel = "<support-page|demo|file:...>",
            description =
                    "Support policy: 'support-page' for the real hours and targets, 'demo' for"
                            + " always open with targets of seconds, or the URI of a policy file.")
    private String policy = "demo";

    @Option(
            names = "--no-traffic",
            description = "No demo customers and agents.",
            showDefaultValue = CommandLine.Help.Visibility.NEVER)
    private boolean noTraffic;

    @Option(names = "--rate", paramLabel = "<factor>", description = "How busy demo traffic is.")
    private double rate = 1;

    @Option(
            names = "--agents",
            paramLabel = "<n>",
            description = "How many demo agents have each language as their first.")
    private int agents = 4;

    @Option(
            names = "--seed",
            paramLabel = "<n>",
            description = "The same seed plays the same customers and agents.")
    private long seed = 1;

    @Option(
            names = "--kafka",
            paramLabel = "<host:port,...>",
            description =
                    "Uses the Kafka at these bootstrap servers, without encryption, and starts"
                            + " none. Missing topics are created there.")
    private @Nullable String kafka;

    @Option(
            names = "--registry",
            paramLabel = "<url,...>",
            description =
                    "Uses the schema registry with its Confluent API at this URL, for example"
                            + " http://localhost:8081/apis/ccompat/v7, and starts none.")
    private @Nullable String registry;

    @Option(
            names = "--database",
            paramLabel = "<jdbc-url>",
            description =
                    "Keeps customers' requests in this PostgreSQL (14 or later), for example"
                            + " jdbc:postgresql://localhost/guichet?user=…&password=…, and starts"
                            + " none.")
    private @Nullable String database;

    @Option(
            names = "--data",
            paramLabel = "<dir>",
            description = "Where everything is kept between runs.",
            defaultValue = "${sys:guichet.home:-.}/data")
    private Path data = Path.of("data");

    @Option(
            names = "--fresh",
            description =
                    "Deletes what earlier runs kept there, first; nothing in the Kafka of --kafka,"
                            + " or the PostgreSQL of --database.",
            showDefaultValue = CommandLine.Help.Visibility.NEVER)
    private boolean fresh;

    @Option(
            names = {"--no-colour", "--no-color"},
            description = "No colours; also without a terminal or with NO_COLOR set.",
            showDefaultValue = CommandLine.Help.Visibility.NEVER)
    private boolean noColour;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this text.",
            showDefaultValue = CommandLine.Help.Visibility.NEVER)
    private boolean help;

    @Spec private CommandSpec spec = CommandSpec.create();

    private final Ports ports;
    private final PrintStream out;

    LocalStack(Ports ports, PrintStream out) {
        this.ports = ports;
        this.out = out;
    }

    public static void main(String[] args) {
        System.exit(commands(Ports.published(), System.out).execute(args));
    }

    /** The desk and, beside it, the questions to its policy. */
    static CommandLine commands(Ports ports, PrintStream out) {
        InstantSource clock = InstantSource.system();
        return new CommandLine(new LocalStack(ports, out))
                .addSubcommand(new ExplainCommand(clock))
                .addSubcommand(new WeekCommand(clock))
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    /** The exit code; returns only when the desk cannot start. */
    @Override
    public Integer call() throws InterruptedException {
        checkOptions();
        Platform platform = new Platform(kafka, registry, database);
        List<String> occupied = ports.occupied(platform);
        if (!occupied.isEmpty()) {
            occupied.forEach(spec.commandLine().getErr()::println);
            spec.commandLine()
                    .getErr()
                    .println(
                            "Is another desk running? Stop what holds the port"
                                    + " (lsof -i :<port> names it) and start again.");
            return 1;
        }
        DataFolder folder = new DataFolder(data.toAbsolutePath().normalize());
        if (fresh) {
            folder.clear();
        }
        logTo(folder.logs());
        return run(folder, platform);
    }

    private void checkOptions() {
        try {
            SupportPolicy.load(policy);
        } catch (InvalidPolicy e) {
            throw new ParameterException(spec.commandLine(), "--policy: " + e.getMessage(), e);
        }
        if (!(rate > 0 && rate <= 100)) {
            throw new ParameterException(
                    spec.commandLine(), "--rate must be above 0 and at most 100, not " + rate);
        }
        if (agents < 0 || agents > 1_000) {
            throw new ParameterException(
                    spec.commandLine(), "--agents must be 0 to 1000, not " + agents);
        }
    }

    private Integer run(DataFolder folder, Platform platform) throws InterruptedException {
        long begin = System.nanoTime();
        Teardown teardown = new Teardown(new StartupConsole(out));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(teardown), "stop-desk"));
        out.printf("Guichet starts with policy %s.%n", policy);
        out.printf("  data in %s%n  log  in %s%n", folder.path(), folder.logs());
        Desk desk;
        try {
            desk =
                    Desk.start(
                            policy,
                            folder.path(),
                            ports,
                            platform,
                            teardown,
                            new StartupConsole(out));
        } catch (StartFailed | CancellationException e) {
            if (!teardown.isClosed()) {
                // No field: before logTo a log has no place.
                LoggerFactory.getLogger(LocalStack.class).error("The desk did not start", e);
                spec.commandLine().getErr().println(e.getMessage());
                spec.commandLine().getErr().println("The log in " + folder.logs() + " says more.");
            }
            return 1;
        }
        teardown.nextStage();
        teardown.add("console", console(desk));
        out.printf(
                Locale.ROOT,
                "The desk is ready after %.1f s. Ctrl-C stops it.%n",
                (System.nanoTime() - begin) / 1e9);
        if (!noTraffic) {
            teardown.nextStage();
            teardown.add("demo traffic", traffic(desk));
        }
        Thread.currentThread().join();
        return 0;
    }

    private DeskConsole console(Desk desk) {
        LineFormat format = LineFormat.forTerminal(!noColour);
        return DeskConsole.start(desk.bootstrapServers(), desk.registryUrl(), format, out);
    }

    private DemoTraffic traffic(Desk desk) {
        SupportPolicy rules = SupportPolicy.load(policy);
        Instant now = Instant.now();
        DemoTraffic.Stage stage =
                new DemoTraffic.Stage(
                        desk.bootstrapServers(),
                        desk.registryUrl(),
                        desk.intake(),
                        desk::token,
                        rules.conversationLimit(now),
                        rules.offerRules(now),
                        agents,
                        seed,
                        rate);
        return DemoTraffic.start(stage, complaint -> out.println("demo: " + complaint));
    }

    private void stop(Teardown teardown) {
        out.printf("%nStopping.%n");
        long begin = System.nanoTime();
        teardown.close();
        out.printf(Locale.ROOT, "Stopped after %.1f s.%n", (System.nanoTime() - begin) / 1e9);
        out.flush();
    }

    /** One log file for everything in this JVM, so that the terminal stays readable. */
    private static void logTo(Path folder) {
        System.setProperty("guichet.log.dir", folder.toString());
        System.setProperty("logback.configurationFile", "guichet/localstack/logback.xml");
        // Now, as what is said while another thread opens the log is lost where all ends at once.
        LoggerFactory.getILoggerFactory();
    }
}
