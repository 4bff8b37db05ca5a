package guichet.intake.attachments;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.Optional;

class ContentDetectionTest {

    @ParameterizedTest
    @EnumSource
    void c1KnowsEachKindByItsContent(ContentKind kind) {
        assertThat(kindOf(Samples.of(kind))).contains(kind);
    }

    @ParameterizedTest
    @EnumSource
    void findsTheSameHoweverTheContentIsCut(ContentKind kind) {
        byte[] content = Samples.of(kind);
        ContentDetection detection = new ContentDetection();

        for (byte octet : content) {
            detection.read(new byte[] {octet}, 1);
        }

        assertThat(detection.kind()).contains(kind);
    }

    @ParameterizedTest
    @EnumSource(names = "TEXT", mode = EnumSource.Mode.EXCLUDE)
    void anImageThatEndsWithinItsFirstBytesIsNone(ContentKind kind) {
        byte[] cutOff = Arrays.copyOf(Samples.of(kind), 3);

        assertThat(kindOf(cutOff)).isNotEqualTo(Optional.of(kind));
    }

    @Test
    void whatBeginsAsAnImageIsAnImageWhateverFollows() {
        byte[] image = Samples.of(ContentKind.GIF);
        byte[] page = "<html><script>alert(1)</script></html>".getBytes(UTF_8);
        byte[] both = Arrays.copyOf(image, image.length + page.length);
        System.arraycopy(page, 0, both, image.length, page.length);

        assertThat(kindOf(both)).contains(ContentKind.GIF);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
                "<!DOCTYPE html><html></html>",
                "#!/bin/sh\nrm -rf /\n",
                " %PDF-1.7 but not at the beginning",
                "GIF8",
                "Olá, 世界 😀\r\n\tfim\f",
                "\uFEFFwith a byte order mark",
            })
    void whatIsTextToItsEndIsNothingButText(String content) {
        assertThat(kindOf(content.getBytes(UTF_8))).contains(ContentKind.TEXT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "PK\u0003\u0004 a ZIP",
                "MZ\u0090\u0000 a program",
                "\u007fELF",
                "text with a \u0000 in it",
                "colours \u001b[31m of a terminal",
                "RIFF\u0000\u0000\u0000\u0000WAVEfmt ",
                "caf\u00e9 in ISO 8859-1",
                "cut in a character \u00c3",
                "too long a form \u00c0\u00af",
                "half a pair \u00ed\u00a0\u0080",
                "beyond Unicode \u00f4\u0090\u0080\u0080",
                "a control character of two bytes \u00c2\u0085",
            })
    void takesNothingElse(String latin1) {
        assertThat(kindOf(latin1.getBytes(ISO_8859_1))).isEmpty();
    }

    @Test
    void takesNoTextInUtf16() {
        assertThat(kindOf("Olá".getBytes(UTF_16LE))).isEmpty();
    }

    private static Optional<ContentKind> kindOf(byte[] content) {
        ContentDetection detection = new ContentDetection();
        detection.read(content, content.length);
        return detection.kind();
    }
}
