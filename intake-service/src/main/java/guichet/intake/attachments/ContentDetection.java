package guichet.intake.attachments;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds out from its bytes what a file is, in one pass and with 16 of them kept. An image or a PDF
 * is known by how it begins, whatever follows; a text must be UTF-8 without control characters to
 * its end.
 */
final class ContentDetection {

    private static final int HEAD = 16;
    private static final int SHORTEST_GIF = 13;

    private static final Pattern PNG = begins("\\x89PNG\\r\\n\\x1a\\n\\x00{3}\\x0dIHDR");
    private static final Pattern JPEG = begins("\\xff\\xd8\\xff[\\xc0-\\xff]");
    private static final Pattern GIF = begins("GIF8[79]a");
    private static final Pattern WEBP = begins("RIFF.{4}WEBPVP8[ LX]");
    private static final Pattern PDF = begins("%PDF-[0-9]\\.[0-9]");

    private final byte[] head = new byte[HEAD];
    private final PlainText text = new PlainText();
    private long size;

    private static Pattern begins(String latin1) {
        return Pattern.compile(latin1, Pattern.DOTALL);
    }

    /** Takes the next bytes in: the first {@code length} of these. */
    void read(byte[] bytes, int length) {
        if (size < HEAD) {
            System.arraycopy(bytes, 0, head, (int) size, (int) Math.min(length, HEAD - size));
        }
        text.read(bytes, length);
        size += length;
    }

    /** What all bytes so far make; empty where it is nothing that is taken here. */
    Optional<ContentKind> kind() {
        String start = new String(head, 0, (int) Math.min(size, HEAD), ISO_8859_1);
        if (PNG.matcher(start).lookingAt()) {
            return Optional.of(ContentKind.PNG);
        }
        if (JPEG.matcher(start).lookingAt()) {
            return Optional.of(ContentKind.JPEG);
        }
        if (GIF.matcher(start).lookingAt() && size >= SHORTEST_GIF) {
            return Optional.of(ContentKind.GIF);
        }
        if (WEBP.matcher(start).lookingAt()) {
            return Optional.of(ContentKind.WEBP);
        }
        if (PDF.matcher(start).lookingAt()) {
            return Optional.of(ContentKind.PDF);
        }
        return size > 0 && text.isWhole() ? Optional.of(ContentKind.TEXT) : Optional.empty();
    }
}
