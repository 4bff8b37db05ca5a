package guichet.chassis.forms;

import guichet.chassis.words.Sentence;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A request's body as a JSON object; strict, and bounded in size and depth. */
final class JsonObject {

    static final int LIMIT_BYTES = 512 * 1024;
    private static final int USUAL_BYTES = 2 * 1024;
    private static final int DEPTH = 8;

    private static final JsonMapper STRICT =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEPTH)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
                    .build();

    private JsonObject() {}

    /**
     * @throws UnreadableBody where it is missing or no JSON object
     * @throws TooLargeBody where it is larger than {@link #LIMIT_BYTES}
     * @throws IOException where the sender went away
     */
    static ObjectNode read(InputStream body) throws IOException {
        byte[] bytes = bytes(body);
        if (bytes.length > LIMIT_BYTES) {
            throw new TooLargeBody(LIMIT_BYTES);
        }
        if (bytes.length == 0) {
            throw new UnreadableBody(FormWords.sentence("body.missing"));
        }
        try {
            if (STRICT.readTree(bytes) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw new UnreadableBody(malformed(e.getLocation()));
        }
        throw new UnreadableBody(FormWords.sentence("body.other"));
    }

    /** As far as one byte beyond the limit. To read any number at once would take 16 KB. */
    private static byte[] bytes(InputStream body) throws IOException {
        byte[] start = body.readNBytes(USUAL_BYTES);
        if (start.length < USUAL_BYTES) {
            return start;
        }
        byte[] rest = body.readNBytes(LIMIT_BYTES + 1 - USUAL_BYTES);
        byte[] all = Arrays.copyOf(start, start.length + rest.length);
        System.arraycopy(rest, 0, all, start.length, rest.length);
        return all;
    }

    /** A digest that is the same for the same object, whatever the order of its fields. */
    static String fingerprint(JsonNode object) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(STRICT.writeValueAsBytes(object)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static Sentence malformed(TokenStreamLocation place) {
        return place == null || place.getLineNr() < 1
                ? FormWords.sentence("body.malformed")
                : FormWords.sentence("body.malformed.at", place.getLineNr(), place.getColumnNr());
    }
}
