package guichet.localstack;

import java.time.Duration;

/** Hears what a start or a stop is doing; called from several threads. */
interface Progress {

    /** Tells nobody. */
    Progress SILENT =
            new Progress() {
                @Override
                public void starting(String part) {}

                @Override
                public void started(String part, String address, Duration took) {}

                @Override
                public void stillRunning(String part) {}
            };

    void starting(String part);

    void started(String part, String address, Duration took);

    /** A part does not stop in time and is left behind. */
    void stillRunning(String part);
}
