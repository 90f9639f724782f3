package org.assidu.accrual.replication;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Supplier;
import org.assidu.accrual.codec.EpochRecordCodec;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.model.RecordType;

/**
 * What a data directory is to its chain, in small texts beside the journal, each written whole and forced: {@code standby} while
 * it follows, {@code diverged} once its state was seen to differ, {@code promoted} once it took its primary's place, {@code fenced} once another server took its place, {@code epoch}.
 * The journal says the epoch too; the text spares reading all of it.
 */
public final class RoleFiles {
    private final Path root;

    public RoleFiles(Path root) {
        this.root = root;
    }

    /** @throws IllegalStateException when this directory must not serve: the message says what to do */
    public void requireServing() {
        read("standby").ifPresent(primary -> {
            throw new IllegalStateException(root + " is a standby of " + primary
                    + " and does not serve. When that server is gone for good, or stopped for a switch: assidu promote"
                    + " --data "
                    + root);
        });
        read("fenced").ifPresent(reason -> {
            throw new IllegalStateException(root + " was replaced: " + reason
                    + ". It must not serve again. Let it follow the new server: assidu follow HOST:PORT --data " + root
                    + " (it says which records only this directory has, and takes nothing away)");
        });
    }

    /** The server that this directory follows; empty = it is no standby. */
    public Optional<String> standbyOf() {
        return read("standby");
    }

    /** @throws IllegalStateException when this directory must not follow: the message says what to do */
    public void requireFollowing() {
        read("diverged").ifPresent(message -> {
            throw new IllegalStateException(root + " is no true copy: " + message
                    + ". Delete the directory and follow into an empty one; find out first which of the two is right:"
                    + " assidu verify on both");
        });
        if (read("fenced").isEmpty()) {
            read("promoted").ifPresent(epoch -> {
                throw new IllegalStateException(root + " was promoted (epoch " + epoch
                        + ") and follows nobody any more: serve it, or follow into an empty directory");
            });
        }
    }

    /** From now on this is a standby. What it has must be the beginning of what the primary has. */
    public void follow(String primary) {
        write("standby", primary);
        delete("fenced");
        delete("promoted");
    }

    /** Why the state of this standby cannot be trusted. */
    public Optional<String> diverged() {
        return read("diverged");
    }

    void diverge(String message) {
        write("diverged", message);
    }

    /** Who wants to trust it nevertheless deletes this. */
    public Path divergedFile() {
        return root.resolve("diverged");
    }

    /** Another server took the place of this one. */
    void fence(String reason) {
        write("fenced", reason);
    }

    /** This standby is the server from now on. The record of the epoch must be forced. */
    public void promoted(Epoch epoch) {
        epoch(epoch);
        write("promoted", text(epoch));
        delete("standby");
    }

    /** The record of the epoch must be forced. */
    void epoch(Epoch epoch) {
        write("epoch", text(epoch));
    }

    private static String text(Epoch epoch) {
        return epoch.number() + " from position " + epoch.position();
    }

    /** The epoch that the directory is in. @param readers used when the text is missing: then all of the journal is read */
    public Epoch epoch(Supplier<JournalReader> readers) {
        Optional<String> text = read("epoch");
        if (text.isPresent()) {
            String[] words = text.get().split(" ");
            try {
                return new Epoch(Long.parseLong(words[0]), Long.parseLong(words[words.length - 1]));
            } catch (IllegalArgumentException e) {
                throw new IllegalStateException(
                        root.resolve("epoch") + " says \"" + text.get()
                                + "\", expected \"2 from position 1234\": delete it, and the journal is asked",
                        e);
            }
        }
        Epoch epoch = newest(readers);
        epoch(epoch);
        return epoch;
    }

    private static Epoch newest(Supplier<JournalReader> readers) {
        Epoch newest = Epoch.FIRST;
        try (JournalReader reader = readers.get()) {
            while (reader.next()) {
                if (reader.type() == RecordType.EPOCH.code()) {
                    newest = new Epoch(
                            EpochRecordCodec.decode(reader.buffer(), reader.offset(), reader.length()),
                            reader.position());
                }
            }
        }
        return newest;
    }

    private Optional<String> read(String name) {
        try {
            return Optional.of(Files.readString(root.resolve(name)).strip());
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + root.resolve(name) + ": " + e, e);
        }
    }

    private void write(String name, String text) {
        Path fresh = root.resolve(name + ".new");
        try {
            try (FileChannel channel = FileChannel.open(
                    fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = StandardCharsets.UTF_8.encode(text + "\n");
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(fresh, root.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            forceNames();
        } catch (IOException e) {
            throw new IllegalStateException("cannot write " + root.resolve(name) + ": " + e, e);
        }
    }

    private void delete(String name) {
        try {
            if (Files.deleteIfExists(root.resolve(name))) {
                forceNames();
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot delete " + root.resolve(name) + ": " + e, e);
        }
    }

    private void forceNames() throws IOException {
        try (FileChannel channel = FileChannel.open(root, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
