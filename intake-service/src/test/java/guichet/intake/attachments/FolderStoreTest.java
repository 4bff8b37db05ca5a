package guichet.intake.attachments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import guichet.intake.attachments.AttachmentStore.Entry;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;

class FolderStoreTest extends StoreContract {

    @Test
    void listsAndDeletesWhatACrashHasLeftAndNothingOfSomebodyElse() throws IOException {
        UUID ticket = new UUID(7, 9);
        Path kept = Files.createDirectories(folder.resolve("kept").resolve(ticket.toString()));
        Files.writeString(kept.resolve(new UUID(7, 2) + ".about"), "text/plain");
        Files.createDirectories(folder.resolve("kept/lost+found"));

        try (Stream<Entry> all = store().all()) {
            assertThat(all)
                    .extracting(Entry::ticketId, Entry::attachmentId)
                    .containsExactly(tuple(ticket, new UUID(7, 2)));
        }
        store().delete(ticket, new UUID(7, 2));

        assertThat(kept).doesNotExist();
        assertThat(folder.resolve("kept/lost+found")).exists();
    }

    @Override
    AttachmentStore store() {
        return new FolderStore(folder.resolve("kept"));
    }
}
