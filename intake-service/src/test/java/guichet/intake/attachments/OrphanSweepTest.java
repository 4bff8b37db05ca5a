package guichet.intake.attachments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import guichet.chassis.door.SettableClock;
import guichet.intake.attachments.AttachmentStore.Entry;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

class OrphanSweepTest {

    private static final Instant SENT = Instant.parse("2026-11-24T21:00:00Z");
    private static final int FILES_A_ROUND = 3;

    @TempDir private Path folder;
    private final SettableClock clock = new SettableClock();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Set<UUID> onTheLog = new HashSet<>();
    private boolean read = true;
    private FolderStore store;
    private OrphanSweep sweep;

    @BeforeEach
    void begin() {
        store = new FolderStore(folder.resolve("kept"));
        sweep =
                new OrphanSweep(
                        store,
                        this::withoutRecord,
                        Duration.ofHours(25),
                        FILES_A_ROUND,
                        clock,
                        meters);
    }

    @AfterEach
    void end() {
        sweep.close();
    }

    @Test
    void deletesTheFilesOfATicketThatTheLogDoesNotHaveWhenTheirTimeIsOver() throws IOException {
        UUID never = ticket(1);

        clock.set("2026-11-25T22:00:00Z");
        sweep.round();
        assertThat(kept()).containsExactly(never);
        clock.set("2026-11-25T22:00:01Z");
        sweep.round();

        assertThat(kept()).isEmpty();
        assertThat(meters.get("guichet.attachments.swept").counter().count()).isEqualTo(1);
    }

    @Test
    void keepsTheFilesOfATicketThatTheLogHas() throws IOException {
        UUID there = ticket(1);
        onTheLog.add(there);

        clock.set("2027-11-24T21:00:00Z");
        sweep.round();

        assertThat(kept()).containsExactly(there);
    }

    @Test
    void keepsEverythingForAsLongAsItIsNotKnownWhatTheLogHas() throws IOException {
        ticket(1);
        read = false;

        clock.set("2027-11-24T21:00:00Z");
        sweep.round();
        assertThat(kept()).hasSize(1);
        read = true;
        sweep.round();

        assertThat(kept()).isEmpty();
    }

    @Test
    void whatIsPutThereAgainCountsFromThen() throws IOException {
        UUID ticket = ticket(1);
        touch(ticket, SENT.plus(Duration.ofHours(20)));

        clock.set("2026-11-26T12:00:00Z");
        sweep.round();

        assertThat(kept()).containsExactly(ticket);
    }

    @Test
    void looksAtSoManyFilesInARoundAndInTheEndAtAll() throws IOException {
        for (int i = 1; i <= 8; i++) {
            ticket(i);
        }
        clock.set("2026-11-27T00:00:00Z");

        sweep.round();
        assertThat(kept()).hasSize(5);
        sweep.round();
        assertThat(kept()).hasSize(2);
        sweep.round();
        assertThat(kept()).isEmpty();

        ticket(9);
        sweep.round();
        assertThat(kept()).isEmpty();
    }

    @Test
    void aRoundThatFailsDeletesNothing() throws IOException {
        ticket(1);
        clock.set("2026-11-27T00:00:00Z");
        try (OrphanSweep failing =
                new OrphanSweep(
                        store,
                        tickets -> {
                            throw new IllegalStateException("away, as the test asked");
                        },
                        Duration.ofHours(25),
                        FILES_A_ROUND,
                        clock,
                        meters)) {
            assertThatThrownBy(failing::round).isInstanceOf(IllegalStateException.class);
        }

        assertThat(kept()).hasSize(1);
    }

    private Set<UUID> withoutRecord(Set<UUID> tickets) {
        return tickets.stream()
                .filter(ticket -> read && !onTheLog.contains(ticket))
                .collect(Collectors.toSet());
    }

    private UUID ticket(int number) throws IOException {
        UUID ticket = new UUID(7, number);
        Path staged = Files.writeString(folder.resolve("staged"), "text");
        store.keep(
                ticket,
                new UUID(8, number),
                new StagedFile(staged, "a.txt", ContentKind.TEXT, 4, "digest", LocalDate.EPOCH));
        touch(ticket, SENT);
        return ticket;
    }

    private void touch(UUID ticket, Instant at) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("kept").resolve(ticket.toString()))) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(at));
            }
        }
    }

    private List<UUID> kept() {
        try (Stream<Entry> all = store.all()) {
            return all.map(Entry::ticketId).toList();
        }
    }
}
