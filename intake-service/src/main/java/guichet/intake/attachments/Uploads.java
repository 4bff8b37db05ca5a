package guichet.intake.attachments;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.util.unit.DataSize;

import java.io.IOException;

/** Receives tickets that come with files. */
public final class Uploads {

    private final Staging staging;
    private final AttachmentStore store;
    private final DataSize total;
    private final int files;

    /**
     * @param total how large the files of a ticket may be together
     * @param files how many they may be
     */
    Uploads(Staging staging, AttachmentStore store, DataSize total, int files) {
        this.staging = staging;
        this.store = store;
        this.total = total;
        this.files = files;
    }

    /**
     * Begins to receive a ticket; to be closed when it is answered.
     *
     * @throws IOException where the sender went away
     */
    public Upload begin(HttpServletRequest request) throws IOException {
        return begin(new Parts(request.getContentType(), body(request)));
    }

    Upload begin(Parts parts) {
        return new Upload(parts, staging, store, total, files);
    }

    private LimitedBody body(HttpServletRequest request) throws IOException {
        return new LimitedBody(
                request.getInputStream(),
                total.toBytes() + Upload.MOST_BESIDE_FILES_BYTES,
                () -> Upload.tooLarge(total, Upload.FILES));
    }
}
