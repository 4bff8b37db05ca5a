package guichet.chassis;

import guichet.schemas.DeadLetter;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Optional;

/** What lies among the dead letters for a record that could not be taken. */
final class DeadLetterRecord {

    /** Of a key or a value; both, with their headers, must fit into what a producer takes. */
    private static final int LARGEST_PART = 256 * 1024;

    private static final int LARGEST_HEADERS = 128 * 1024;

    private static final int LONGEST_REASON = 1_000;

    private DeadLetterRecord() {}

    /**
     * The record as it came, as far as it fits, with what the letter says of it.
     *
     * @param at epoch milliseconds: when it was put there
     */
    static Record<Object, Object> of(Record<byte[], byte[]> record, DeadLetter letter, long at) {
        return new Record<>(
                start(record.key()),
                start(record.value()),
                at,
                letter.addTo(sourceHeaders(record)));
    }

    /** Why a record is unusable: the fault and what it came from, in 1,000 characters at most. */
    static String reason(RuntimeException unusable) {
        String reason = Optional.ofNullable(unusable.getMessage()).orElse("unreadable");
        Throwable cause = unusable.getCause();
        String whole = cause == null ? reason : reason + ": " + cause.getMessage();
        return whole.length() <= LONGEST_REASON ? whole : whole.substring(0, LONGEST_REASON);
    }

    /**
     * The bytes as they came; of a huge record their start, as the whole still lies at its origin.
     */
    private static byte @Nullable [] start(byte @Nullable [] bytes) {
        return bytes == null || bytes.length <= LARGEST_PART
                ? bytes
                : Arrays.copyOf(bytes, LARGEST_PART);
    }

    private static Headers sourceHeaders(Record<byte[], byte[]> record) {
        Headers headers = new RecordHeaders();
        int size = 0;
        for (Header header : record.headers()) {
            size += header.key().length() + (header.value() == null ? 0 : header.value().length);
            if (size <= LARGEST_HEADERS) {
                headers.add(header);
            }
        }
        return headers;
    }
}
