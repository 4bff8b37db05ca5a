package guichet.intake.attachments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.chassis.door.LogFull;
import guichet.chassis.door.SettableClock;
import guichet.chassis.forms.Fault;
import guichet.chassis.forms.Form;
import guichet.chassis.forms.InvalidForm;
import guichet.chassis.forms.TooLargeBody;
import guichet.chassis.forms.UnreadableBody;
import guichet.events.Attachment;
import guichet.intake.contacts.StoreUnavailable;
import guichet.policy.Language;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

class UploadTest {

    private static final UUID CONTACT = new UUID(7, 7);
    private static final String TYPE = "multipart/form-data; boundary=b";
    private static final int MIB = 1024 * 1024;

    @TempDir private Path folder;
    private final SettableClock clock = new SettableClock();
    private Staging staging;

    @BeforeEach
    void start() {
        staging = Staging.in(folder.resolve("staged"), UUID::randomUUID);
    }

    @AfterEach
    void stop() throws IOException {
        staging.close();
    }

    @Test
    void c1ReceivesTheLargestTicketThroughLittleMemory() throws IOException {
        Trickle body = new Trickle(10 * MIB);

        try (Upload upload = uploads().begin(new Parts(TYPE, body))) {
            upload.form();

            assertThat(upload.attachments(CONTACT).getFirst().getSize()).isEqualTo(10 * MIB);
            assertThat(body.mostBetweenSenderAndDisk).isLessThanOrEqualTo(64 * 1024);
        }
    }

    @Test
    void refusesOneByteMoreAndNamesTheFile() throws IOException {
        try (Upload upload = uploads().begin(new Parts(TYPE, new Trickle(10 * MIB + 1)))) {
            assertThatThrownBy(upload::form)
                    .isInstanceOfSatisfying(
                            TooLargeBody.class,
                            refused -> {
                                assertThat(refused.detail().in(Language.EN)).contains("10 MB");
                                assertThat(refused.faults())
                                        .extracting(Fault::field)
                                        .containsExactly("attachments[0]");
                            });
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void readsFieldsInAnyOrderAndRepeatedOnesAsLists() throws IOException {
        try (Upload upload =
                upload(field("cc", "a") + file("a.txt", "text") + field("name", "Ana"))) {
            Form form = upload.form();

            assertThat(form.requiredText("name", null, text -> text)).isEqualTo("Ana");
            assertThat(form.list("cc", 3, text -> text)).containsExactly("a");
        }
        try (Upload upload = upload(field("cc", "a") + field("cc", "b") + field("name", "Ana"))) {
            assertThat(upload.form().list("cc", 3, text -> text)).containsExactly("a", "b");
        }
    }

    @Test
    void aFileFieldInWhichNothingWasChosenIsNone() throws IOException {
        try (Upload upload = upload(file("", "") + file("a.txt", "text"))) {
            Form form = upload.form();

            form.complete(form);
            assertThat(upload.attachments(CONTACT))
                    .extracting(Attachment::getFileName)
                    .containsExactly("a.txt");
        }
    }

    @Test
    void namesEachFaultyFileByItsPlace() throws IOException {
        try (Upload upload =
                upload(
                        file("a.txt", "text")
                                + file("empty.png", "")
                                + file("screen.png", "\0\1\2")
                                + field("attachments", "text")
                                + file("a.txt", "text").replace("attachments", "file"))) {
            Form form = upload.form();

            assertThatThrownBy(() -> form.complete(form))
                    .isInstanceOfSatisfying(
                            InvalidForm.class,
                            invalid ->
                                    assertThat(invalid.faults())
                                            .extracting(Fault::field)
                                            .containsExactly(
                                                    "attachments[1]",
                                                    "attachments[2]",
                                                    "attachments",
                                                    "file"));
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void takesNoMoreFilesThanAllowedAndSaysSoOnce() throws IOException {
        try (Upload upload = upload(file("a.txt", "text").repeat(15))) {
            Form form = upload.form();

            assertThat(files()).hasSize(10);
            assertThatThrownBy(() -> form.complete(form))
                    .isInstanceOfSatisfying(
                            InvalidForm.class, invalid -> assertThat(invalid.faults()).hasSize(1));
        }
    }

    @Test
    void theSameFilesHaveTheSameIdsAndOthersOthers() throws IOException {
        String id = onlyId(file("a.txt", "text"), CONTACT);

        assertThat(onlyId(file("a.txt", "text"), CONTACT)).isEqualTo(id);
        assertThat(onlyId(file("b.txt", "text"), CONTACT)).isNotEqualTo(id);
        assertThat(onlyId(file("a.txt", "texts"), CONTACT)).isNotEqualTo(id);
        assertThat(onlyId(file("a.txt", "text"), new UUID(7, 8))).isNotEqualTo(id);
    }

    @Test
    void theFingerprintCoversFieldsContentsNamesAndOrder() throws IOException {
        String a = file("a.txt", "text");
        String b = file("b.txt", "more");

        assertThat(
                        Stream.of(
                                fingerprint(a + b),
                                fingerprint(b + a),
                                fingerprint(a),
                                fingerprint(file("c.txt", "text") + b),
                                fingerprint(file("a.txt", "texT") + b),
                                fingerprint(a + b + field("name", "Ana"))))
                .doesNotHaveDuplicates();
        assertThat(fingerprint(a + b)).isEqualTo(fingerprint(a + b));
    }

    @Test
    void leavesNothingStagedBehindWhetherKeptOrNot() throws IOException {
        try (Upload upload = upload(file("a.txt", "text"))) {
            upload.form();
            assertThat(files()).hasSize(1);
        }
        assertThat(files()).isEmpty();

        try (Upload upload = upload(file("a.txt", "text"))) {
            upload.form();
            upload.keep(CONTACT);
        }
        assertThat(files()).hasSize(2).allMatch(path -> path.startsWith(folder.resolve("kept")));
    }

    @Test
    void saysThatTheStoreIsAwayWhereNothingCanBeWritten() throws IOException {
        staging.close();

        try (Upload upload = upload(file("a.txt", "text"))) {
            assertThatThrownBy(upload::form).isInstanceOf(StoreUnavailable.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data",
                "multipart/form-data; boundary=",
            })
    void refusesABodyWithoutABoundary(String type) throws IOException {
        assertRefused(new Parts(type, bytes(file("a.txt", "text") + "--b--\r\n")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--b\r\nContent-Disposition: form-data; name=\"a\"",
                "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n",
                "--b\r\nContent-Disposition: form-data; name=\"attachments\"\r\n"
                        + "Content-Type: multipart/mixed\r\n\r\n--c\r\n\r\n--c--\r\n--b--\r\n",
                "--b\r\nContent-Disposition: form-data; name=\"attachments\"\r\n"
                        + "Content-Type: multipart/mixed; boundary=longer\r\n\r\n--longer--\r\n",
            })
    void refusesWhatOnlyBeginsAsAForm(String body) throws IOException {
        assertRefused(new Parts(TYPE, bytes(body)));
    }

    @Test
    void refusesHugeHeadersOfAPart() throws IOException {
        assertRefused(
                new Parts(TYPE, bytes(file("a".repeat(100_000) + ".txt", "text") + "--b--\r\n")));
    }

    @Test
    void refusesMoreFieldsThanAnyFormHas() throws IOException {
        assertRefused(new Parts(TYPE, bytes(field("a", "b").repeat(201) + "--b--\r\n")));

        try (Upload upload = upload(field("description", "x".repeat(513 * 1024)))) {
            assertThatThrownBy(upload::form)
                    .isInstanceOf(TooLargeBody.class)
                    .hasMessageContaining("512 KiB");
        }
    }

    @Test
    void saysThatTheSenderWentAwayWhereTheEndIsMissing() throws IOException {
        try (Upload upload =
                uploads().begin(new Parts(TYPE, bytes(file("a.txt", "text").strip())))) {
            assertThatThrownBy(upload::form).isInstanceOf(IOException.class);
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void receivesNoMoreAtOnceThanAllowedAndHasRoomAgainForEachThatEnds() {
        Uploads uploads = uploads();
        Parts none = new Parts(TYPE, bytes("--b--\r\n"));
        Upload first = uploads.begin(none);
        Upload second = uploads.begin(none);

        assertThatThrownBy(() -> uploads.begin(none)).isInstanceOf(LogFull.class);

        first.close();
        uploads.begin(none).close();
        second.close();
    }

    private void assertRefused(Parts parts) throws IOException {
        try (Upload upload = uploads().begin(parts)) {
            assertThatThrownBy(upload::form)
                    .isInstanceOfAny(UnreadableBody.class, IOException.class);
        }
        assertThat(files()).isEmpty();
    }

    private String onlyId(String parts, UUID contact) throws IOException {
        try (Upload upload = upload(parts)) {
            upload.form();
            return upload.attachments(contact).getFirst().getAttachmentId();
        }
    }

    private String fingerprint(String parts) throws IOException {
        try (Upload upload = upload(parts)) {
            upload.form();
            return upload.fingerprint();
        }
    }

    @Test
    void theSameFileHasTheSameIdOnOneDayAndAnotherOnTheNext() throws IOException {
        clock.set("2026-11-24T00:00:00Z");
        String first = id();
        clock.set("2026-11-24T23:59:59Z");
        String sameDay = id();
        clock.set("2026-11-25T00:00:00Z");

        assertThat(sameDay).isEqualTo(first);
        assertThat(id()).isNotEqualTo(first);
    }

    private String id() throws IOException {
        try (Upload upload = upload(file("a.txt", "text"))) {
            upload.form();
            return upload.attachments(CONTACT).getFirst().getAttachmentId();
        }
    }

    private Upload upload(String parts) {
        return uploads().begin(new Parts(TYPE, bytes(parts + "--b--\r\n")));
    }

    private Uploads uploads() {
        return new Uploads(
                staging,
                new FolderStore(folder.resolve("kept")),
                DataSize.ofMegabytes(10),
                10,
                2,
                clock);
    }

    private static String field(String name, String value) {
        return "--b\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                .formatted(name, value);
    }

    private static String file(String name, String content) {
        return "--b\r\nContent-Disposition: form-data; name=\"attachments\"; filename=\"%s\"\r\n\r\n%s\r\n"
                .formatted(name, content);
    }

    private static InputStream bytes(String body) {
        return new ByteArrayInputStream(body.getBytes(UTF_8));
    }

    private List<Path> files() {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(path -> !path.toString().endsWith(".lock"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A text file of some size, sent as it is asked for; looks what of it has come to the disk. */
    private final class Trickle extends InputStream {

        private final InputStream body;
        private long sent;
        private long mostBetweenSenderAndDisk;

        Trickle(int size) {
            InputStream content =
                    new InputStream() {
                        private int left = size;

                        @Override
                        public int read() {
                            return left-- > 0 ? 'x' : -1;
                        }

                        @Override
                        public int read(byte[] bytes, int offset, int length) {
                            int read = Math.min(left, length);
                            Arrays.fill(bytes, offset, offset + read, (byte) 'x');
                            left -= read;
                            return read == 0 ? -1 : read;
                        }
                    };
            String start = file("large.txt", "");
            body =
                    new SequenceInputStream(
                            Collections.enumeration(
                                    List.of(
                                            bytes(start.substring(0, start.length() - 2)),
                                            content,
                                            bytes("\r\n--b--\r\n"))));
        }

        @Override
        public int read() throws IOException {
            throw new AssertionError("byte by byte");
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            long onDisk = files().stream().mapToLong(UploadTest::size).sum();
            mostBetweenSenderAndDisk = Math.max(mostBetweenSenderAndDisk, sent - onDisk);
            int read = body.read(bytes, offset, length);
            sent += Math.max(read, 0);
            return read;
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
