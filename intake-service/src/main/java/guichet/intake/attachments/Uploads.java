package guichet.intake.attachments;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.util.unit.DataSize;

import java.io.IOException;
import java.time.InstantSource;

/** Receives tickets that come with files. */
public final class Uploads {

    private final Staging staging;
    private final AttachmentStore store;
    private final DataSize total;
    private final int files;
    private final InstantSource clock;

    /**
     * @param total how large the files of a ticket may be together
     * @param files how many they may be
     */
    Uploads(
            Staging staging,
            AttachmentStore store,
            DataSize total,
            int files,
            InstantSource clock) {
        this.staging = staging;
        this.store = store;
        this.total = total;
        this.files = files;
        this.clock = clock;
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
        return new Upload(parts, staging, store, total, files, clock);
    }

    private LimitedBody body(HttpServletRequest request) throws IOException {
        return new LimitedBody(
                request.getInputStream(),
                total.toBytes() + Upload.MOST_BESIDE_FILES_BYTES,
                () -> Upload.tooLarge(total, Upload.FILES));
    }
}
