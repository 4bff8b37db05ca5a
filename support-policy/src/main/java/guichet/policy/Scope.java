package guichet.policy;

import java.util.Optional;

/** Whether the desk helps with a topic. */
public enum Scope {
    /** It does (S1). */
    IN,
    /** It does not; what comes all the same is taken without a target (S2). */
    OUT,
    /** It no longer does: the product is retired (S3). Taken as what is out of scope. */
    RETIRED;

    static Optional<Scope> parse(String text) {
        for (Scope scope : values()) {
            if (scope.inWords().equals(text)) {
                return Optional.of(scope);
            }
        }
        return Optional.empty();
    }

    /** As the policy file puts it. */
    String inWords() {
        return switch (this) {
            case IN -> "in scope";
            case OUT -> "out of scope";
            case RETIRED -> "retired";
        };
    }

    /** The mission row that says so. */
    String row() {
        return switch (this) {
            case IN -> "S1";
            case OUT -> "S2";
            case RETIRED -> "S3";
        };
    }
}
