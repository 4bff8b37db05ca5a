package guichet.judge;

import guichet.policy.InvalidPolicy;
import guichet.policy.SupportPolicy;

import org.apache.kafka.common.KafkaException;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;

/** The command that says what is wrong with what a desk has said. */
@Command(
        name = "desk judge",
        description = {
            "Reads all that a desk's topics hold, recomputes what the services had to say of each"
                    + " contact, holds what agents were offered against what they stated, and prints a"
                    + " line for each fault.",
            "Exit code: 0 without faults, 1 with, 2 when it cannot read."
        },
        sortOptions = false,
        showDefaultValues = true,
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = 2)
public final class Judge implements Callable<Integer> {

    private static final int FAULTS = 1;
    private static final int CANNOT_READ = 2;

    @Option(
            names = "--kafka",
            paramLabel = "<host:port,...>",
            description = "Bootstrap servers of the desk's Kafka, without encryption.")
    private String kafka = "localhost:9092";

    @Option(
            names = "--registry",
            paramLabel = "<url,...>",
            description = "The schema registry with its Confluent API.")
    private String registry = "http://localhost:8081/apis/ccompat/v7";

    @Option(
            names = "--policy",
            paramLabel = "<support-page|demo|file:...>",
            description = "The support policy that the desk runs with.")
    private String policy = "demo";

    @Option(
            names = "--settled",
            paramLabel = "<duration>",
            description =
                    "What fell due less than this ago may still be missing: a desk that runs has yet"
                            + " to say it.")
    private Duration settled = Duration.ofSeconds(10);

    @Option(
            names = "--tolerance",
            paramLabel = "<duration>",
            description =
                    "An answer, an end, a closure or what an agent states or accepts may have reached"
                            + " the broker this much after it happened, and so too late for what"
                            + " fell due in between.")
    private Duration tolerance = Duration.ZERO;

    @Spec private CommandSpec spec = CommandSpec.create();

    private final InstantSource clock;

    Judge(InstantSource clock) {
        this.clock = clock;
    }

    public static void main(String[] args) {
        System.exit(new CommandLine(new Judge(InstantSource.system())).execute(args));
    }

    /** The exit code. */
    @Override
    public Integer call() {
        SupportPolicy rules = rules();
        Evidence evidence;
        try {
            evidence = Evidence.read(kafka, registry, clock);
        } catch (KafkaException e) {
            spec.commandLine().getErr().println("cannot read the desk's log: " + e.getMessage());
            return CANNOT_READ;
        }
        Verdict verdict = evidence.judge(rules, settled, tolerance);
        PrintWriter out = spec.commandLine().getOut();
        verdict.faults().forEach(out::println);
        out.println(verdict.summary());
        if (!verdict.policies().contains(rules.version()) && !verdict.policies().isEmpty()) {
            out.println("judged by policy " + rules.version() + ": is it the desk's?");
        }
        out.flush();
        return verdict.faults().isEmpty() ? CommandLine.ExitCode.OK : FAULTS;
    }

    private SupportPolicy rules() {
        try {
            return SupportPolicy.load(policy);
        } catch (InvalidPolicy e) {
            throw new ParameterException(spec.commandLine(), "--policy: " + e.getMessage(), e);
        }
    }
}
