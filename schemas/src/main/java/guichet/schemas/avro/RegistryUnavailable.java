package guichet.schemas.avro;

import org.apache.kafka.common.errors.RetriableException;

/**
 * The schema registry gave no answer about a record: it cannot be reached, is overloaded, refuses
 * the credentials, or what answers is not a registry. Every URL and every retry has been used up.
 *
 * <p>The record itself may be fine, so wait and try it again; a record that is at fault raises
 * {@link org.apache.kafka.common.errors.SerializationException} instead and belongs in the
 * dead-letter topic. A plain {@code KafkaConsumer} wraps either one in a {@code
 * RecordDeserializationException}: look at its cause. {@code KafkaProducer.send} hands this one
 * back in the future and the callback, since it is an {@code ApiException}.
 */
public final class RegistryUnavailable extends RetriableException {

    private static final long serialVersionUID = 1L;

    public RegistryUnavailable(String message) {
        super(message);
    }

    public RegistryUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
