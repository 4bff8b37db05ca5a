package guichet.intake.attachments;

import guichet.intake.contacts.StoreUnavailable;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Where files lie while they are received. Each process has a folder of its own beside a file that
 * it holds locked as long as it lives; so one that starts knows which of the others are dead, and
 * deletes what they left.
 */
final class Staging implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Staging.class);

    private static final String LOCK = ".lock";

    private final Path mine;
    private final Path lockFile;
    private final FileChannel lock;
    private final Supplier<UUID> freshIds;
    private volatile boolean closed;

    private Staging(Path mine, Path lockFile, FileChannel lock, Supplier<UUID> freshIds) {
        this.mine = mine;
        this.lockFile = lockFile;
        this.lock = lock;
        this.freshIds = freshIds;
    }

    /**
     * Takes a folder of its own within this one, and deletes those of processes that are gone.
     *
     * @throws UncheckedIOException where the folder cannot be used
     */
    static Staging in(Path folder, Supplier<UUID> freshIds) {
        try {
            Files.createDirectories(folder);
            sweep(folder);
            return begin(folder, freshIds);
        } catch (IOException e) {
            throw new UncheckedIOException("guichet.attachments.folder: cannot use " + folder, e);
        }
    }

    private static Staging begin(Path folder, Supplier<UUID> freshIds) throws IOException {
        while (true) {
            String name = freshIds.get().toString();
            Path lockFile = folder.resolve(name + LOCK);
            FileChannel channel =
                    FileChannel.open(
                            lockFile, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            // Another process that starts may take a file for a dead one's before it is locked.
            if (channel.tryLock() != null && Files.exists(lockFile)) {
                return new Staging(
                        Files.createDirectory(folder.resolve(name)), lockFile, channel, freshIds);
            }
            channel.close();
        }
    }

    /**
     * A place for a file; nothing is there yet. Somebody who tidies up, or a process to which the
     * storage does not show our lock, may have deleted the folder and its lock file: then they are
     * made again, the second so that a later process finds the first.
     *
     * @throws StoreUnavailable where it cannot be made, or this is closed
     */
    Path newFile() {
        if (closed) {
            throw new StoreUnavailable(new ClosedChannelException());
        }
        try {
            if (!Files.isDirectory(mine)) {
                Files.createDirectories(mine);
                // Not touched where it is there: to close it would give up the lock.
                if (Files.notExists(lockFile)) {
                    Files.createFile(lockFile);
                }
            }
            return mine.resolve(freshIds.get().toString());
        } catch (IOException e) {
            throw new StoreUnavailable(e);
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        delete(mine);
        Files.deleteIfExists(lockFile);
        lock.close();
    }

    private static void sweep(Path folder) throws IOException {
        for (Path lockFile : lockFiles(folder)) {
            try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
                    FileLock lock = channel.tryLock()) {
                if (lock != null) {
                    String name = lockFile.getFileName().toString();
                    delete(folder.resolve(name.substring(0, name.length() - LOCK.length())));
                    Files.deleteIfExists(lockFile);
                    log.info("Deleted what a process that is gone had received in part");
                }
            } catch (OverlappingFileLockException e) {
                log.debug("{} belongs to this process", lockFile);
            } catch (IOException e) {
                log.warn("Could not look after {}: {}", lockFile, e.getClass().getName());
            }
        }
    }

    private static List<Path> lockFiles(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> entry.toString().endsWith(LOCK)).toList();
        }
    }

    private static void delete(Path tree) throws IOException {
        if (Files.exists(tree)) {
            try (Stream<Path> entries = Files.walk(tree)) {
                for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(entry);
                }
            }
        }
    }
}
