package guichet.acceptance;

import guichet.localstack.Platform;

/** What a desk in this JVM stands on. */
interface Ground extends AutoCloseable {

    Platform platform();

    @Override
    void close();

    /** Nothing beside the desk: it brings its broker and registry. */
    record Own() implements Ground {

        @Override
        public Platform platform() {
            return Platform.OWN;
        }

        @Override
        public void close() {}
    }
}
