package guichet.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Where a record that could not be used came from, and why it could not be: the headers that its
 * bytes carry on {@code support.dead-letters}.
 *
 * @param topic the topic it was read from
 * @param partition its partition there
 * @param offset its offset there
 * @param service the service that could not use it
 * @param reason what is wrong with it, in words
 */
public record DeadLetter(String topic, int partition, long offset, String service, String reason) {

    private static final String TOPIC = "topic";
    private static final String PARTITION = "partition";
    private static final String OFFSET = "offset";
    private static final String SERVICE = "service";
    private static final String REASON = "reason";

    /** Adds this to the headers that the record came with. */
    public Headers addTo(Headers headers) {
        return headers.add(TOPIC, topic.getBytes(UTF_8))
                .add(PARTITION, Integer.toString(partition).getBytes(UTF_8))
                .add(OFFSET, Long.toString(offset).getBytes(UTF_8))
                .add(SERVICE, service.getBytes(UTF_8))
                .add(REASON, reason.getBytes(UTF_8));
    }

    /**
     * Reads it back from a record of {@code support.dead-letters}.
     *
     * @throws IllegalArgumentException where a header is missing
     */
    public static DeadLetter of(Headers headers) {
        return new DeadLetter(
                text(headers, TOPIC),
                Integer.parseInt(text(headers, PARTITION)),
                Long.parseLong(text(headers, OFFSET)),
                text(headers, SERVICE),
                text(headers, REASON));
    }

    private static String text(Headers headers, String name) {
        @Nullable Header header = headers.lastHeader(name);
        if (header == null) {
            throw new IllegalArgumentException("no header '" + name + "': not a dead letter");
        }
        return new String(header.value(), UTF_8);
    }
}
