package guichet.intake.attachments;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import guichet.chassis.Wordless;
import guichet.chassis.forms.Fault;
import guichet.chassis.forms.Form;
import guichet.chassis.forms.TooLargeBody;
import guichet.chassis.forms.UnreadableBody;
import guichet.chassis.words.Sentence;
import guichet.events.Attachment;
import guichet.intake.contacts.StoreUnavailable;
import guichet.intake.contacts.Submission;
import guichet.intake.words.Words;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.unit.DataSize;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * A ticket's form with its files: parts named {@code attachments} are files, all others fields, in
 * any order. Files go from the sender to the disk through 16 KiB of memory, whatever their size;
 * what is not kept by the time this is closed is deleted.
 */
public final class Upload implements Submission, AutoCloseable {

    /** The field of the files. */
    static final String FILES = "attachments";

    private static final int MOST_FIELD_BYTES = 512 * 1024;
    private static final int MOST_PARTS = 200;

    /** What a body may have beside the content of its files: fields, headers and boundaries. */
    static final int MOST_BESIDE_FILES_BYTES = MOST_FIELD_BYTES + 512 * 1024;

    private static final int BUFFER_BYTES = 16 * 1024;

    private static final Logger log = LoggerFactory.getLogger(Upload.class);

    private final Parts parts;
    private final Staging staging;
    private final AttachmentStore store;
    private final DataSize mostTotal;
    private final int mostFiles;
    private final InstantSource clock;
    private final Runnable whenClosed;

    private final Map<String, List<String>> fields = new LinkedHashMap<>();
    private final List<Fault> faults = new ArrayList<>();
    private final List<StagedFile> files = new ArrayList<>();
    private final List<Path> begun = new ArrayList<>();
    private int fieldBytes;
    private long fileBytes;
    private int filesSent;
    private @Nullable Form form;

    Upload(
            Parts parts,
            Staging staging,
            AttachmentStore store,
            DataSize mostTotal,
            int mostFiles,
            InstantSource clock,
            Runnable whenClosed) {
        this.parts = parts;
        this.staging = staging;
        this.store = store;
        this.mostTotal = mostTotal;
        this.mostFiles = mostFiles;
        this.clock = clock;
        this.whenClosed = whenClosed;
    }

    static TooLargeBody tooLarge(DataSize mostTotal, String field) {
        Sentence most = spoken(mostTotal);
        return new TooLargeBody(
                Words.sentence("files.large", most),
                new Fault(field, Words.sentence("file.large", most)));
    }

    @Override
    public Form form() throws IOException {
        int count = 0;
        for (Parts.Part part = parts.next(); part != null; part = parts.next()) {
            if (++count > MOST_PARTS) {
                throw new UnreadableBody(Words.sentence("parts.many", MOST_PARTS));
            }
            receive(part);
        }
        Form read = Form.ofFields(fields);
        faults.forEach(fault -> read.fault(fault.field(), fault.message()));
        form = read;
        return read;
    }

    @Override
    public String fingerprint() {
        MessageDigest digest = sha256();
        digest.update(requireNonNull(form, "not read yet").fingerprint().getBytes(UTF_8));
        for (StagedFile file : files) {
            digest.update("\n%s %s".formatted(file.digest(), file.name()).getBytes(UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void keep(UUID contactId) {
        for (int i = 0; i < files.size(); i++) {
            StagedFile file = files.get(i);
            store.keep(contactId, file.idIn(contactId, i), file);
        }
    }

    /** The files as the event of their ticket names them. */
    public List<Attachment> attachments(UUID contactId) {
        return IntStream.range(0, files.size())
                .mapToObj(i -> attachment(contactId, i, files.get(i)))
                .toList();
    }

    private static Attachment attachment(UUID contactId, int place, StagedFile file) {
        return Attachment.newBuilder()
                .setAttachmentId(file.idIn(contactId, place).toString())
                .setFileName(file.name())
                .setMediaType(file.kind().mediaType())
                .setSize(file.size())
                .build();
    }

    @Override
    public void close() {
        try {
            begun.forEach(Upload::delete);
        } finally {
            whenClosed.run();
        }
    }

    private void receive(Parts.Part part) throws IOException {
        String fileName = part.fileName();
        if (part.name().equals(FILES)) {
            if (fileName == null) {
                faults.add(new Fault(FILES, Words.sentence("file.none")));
            } else {
                receiveFile(fileName, part.content());
            }
        } else if (fileName != null) {
            faults.add(new Fault(part.name(), Words.sentence("file.misplaced", FILES)));
        } else {
            receiveField(part.name(), part.content());
        }
    }

    private void receiveField(String name, InputStream content) throws IOException {
        byte[] bytes = content.readNBytes(MOST_FIELD_BYTES - fieldBytes + 1);
        fieldBytes += bytes.length;
        if (fieldBytes > MOST_FIELD_BYTES) {
            throw new TooLargeBody(
                    Words.sentence("fields.large", MOST_FIELD_BYTES / 1024),
                    new Fault(name, Words.sentence("field.large")));
        }
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            fields.computeIfAbsent(name, first -> new ArrayList<>()).add(text);
        } catch (CharacterCodingException e) {
            faults.add(new Fault(name, Words.sentence("field.utf8")));
        }
    }

    private void receiveFile(String fileName, InputStream content) throws IOException {
        if (filesSent == mostFiles) {
            faults.add(new Fault(FILES, Words.sentence("files.many", mostFiles)));
        }
        if (filesSent >= mostFiles) {
            filesSent++;
            return;
        }
        String field = "%s[%d]".formatted(FILES, filesSent);
        Path path = staging.newFile();
        begun.add(path);
        MessageDigest digest = sha256();
        ContentDetection detection = new ContentDetection();
        long size = receive(content, path, field, digest, detection);
        if (size == 0 && fileName.isEmpty()) {
            // So browsers send a file field in which nothing was chosen.
            return;
        }
        filesSent++;
        Optional<ContentKind> kind = detection.kind();
        if (kind.isPresent()) {
            files.add(
                    new StagedFile(
                            path,
                            FileNames.shown(fileName, filesSent, kind.get()),
                            kind.get(),
                            size,
                            HexFormat.of().formatHex(digest.digest()),
                            LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)));
        } else {
            faults.add(new Fault(field, Words.sentence(size == 0 ? "file.empty" : "file.other")));
        }
    }

    private long receive(
            InputStream content,
            Path path,
            String field,
            MessageDigest digest,
            ContentDetection detection)
            throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long size = 0;
        try (Sink sink = new Sink(path)) {
            int read = content.readNBytes(buffer, 0, BUFFER_BYTES);
            while (read > 0) {
                size += read;
                fileBytes += read;
                if (fileBytes > mostTotal.toBytes()) {
                    throw tooLarge(mostTotal, field);
                }
                digest.update(buffer, 0, read);
                detection.read(buffer, read);
                sink.write(buffer, read);
                read = content.readNBytes(buffer, 0, BUFFER_BYTES);
            }
        }
        return size;
    }

    /** A file being written; what fails here is the desk's fault, not the sender's. */
    private static final class Sink implements AutoCloseable {

        private final OutputStream file;

        Sink(Path path) {
            try {
                file = Files.newOutputStream(path, StandardOpenOption.CREATE_NEW);
            } catch (IOException e) {
                throw new StoreUnavailable(e);
            }
        }

        void write(byte[] bytes, int length) {
            try {
                file.write(bytes, 0, length);
            } catch (IOException e) {
                throw new StoreUnavailable(e);
            }
        }

        @Override
        public void close() {
            try {
                file.close();
            } catch (IOException e) {
                throw new StoreUnavailable(e);
            }
        }
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            log.warn("Could not delete {}, which nobody needs", path, Wordless.of(e));
        }
    }

    private static Sentence spoken(DataSize size) {
        return size.equals(DataSize.ofMegabytes(size.toMegabytes()))
                ? language -> size.toMegabytes() + " MB"
                : language -> String.format(language.locale(), "%,d bytes", size.toBytes());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
