package guichet.intake.attachments;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.intake.contacts.StoreUnavailable;
import guichet.intake.requests.DeskIds;

import org.springframework.util.FileSystemUtils;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Files in a folder: {@code <ticket>/<attachment>}, and beside each {@code <attachment>.about} with
 * its media type and its name, a line each. Both come by an atomic move, the file last: it is there
 * whole, and described, or not at all. Staged files must lie on the same volume.
 */
final class FolderStore implements AttachmentStore {

    private static final String ABOUT = ".about";

    private final Path folder;

    FolderStore(Path folder) {
        this.folder = folder;
    }

    @Override
    public void keep(UUID ticketId, UUID attachmentId, StagedFile file) {
        Path kept = path(ticketId, attachmentId);
        Path description = about(file.path());
        try {
            Files.createDirectories(folder.resolve(ticketId.toString()));
            try {
                Files.write(description, List.of(file.kind().mediaType(), file.name()), UTF_8);
                Files.move(description, about(kept), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(description);
            }
            Files.move(file.path(), kept, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StoreUnavailable(e);
        }
    }

    @Override
    public Optional<KeptFile> find(UUID ticketId, UUID attachmentId) {
        Path kept = path(ticketId, attachmentId);
        try {
            long size = Files.size(kept);
            List<String> about = Files.readAllLines(about(kept), UTF_8);
            return Optional.of(
                    new KeptFile(about.get(1), about.get(0), size, Files.newInputStream(kept)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StoreUnavailable(e);
        }
    }

    @Override
    public void delete(UUID ticketId) {
        try {
            FileSystemUtils.deleteRecursively(folder.resolve(ticketId.toString()));
        } catch (IOException e) {
            throw new StoreUnavailable(e);
        }
    }

    @Override
    public Stream<Entry> all() {
        try {
            return Files.exists(folder)
                    ? Files.list(folder).flatMap(FolderStore::filesOf)
                    : Stream.empty();
        } catch (IOException e) {
            throw new StoreUnavailable(e);
        }
    }

    @Override
    public void delete(UUID ticketId, UUID attachmentId) {
        Path kept = path(ticketId, attachmentId);
        try {
            Files.deleteIfExists(kept);
            Files.deleteIfExists(about(kept));
            Files.deleteIfExists(folder.resolve(ticketId.toString()));
        } catch (DirectoryNotEmptyException others) {
            // The last of the ticket's files takes its folder along.
        } catch (IOException e) {
            throw new StoreUnavailable(e);
        }
    }

    /** A description without its file, as a crash leaves it, counts as the file. */
    private static Stream<Entry> filesOf(Path ticket) {
        Optional<UUID> ticketId = DeskIds.read(ticket.getFileName().toString());
        if (ticketId.isEmpty()) {
            return Stream.empty();
        }
        Map<UUID, Instant> since = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(ticket)) {
            for (Path file : files.toList()) {
                Instant written = Files.getLastModifiedTime(file).toInstant();
                DeskIds.read(file.getFileName().toString().replace(ABOUT, ""))
                        .ifPresent(id -> since.merge(id, written, FolderStore::later));
            }
        } catch (NoSuchFileException goneMeanwhile) {
            return Stream.empty();
        } catch (IOException e) {
            throw new StoreUnavailable(e);
        }
        return since.entrySet().stream()
                .map(file -> new Entry(ticketId.get(), file.getKey(), file.getValue()));
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private Path path(UUID ticketId, UUID attachmentId) {
        return folder.resolve(ticketId.toString()).resolve(attachmentId.toString());
    }

    private static Path about(Path file) {
        return file.resolveSibling(file.getFileName() + ABOUT);
    }
}
