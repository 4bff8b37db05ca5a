package guichet.localstack.policy;

import guichet.policy.SupportPolicy;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.concurrent.Callable;

/** Shows when a line is open in a week, in a customer's zone. */
@Command(
        name = "week",
        description = "Shows when a line is open in a week, day by day.",
        sortOptions = false,
        showDefaultValues = true,
        mixinStandardHelpOptions = true)
public final class WeekCommand implements Callable<Integer> {

    @Mixin private LineOptions line = new LineOptions();

    @Option(
            names = "--of",
            paramLabel = "<date>",
            description = "Any date of the week, such as 2026-01-06. Today if left out.")
    private @Nullable String date;

    @Spec private CommandSpec spec = CommandSpec.create();

    private final InstantSource clock;

    /** Takes "today" from the clock. */
    public WeekCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        SupportPolicy policy = line.policy();
        ZoneId zone = line.zone(policy);
        spec.commandLine().getOut().printf("%s, times in %s%n", line.line(), zone);
        spec.commandLine()
                .getOut()
                .print(
                        policy.week(line.line(), date(zone), zone)
                                .inWords(line.line().language().locale()));
        spec.commandLine().getOut().flush();
        return 0;
    }

    private LocalDate date(ZoneId zone) {
        if (date == null) {
            return LocalDate.ofInstant(clock.instant(), zone);
        }
        try {
            return LocalDate.parse(date);
        } catch (DateTimeParseException e) {
            throw line.refusal("--of: '" + date + "' is no date; write 2026-01-06", e);
        }
    }
}
