package guichet.localstack.policy;

import guichet.policy.SupportPolicy;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.concurrent.Callable;

/** Tells when the first response to a contact is due, with every rule and every hour counted. */
@Command(
        name = "explain",
        description =
                "Tells when the first response to a contact is due, which rules say so, and what"
                        + " counted between its creation and then.",
        sortOptions = false,
        showDefaultValues = true,
        mixinStandardHelpOptions = true)
public final class ExplainCommand implements Callable<Integer> {

    @Mixin private LineOptions line = new LineOptions();

    @Option(
            names = "--at",
            paramLabel = "<time>",
            description =
                    "When the contact is created: 2026-01-06T11:50 in the zone of the times, or"
                            + " 2026-01-06T14:50:00Z. Now if left out.")
    private @Nullable String at;

    @Option(
            names = "--topic",
            paramLabel = "<topic>",
            description = "What it is about, as the policy names it.")
    private @Nullable String topic;

    @Spec private CommandSpec spec = CommandSpec.create();

    private final InstantSource clock;

    /** Takes "now" from the clock. */
    public ExplainCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        SupportPolicy policy = line.policy();
        ZoneId zone = line.zone(policy);
        Instant createdAt = createdAt(zone);
        spec.commandLine()
                .getOut()
                .print(
                        policy.explain(line.line(), policy.scope(topic, createdAt), createdAt)
                                .inWords(zone));
        spec.commandLine().getOut().flush();
        return 0;
    }

    private Instant createdAt(ZoneId zone) {
        if (at == null) {
            return clock.instant();
        }
        try {
            return at.endsWith("Z")
                    ? Instant.parse(at)
                    : LocalDateTime.parse(at).atZone(zone).toInstant();
        } catch (DateTimeParseException e) {
            throw line.refusal(
                    "--at: '" + at + "' is no time; write 2026-01-06T11:50 or 2026-01-06T14:50:00Z",
                    e);
        }
    }
}
