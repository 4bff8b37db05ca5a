package guichet.intake.attachments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import guichet.intake.contacts.StoreUnavailable;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

class StagingTest {

    @TempDir private Path folder;

    @Test
    void deletesWhatAKilledProcessHadReceivedInPart() throws IOException {
        Path dead = Files.createDirectory(folder.resolve("dead"));
        Files.writeString(dead.resolve("file"), "half of ");
        Files.createFile(folder.resolve("dead.lock"));

        try (Staging staging = Staging.in(folder, UUID::randomUUID)) {
            assertThat(dead).doesNotExist();
            assertThat(folder.resolve("dead.lock")).doesNotExist();
            assertThat(staging.newFile()).doesNotExist();
        }
    }

    @Test
    void leavesAloneWhatALivingProcessReceives() throws IOException {
        try (Staging living = Staging.in(folder, UUID::randomUUID)) {
            Path file = Files.writeString(living.newFile(), "half of ");

            try (Staging another = Staging.in(folder, UUID::randomUUID)) {
                assertThat(file).exists();
                assertThat(another.newFile().getParent()).isNotEqualTo(file.getParent());
            }

            assertThat(file).exists();
        }
    }

    @Test
    void goesOnWhenItsFolderHasBeenTidiedAway() throws IOException {
        try (Staging staging = Staging.in(folder, UUID::randomUUID)) {
            Files.delete(staging.newFile().getParent());

            assertThat(Files.writeString(staging.newFile(), "whole")).hasContent("whole");
        }
    }

    @Test
    void whatItReceivesThereAfterwardsIsFoundByALaterProcess() throws IOException {
        try (Staging unseen = Staging.in(folder, UUID::randomUUID)) {
            Path mine = unseen.newFile().getParent();
            Files.delete(mine);
            Files.delete(folder.resolve(mine.getFileName() + ".lock"));
            Path file = Files.writeString(unseen.newFile(), "half of ");

            try (Staging later = Staging.in(folder, UUID::randomUUID)) {
                assertThat(later.newFile()).doesNotExist();
                assertThat(file).doesNotExist();
            }
        }
    }

    @Test
    void saysThatTheStoreIsAwayWhereItsFolderCannotBeMadeAgainOrNobodyMayWriteAnyMore()
            throws IOException {
        Staging staging = Staging.in(folder, UUID::randomUUID);
        Path mine = staging.newFile().getParent();
        Files.delete(mine);
        Files.createFile(mine);
        assertThatThrownBy(staging::newFile).isInstanceOf(StoreUnavailable.class);
        Files.delete(mine);

        staging.close();

        assertThatThrownBy(staging::newFile).isInstanceOf(StoreUnavailable.class);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void leavesNothingBehindWhenItIsClosed() throws IOException {
        try (Staging staging = Staging.in(folder, UUID::randomUUID)) {
            Files.writeString(staging.newFile(), "half of ");
        }

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void saysAtOnceThatItsFolderCannotBeUsed() throws IOException {
        Path file = Files.createFile(folder.resolve("a file"));

        assertThatThrownBy(() -> Staging.in(file.resolve("staged"), UUID::randomUUID))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("guichet.attachments.folder");
    }
}
