package guichet.localstack.policy;

import guichet.policy.Channel;
import guichet.policy.InvalidPolicy;
import guichet.policy.Language;
import guichet.policy.Line;
import guichet.policy.Plan;
import guichet.policy.SupportPolicy;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.time.DateTimeException;
import java.time.ZoneId;

/** Which line of which policy is asked about, and in which zone the times are shown. */
final class LineOptions {

    @Option(
            names = "--policy",
            paramLabel = "<support-page|demo|file:...>",
            description = "The support policy. A policy file is checked, and all its faults told.")
    private String policy = "support-page";

    @Option(names = "--language", paramLabel = "<en|pt|es>", description = "The language queue.")
    private Language language = Language.EN;

    @Option(
            names = "--plan",
            paramLabel = "<basic|team|agency|enterprise>",
            description = "The customer's plan.")
    private Plan plan = Plan.BASIC;

    @Option(names = "--channel", paramLabel = "<web|chat|phone>", description = "The channel.")
    private Channel channel = Channel.WEB;

    @Option(
            names = "--zone",
            paramLabel = "<zone>",
            description =
                    "The zone of the times, such as Europe/Lisbon; that of the line if left out.")
    private @Nullable String zone;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    Line line() {
        return new Line(language, plan, channel);
    }

    SupportPolicy policy() {
        try {
            return SupportPolicy.load(policy);
        } catch (InvalidPolicy e) {
            throw refusal("--policy: " + e.getMessage(), e);
        }
    }

    /** The zone of the times shown, and of local times asked about. */
    ZoneId zone(SupportPolicy policy) {
        if (zone == null) {
            return policy.hours(line()).zone();
        }
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw refusal(
                    "--zone: there is no zone '" + zone + "'; name one such as Europe/Lisbon", e);
        }
    }

    ParameterException refusal(String problem, Exception cause) {
        return new ParameterException(command.commandLine(), problem, cause);
    }
}
