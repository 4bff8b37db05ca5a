package guichet.localstack;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Shows a start on the terminal, one line when a part begins and one when it is up. */
record StartupConsole(PrintStream out) implements Progress {

    @Override
    public void starting(String part) {
        out.printf("  ...  %s%n", part);
    }

    @Override
    public void started(String part, String address, Duration took) {
        out.printf(Locale.ROOT, "  up   %-16s %-38s %4.1f s%n", part, address, seconds(took));
    }

    @Override
    public void stillRunning(String part) {
        out.printf("  %s does not stop; left behind%n", part);
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
