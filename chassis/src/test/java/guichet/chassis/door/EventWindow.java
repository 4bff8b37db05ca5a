package guichet.chassis.door;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A browser window that shows a stream of server-sent events, as EventSource reads them. */
public final class EventWindow implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final HttpResponse<InputStream> response;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private volatile String lastEventId = "";
    private volatile boolean ended;

    public record Event(String id, String name, String data) {}

    private EventWindow(HttpResponse<InputStream> response) {
        this.response = response;
        Thread.ofVirtual().start(this::read);
    }

    /** Opens a stream; returns when its headers are there. */
    public static EventWindow open(URI uri, String token, Optional<String> lastEventId) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri)
                        .header("Accept", "text/event-stream")
                        .header("Authorization", "Bearer " + token);
        lastEventId.ifPresent(id -> request.header("Last-Event-ID", id));
        try {
            return new EventWindow(
                    HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public HttpResponse<InputStream> response() {
        return response;
    }

    public List<Event> events() {
        return List.copyOf(events);
    }

    /** What it comes back with; blank while it has none. */
    public String lastEventId() {
        return lastEventId;
    }

    /** Whether the service has closed the stream. */
    public boolean ended() {
        return ended;
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            String id = "";
            String name = "";
            StringBuilder data = new StringBuilder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data.append(line.substring(6));
                } else if (line.isEmpty()) {
                    lastEventId = id;
                    if (!data.isEmpty()) {
                        events.add(new Event(id, name, data.toString()));
                        data.setLength(0);
                    }
                }
            }
        } catch (IOException gone) {
            // The window was closed, or the service went away.
        }
        ended = true;
    }
}
