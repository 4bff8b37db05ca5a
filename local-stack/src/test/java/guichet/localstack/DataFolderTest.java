package guichet.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

class DataFolderTest {

    @TempDir Path folder;

    @Test
    void clearsWhatTheDeskKeepsAndNothingElse() throws Exception {
        Path segment = folder.resolve("kafka/support.chats-0/00.log");
        Files.createDirectories(segment.getParent());
        Files.writeString(segment, "records");
        Files.createDirectories(folder.resolve("postgres/base"));
        Path letter = Files.writeString(folder.resolve("letter.txt"), "mine");

        new DataFolder(folder).clear();

        assertThat(folder.resolve("kafka")).doesNotExist();
        assertThat(folder.resolve("postgres")).doesNotExist();
        assertThat(letter).exists();
    }
}
