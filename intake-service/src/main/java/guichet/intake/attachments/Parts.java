package guichet.intake.attachments;

import guichet.chassis.forms.TooLargeBody;
import guichet.chassis.forms.UnreadableBody;
import guichet.chassis.words.Sentence;
import guichet.intake.words.Words;

import org.apache.tomcat.util.http.fileupload.FileItemIterator;
import org.apache.tomcat.util.http.fileupload.FileItemStream;
import org.apache.tomcat.util.http.fileupload.FileUpload;
import org.apache.tomcat.util.http.fileupload.FileUploadException;
import org.apache.tomcat.util.http.fileupload.InvalidFileNameException;
import org.apache.tomcat.util.http.fileupload.MultipartStream.MalformedStreamException;
import org.apache.tomcat.util.http.fileupload.UploadContext;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;

/**
 * The parts of a body of the type multipart/form-data, one after the other, as they come in. They
 * are read by Tomcat's own parser, 4 KiB at a time.
 */
final class Parts {

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_HEADERS = 2_048;

    private static final Sentence MALFORMED = Words.sentence("parts.malformed");

    /**
     * A part; its content can be read until the next one is asked for.
     *
     * @param name at most 100 characters of it
     * @param fileName as sent; null for a part that is no file
     */
    record Part(String name, @Nullable String fileName, InputStream content) {}

    private final UploadContext request;
    private @Nullable FileItemIterator parts;

    Parts(@Nullable String contentType, InputStream body) {
        request = new Request(contentType, body);
    }

    /**
     * The next part; null after the last.
     *
     * @throws UnreadableBody where the body is none of this type
     * @throws TooLargeBody as the body does
     * @throws IOException where the sender went away
     */
    @Nullable Part next() throws IOException {
        try {
            FileItemIterator iterator = parts();
            return iterator.hasNext() ? part(iterator.next()) : null;
        } catch (TooLargeBody e) {
            throw e;
        } catch (FileUploadException | MalformedStreamException e) {
            throw new UnreadableBody(MALFORMED);
        } catch (RuntimeException e) {
            // The parser's way to say so of some headers, such as a nested type without a boundary.
            throw new UnreadableBody(MALFORMED);
        }
    }

    private FileItemIterator parts() throws IOException {
        FileItemIterator known = parts;
        if (known != null) {
            return known;
        }
        FileUpload parser = new FileUpload();
        parser.setHeaderEncoding("UTF-8");
        parser.setPartHeaderSizeMax(LONGEST_HEADERS);
        FileItemIterator begun = parser.getItemIterator(request);
        parts = begun;
        return begun;
    }

    private static Part part(FileItemStream item) throws IOException {
        String name = item.getFieldName();
        return new Part(
                name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME),
                fileName(item),
                item.openStream());
    }

    private static @Nullable String fileName(FileItemStream item) {
        try {
            return item.getName();
        } catch (InvalidFileNameException e) {
            return e.getName();
        }
    }

    private record Request(@Nullable String contentType, InputStream body)
            implements UploadContext {

        @Override
        public @Nullable String getContentType() {
            return contentType;
        }

        @Override
        public InputStream getInputStream() {
            return body;
        }

        @Override
        public String getCharacterEncoding() {
            return "UTF-8";
        }

        @Override
        public long contentLength() {
            return -1;
        }
    }
}
