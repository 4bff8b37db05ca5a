package guichet.intake.attachments;

/** What a file may be (C1). */
enum ContentKind {
    PNG("image/png", "png"),
    JPEG("image/jpeg", "jpg"),
    GIF("image/gif", "gif"),
    WEBP("image/webp", "webp"),
    PDF("application/pdf", "pdf"),
    /** Also markup and programs: they are shown, never run. */
    TEXT("text/plain", "txt");

    private final String mediaType;
    private final String extension;

    ContentKind(String mediaType, String extension) {
        this.mediaType = mediaType;
        this.extension = extension;
    }

    String mediaType() {
        return mediaType;
    }

    /** How names of such files end, without the dot. */
    String extension() {
        return extension;
    }
}
