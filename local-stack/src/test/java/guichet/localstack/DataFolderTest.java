package guichet.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.localstack.platform.KafkaCluster;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class DataFolderTest {

    @TempDir Path folder;

    @Test
    void clearsWhatTheDeskKeepsAndNothingElse() throws Exception {
        Path segment = folder.resolve("kafka/support.chats-0/00.log");
        Files.createDirectories(segment.getParent());
        Files.writeString(segment, "records");
        Files.createDirectories(folder.resolve("postgres/base"));
        Files.createDirectories(folder.resolve("attachments-of/lkc-1/kept"));
        Path letter = Files.writeString(folder.resolve("letter.txt"), "mine");

        new DataFolder(folder).clear();

        assertThat(folder.resolve("kafka")).doesNotExist();
        assertThat(folder.resolve("postgres")).doesNotExist();
        assertThat(folder.resolve("attachments-of")).doesNotExist();
        assertThat(letter).exists();
    }

    @Test
    void keepsTheFilesOfEachKafkaApart() {
        DataFolder data = new DataFolder(folder);
        Platform given = new Platform("broker:9092", null, null);

        assertThat(
                        List.of(
                                data.attachments(Platform.OWN, new KafkaCluster("own", 1, 4)),
                                data.attachments(given, new KafkaCluster("lkc-1", 3, 24)),
                                data.attachments(given, new KafkaCluster("lkc-2", 3, 24))))
                .containsExactly(
                        folder.resolve("attachments"),
                        folder.resolve("attachments-of/lkc-1"),
                        folder.resolve("attachments-of/lkc-2"));
    }
}
