package guichet.intake.attachments;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a file may be (C1). */
enum ContentKind {
    PNG("image/png", "png"),
    JPEG("image/jpeg", "jpg", "jpeg"),
    GIF("image/gif", "gif"),
    WEBP("image/webp", "webp"),
    PDF("application/pdf", "pdf"),
    /** Also markup and programs: they are shown, never run. */
    TEXT("text/plain", "txt", "log", "md", "json");

    private final String mediaType;
    private final List<String> endings;

    ContentKind(String mediaType, String... endings) {
        this.mediaType = mediaType;
        this.endings = List.of(endings);
    }

    /** The kind of a media type; empty where it is none of these. */
    static Optional<ContentKind> of(String mediaType) {
        return Arrays.stream(values()).filter(kind -> kind.mediaType.equals(mediaType)).findAny();
    }

    String mediaType() {
        return mediaType;
    }

    /** How names of such files end, in small letters and without the dot; the usual one first. */
    List<String> endings() {
        return endings;
    }
}
