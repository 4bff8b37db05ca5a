package guichet.intake.requests;

import guichet.chassis.ReaderThread;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;

import java.util.function.Supplier;

/** The thread on which the topics are read into the tables, while the database is there. */
final class RequestsReader implements AutoCloseable {

    private final RequestsDatabase database;
    private final ReaderThread thread;

    /**
     * @param consumers as {@link Projection#read} needs them
     */
    RequestsReader(
            RequestsDatabase database,
            Projection projection,
            Supplier<Consumer<byte[], byte[]>> consumers) {
        this.database = database;
        this.thread =
                new ReaderThread(
                        "requests", () -> whenThere(database, consumers), projection::read);
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() throws InterruptedException {
        database.giveUp();
        thread.close();
    }

    private static Consumer<byte[], byte[]> whenThere(
            RequestsDatabase database, Supplier<Consumer<byte[], byte[]>> consumers) {
        try {
            if (database.await()) {
                return consumers.get();
            }
            throw new WakeupException();
        } catch (InterruptedException closing) {
            throw new InterruptException(closing);
        }
    }
}
