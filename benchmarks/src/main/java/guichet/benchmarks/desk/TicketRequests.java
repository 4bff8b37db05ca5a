package guichet.benchmarks.desk;

import static java.nio.charset.StandardCharsets.UTF_8;

import tools.jackson.databind.json.JsonMapper;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tickets as the web form of a signed-in customer sends them, each with a key of its own. */
final class TicketRequests implements HttpLoad.Requests {

    private static final int DIGITS = 12;

    private static final Map<String, Object> TICKET =
            Map.of(
                    "impact", "HIGH",
                    "language", "en",
                    "topic", "site-editor",
                    "site", "https://www.example.org/shop",
                    "subject", "The editor shows a blank page",
                    "cc", List.of("colleague@example.org"),
                    "description",
                            "Since this morning the editor shows a blank page after I sign in."
                                    + " 1. Open the site's dashboard. 2. Choose Edit. 3. Wait."
                                    + " The page stays white, also in a private window and in"
                                    + " another browser. The preview works, and so does the site"
                                    + " itself. A colleague sees the same.");

    private final List<byte[]> templates;
    private final int keyAt;

    /**
     * @param name of the run, so that its keys are nobody else's
     * @param tokens of the customers, who take turns
     */
    TicketRequests(String name, List<String> tokens) {
        byte[] body = new JsonMapper().writeValueAsBytes(TICKET);
        String start =
                "POST /api/tickets HTTP/1.1\r\nHost: localhost\r\nIdempotency-Key: " + name + "-";
        this.keyAt = start.length();
        this.templates =
                tokens.stream()
                        .map(
                                token ->
                                        start
                                                + "0".repeat(DIGITS)
                                                + "\r\nAuthorization: Bearer "
                                                + token
                                                + "\r\nContent-Type: application/json"
                                                + "\r\nContent-Length: "
                                                + body.length
                                                + "\r\n\r\n"
                                                + new String(body, UTF_8))
                        .map(request -> request.getBytes(UTF_8))
                        .toList();
    }

    @Override
    public ByteBuffer[] request(long number) {
        byte[] request = templates.get((int) (number % templates.size())).clone();
        byte[] digits = String.format(Locale.ROOT, "%0" + DIGITS + "d", number).getBytes(UTF_8);
        System.arraycopy(digits, 0, request, keyAt, DIGITS);
        return new ByteBuffer[] {ByteBuffer.wrap(request)};
    }
}
