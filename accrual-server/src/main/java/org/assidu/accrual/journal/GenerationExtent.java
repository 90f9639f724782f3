package org.assidu.accrual.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How far one generation goes: as its seal says, or, while it goes on, up to what was promised when it was looked at. */
public final class GenerationExtent {
    private final Seal seal;

    /** One of its files, and the offset behind its last document. */
    public record FileExtent(String name, long end) {}

    private GenerationExtent(Seal seal) {
        this.seal = seal;
    }

    static GenerationExtent of(Seal seal) {
        return new GenerationExtent(seal);
    }

    /**
     * What {@link #text} gave.
     *
     * @throws IllegalArgumentException when it does not read as it was written
     */
    public static GenerationExtent ofText(String text) {
        return new GenerationExtent(Seal.parse(text));
    }

    /** As text with a checksum: that of a seal. */
    public String text() {
        return seal.text();
    }

    public int number() {
        return seal.generation();
    }

    /** Name of its folder in a journal. */
    public String folder() {
        return String.valueOf(JournalDirectory.generation(Path.of(""), number()).getFileName());
    }

    /** Whether it has ended, so that nothing of it changes any more. */
    public boolean ended() {
        return !seal.reason().equals(Seal.COPIED);
    }

    public long previousPosition() {
        return seal.previousPosition();
    }

    public long lastPosition() {
        return seal.lastPosition();
    }

    /** In hex. */
    public String previousHash() {
        return seal.previousHash();
    }

    /** In hex. */
    public String chainHead() {
        return seal.chainHead();
    }

    public List<FileExtent> files() {
        return seal.files().stream()
                .map(file -> new FileExtent(file.name(), file.end()))
                .toList();
    }

    /** Writes the seal that makes a folder's files a generation that has ended. */
    public void writeSeal(Path journal) throws IOException {
        seal.write(JournalDirectory.generation(journal, number()));
    }

    /** Where its files are: in its folder of the journal, or in the archive that they were moved to. */
    public Path contents(Path journal) {
        return ArchiveNote.contents(JournalDirectory.generation(journal, number()));
    }

    /** The archive's folder that its files were moved to; null = none. */
    public @Nullable Path archivedAt(Path journal) {
        return ArchiveNote.read(JournalDirectory.generation(journal, number()));
    }

    /** Notes that its files are in another folder from now on, where they must be on disk already, and then deletes them here. */
    public void leave(Path journal, Path where) throws IOException {
        Path generation = JournalDirectory.generation(journal, number());
        ArchiveNote.write(generation, where);
        List<Path> files;
        try (Stream<Path> all = Files.list(generation)) {
            files = all.filter(file -> {
                        String name = String.valueOf(file.getFileName());
                        return !name.equals(ArchiveNote.FILE_NAME) && !name.equals(JournalDirectory.SEAL);
                    })
                    .toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
        JournalDirectory.forceDirectory(generation);
    }

    /** When it was started, epoch milliseconds, as its first document says. @return {@link Long#MAX_VALUE} when it cannot be read */
    public long startedAtMillis(DocumentStore store, Path journal) {
        Path generation = JournalDirectory.generation(journal, number());
        try (DocumentCursor cursor = new DocumentCursor(generation, store.framing(), GenerationHeader.BYTES)) {
            boolean header = cursor.next() == DocumentCursor.Step.DOCUMENT
                    && GenerationHeader.isHeader(cursor.buffer(), cursor.offset(), cursor.length());
            return header ? GenerationHeader.timeMillis(cursor.buffer(), cursor.offset()) : Long.MAX_VALUE;
        }
    }

    /** Reads every byte of this generation in a journal folder. @return what is not as it was written, and where; or null */
    public @Nullable String problem(DocumentStore store, Path journal, RecoveryProgress progress) {
        byte[] previous = HexFormat.of().parseHex(seal.previousHash());
        GenerationScan scan = new GenerationScan(
                number(),
                JournalDirectory.generation(journal, number()),
                store.framing(),
                seal.previousPosition(),
                previous);
        scan.run(seal.lastPosition(), progress, 0, 0);
        String mismatch = scan.mismatch(seal);
        return mismatch == null
                ? null
                : "position=" + (scan.position() + 1) + ", file " + scan.stopFile() + " offset=" + scan.stopOffset()
                        + ": " + mismatch;
    }
}
