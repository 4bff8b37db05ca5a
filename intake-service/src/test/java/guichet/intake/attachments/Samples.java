package guichet.intake.attachments;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/** The shortest contents that pass for each kind. */
final class Samples {

    private Samples() {}

    static byte[] of(ContentKind kind) {
        return switch (kind) {
            case PNG -> latin1("\u0089PNG\r\n\u001a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\b\6\0\0\0");
            case JPEG -> latin1("\u00ff\u00d8\u00ff\u00e0\0\20JFIF\0\1");
            case GIF -> latin1("GIF89a\1\0\1\0\0\0\0;");
            case WEBP -> latin1("RIFF\32\0\0\0WEBPVP8L\15\0\0\0");
            case PDF -> latin1("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n");
            case TEXT -> "Primeiro abri o editor.\nDepois fechou sozinho. 😀\n".getBytes(UTF_8);
        };
    }

    private static byte[] latin1(String content) {
        return content.getBytes(ISO_8859_1);
    }
}
