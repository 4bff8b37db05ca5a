package guichet.policy;

import java.util.Optional;

/** Whether the desk helps with a topic: it does (S1), it does not (S2), no longer (S3). */
enum Scope {
    IN,
    OUT,
    RETIRED;

    static Optional<Scope> parse(String text) {
        return switch (text) {
            case "in scope" -> Optional.of(IN);
            case "out of scope" -> Optional.of(OUT);
            case "retired" -> Optional.of(RETIRED);
            default -> Optional.empty();
        };
    }
}
