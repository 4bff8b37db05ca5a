package guichet.intake.requests;

import guichet.schemas.Topics;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;

import java.util.List;

/**
 * What has been read off the topics, as the tests over HTTP need it. They begin when their database
 * is ready: what is taken in before is not shown, as nobody reads it off its topic.
 */
@ConditionalOnProperty("guichet.requests.schema")
public final class ReadTopics {

    private final ChangeWriter writer;
    private final Progress progress;

    public ReadTopics(RequestsDatabase database, ChangeWriter writer) throws InterruptedException {
        this.writer = writer;
        this.progress = new Progress(database, writer);
        database.await();
    }

    public void read(SpecificRecord event) {
        writer.apply(Changes.of(event, 0));
    }

    /** Callbacks have just been read to their end. */
    public void callbacksToTheirEnd() {
        TopicPartition callbacks = new TopicPartition(Topics.CALLBACKS.name(), 0);
        progress.nextOffset(callbacks);
        progress.current(List.of(callbacks));
    }
}
