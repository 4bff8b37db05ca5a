package guichet.intake.attachments;

import guichet.chassis.forms.TooLargeBody;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;

/** A body that may be read up to a limit and no further. */
final class LimitedBody extends FilterInputStream {

    private final Supplier<TooLargeBody> refusal;
    private long left;

    LimitedBody(InputStream body, long limitBytes, Supplier<TooLargeBody> refusal) {
        super(body);
        this.left = limitBytes;
        this.refusal = refusal;
    }

    @Override
    public int read() throws IOException {
        int octet = super.read();
        count(octet < 0 ? 0 : 1);
        return octet;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        count(Math.max(read, 0));
        return read;
    }

    private void count(int read) {
        left -= read;
        if (left < 0) {
            throw refusal.get();
        }
    }
}
