package guichet.intake.requests;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Something that happened to a request.
 *
 * @param due the new due; null where the step has none
 */
record Step(Instant at, StepKind what, @Nullable Instant due) {

    private static final Comparator<Step> IN_ORDER =
            Comparator.comparing(Step::at).thenComparing(Step::what);

    /**
     * Everything that happened to a request, oldest first.
     *
     * @param repeatable what may happen more than once
     */
    static List<Step> timeline(KnownRequest request, List<Step> repeatable) {
        List<Step> steps = new ArrayList<>(repeatable);
        steps.add(new Step(request.createdAt(), StepKind.CREATED, null));
        Instant convertedAt = request.convertedAt();
        if (convertedAt != null) {
            steps.add(new Step(convertedAt, StepKind.CONVERTED, null));
        }
        Instant endedAt = request.endedAt();
        if (endedAt != null) {
            steps.add(
                    new Step(
                            endedAt,
                            request.state() == RequestState.WITHDRAWN
                                    ? StepKind.WITHDRAWN
                                    : StepKind.CLOSED,
                            null));
        }
        steps.sort(IN_ORDER);
        return List.copyOf(steps);
    }
}
