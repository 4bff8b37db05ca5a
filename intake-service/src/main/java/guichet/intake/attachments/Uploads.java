package guichet.intake.attachments;

import guichet.chassis.door.LogFull;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.util.unit.DataSize;

import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;

/** Receives tickets that come with files. */
public final class Uploads {

    private final Staging staging;
    private final AttachmentStore store;
    private final DataSize total;
    private final int files;
    private final Semaphore room;
    private final InstantSource clock;

    /**
     * @param total how large the files of a ticket may be together
     * @param files how many they may be
     * @param atOnce how many tickets may be received at once
     */
    Uploads(
            Staging staging,
            AttachmentStore store,
            DataSize total,
            int files,
            int atOnce,
            InstantSource clock) {
        this.staging = staging;
        this.store = store;
        this.total = total;
        this.files = files;
        this.room = new Semaphore(atOnce);
        this.clock = clock;
    }

    /**
     * Begins to receive a ticket. The caller closes the upload when the ticket is answered.
     *
     * @throws LogFull if the maximum number of uploads is already being received
     * @throws IOException where the sender went away
     */
    public Upload begin(HttpServletRequest request) throws IOException {
        return begin(new Parts(request.getContentType(), body(request)));
    }

    Upload begin(Parts parts) {
        if (!room.tryAcquire()) {
            throw new LogFull();
        }
        return new Upload(parts, staging, store, total, files, clock, room::release);
    }

    private LimitedBody body(HttpServletRequest request) throws IOException {
        return new LimitedBody(
                request.getInputStream(),
                total.toBytes() + Upload.MOST_BESIDE_FILES_BYTES,
                () -> Upload.tooLarge(total, Upload.FILES));
    }
}
