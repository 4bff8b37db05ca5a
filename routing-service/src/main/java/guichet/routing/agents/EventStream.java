package guichet.routing.agents;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletResponse;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes server-sent events: the id is the offset, the name that of the record, the data its fields
 * as JSON. Nothing is sent before the first {@link #flush}, unless there is much of it.
 */
final class EventStream {

    private final HttpServletResponse response;
    private final JsonMapper json;

    EventStream(HttpServletResponse response, JsonMapper json) {
        this.response = response;
        this.json = json;
    }

    /** Begins; a browser that is cut off comes back after a second. */
    void open() throws IOException {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        // Else nginx, and proxies made of it, hold events back until a buffer is full.
        response.setHeader("X-Accel-Buffering", "no");
        write("retry: 1000\n\n");
    }

    void event(Told told) throws IOException {
        write(
                "id: %d\nevent: %s\ndata: %s\n\n"
                        .formatted(
                                told.offset(),
                                told.event().getSchema().getName(),
                                json.writeValueAsString(fields(told.event()))));
    }

    /** From here on the window comes back with that id, though no event had it. */
    void place(long offset) throws IOException {
        write("id: %d\n\n".formatted(offset));
    }

    /** Shows both ends that the other is there. */
    void comment() throws IOException {
        write(": still here\n\n");
    }

    void flush() throws IOException {
        response.flushBuffer();
    }

    private void write(String text) throws IOException {
        response.getOutputStream().write(text.getBytes(UTF_8));
    }

    private static Map<String, @Nullable Object> fields(SpecificRecord event) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (Schema.Field field : event.getSchema().getFields()) {
            fields.put(field.name(), event.get(field.pos()));
        }
        return fields;
    }
}
