package guichet.intake.attachments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.intake.attachments.AttachmentStore.Entry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import java.util.stream.Stream;

/** What every store does. */
abstract class StoreContract {

    private static final UUID TICKET = new UUID(7, 1);
    private static final UUID ATTACHMENT = new UUID(7, 2);

    @TempDir Path folder;

    abstract AttachmentStore store();

    @Test
    void givesOutWhatItKeepsAsItCame() throws IOException {
        store().keep(TICKET, ATTACHMENT, staged("Ecrã às 10h & \"fim\".txt", "texto"));

        KeptFile kept = store().find(TICKET, ATTACHMENT).orElseThrow();
        try (InputStream content = kept.content()) {
            assertThat(content).hasContent("texto");
        }
        assertThat(kept.name()).isEqualTo("Ecrã às 10h & \"fim\".txt");
        assertThat(kept.mediaType()).isEqualTo("text/plain");
        assertThat(kept.size()).isEqualTo(5);
    }

    @Test
    void theSameAgainStaysTheSame() throws IOException {
        store().keep(TICKET, ATTACHMENT, staged("a.txt", "texto"));
        store().keep(TICKET, ATTACHMENT, staged("a.txt", "texto"));

        try (InputStream content = store().find(TICKET, ATTACHMENT).orElseThrow().content()) {
            assertThat(content).hasContent("texto");
        }
    }

    @Test
    void findsNothingWhereNothingWasKept() throws IOException {
        store().keep(TICKET, ATTACHMENT, staged("a.txt", "texto"));

        assertThat(store().find(TICKET, new UUID(7, 3))).isEmpty();
        assertThat(store().find(new UUID(8, 1), ATTACHMENT)).isEmpty();
    }

    @Test
    void deletesAllFilesOfATicketAndNoOthers() throws IOException {
        UUID another = new UUID(7, 9);
        store().keep(TICKET, ATTACHMENT, staged("a.txt", "texto"));
        store().keep(TICKET, new UUID(7, 3), staged("b.txt", "texto"));
        store().keep(another, ATTACHMENT, staged("c.txt", "texto"));

        store().delete(TICKET);
        store().delete(TICKET);

        assertThat(store().find(TICKET, ATTACHMENT)).isEmpty();
        assertThat(store().find(TICKET, new UUID(7, 3))).isEmpty();
        try (InputStream content = store().find(another, ATTACHMENT).orElseThrow().content()) {
            assertThat(content).hasContent("texto");
        }
    }

    @Test
    void listsWhatItKeepsAndSinceWhen() throws IOException {
        Instant before = Instant.now().minusSeconds(2);
        store().keep(TICKET, ATTACHMENT, staged("a.txt", "texto"));
        store().keep(TICKET, new UUID(7, 3), staged("b.txt", "texto"));
        store().keep(new UUID(8, 1), ATTACHMENT, staged("c.txt", "texto"));

        try (Stream<Entry> all = store().all()) {
            assertThat(all)
                    .hasSize(3)
                    .allMatch(file -> file.since().isAfter(before))
                    .extracting(Entry::ticketId, Entry::attachmentId)
                    .containsExactlyInAnyOrder(
                            tuple(TICKET, ATTACHMENT),
                            tuple(TICKET, new UUID(7, 3)),
                            tuple(new UUID(8, 1), ATTACHMENT));
        }
    }

    @Test
    void deletesOneFileAndLeavesTheOthersAlone() throws IOException {
        store().keep(TICKET, ATTACHMENT, staged("a.txt", "texto"));
        store().keep(TICKET, new UUID(7, 3), staged("b.txt", "texto"));

        store().delete(TICKET, ATTACHMENT);
        store().delete(TICKET, ATTACHMENT);

        assertThat(store().find(TICKET, ATTACHMENT)).isEmpty();
        assertThat(store().find(TICKET, new UUID(7, 3))).isPresent();
        store().delete(TICKET, new UUID(7, 3));
        try (Stream<Entry> all = store().all()) {
            assertThat(all).isEmpty();
        }
    }

    @Test
    void hasNothingBeforeAnythingIsKept() {
        try (Stream<Entry> all = store().all()) {
            assertThat(all).isEmpty();
        }
    }

    private StagedFile staged(String name, String content) throws IOException {
        Path path = folder.resolve("staged-" + UUID.randomUUID());
        Files.writeString(path, content);
        return new StagedFile(
                path,
                name,
                ContentKind.TEXT,
                content.getBytes(UTF_8).length,
                "digest",
                LocalDate.EPOCH);
    }
}
