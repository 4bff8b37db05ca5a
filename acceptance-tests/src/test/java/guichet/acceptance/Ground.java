package guichet.acceptance;

import guichet.localstack.Platform;

/**
 * What the desk under test stands on. The system property {@value #CHOICE} chooses: {@code own},
 * the default, lets the desk bring its broker and registry; {@code containers} starts them in
 * containers.
 */
interface Ground extends AutoCloseable {

    String CHOICE = "guichet.platform";

    /** Starts what was chosen. */
    static Ground chosen() {
        String choice = System.getProperty(CHOICE, "own");
        return switch (choice) {
            case "own" -> new Own();
            case "containers" -> Containers.start();
            default ->
                    throw new IllegalArgumentException(
                            "-D%s is own or containers, not %s".formatted(CHOICE, choice));
        };
    }

    Platform platform();

    @Override
    void close();

    /** Nothing beside the desk. */
    record Own() implements Ground {

        @Override
        public Platform platform() {
            return Platform.OWN;
        }

        @Override
        public void close() {}
    }
}
