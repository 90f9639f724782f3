package org.assidu.accrual.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a journal again, from its first generation to what is acknowledged, a piece at a time, beside the process that appends: what
 * a disk has lost is found before it is needed. Where it stands is kept in a small file, so that starts do not begin anew. It stays
 * in front of damage.
 */
public final class JournalScrub implements AutoCloseable {
    /** Copied out of the page cache at once; nobody else runs on that processor meanwhile. */
    private static final int WINDOW_BYTES = 32 << 10;

    private final DocumentFraming framing;
    private final Path directory;
    private final Path stateFile;
    private final BatchFrame frame = new BatchFrame();
    private ScrubState state;
    private @Nullable DocumentCursor cursor;
    private @Nullable Seal seal;
    /** Last position of the generation at hand. */
    private long target;

    /** Whether the generation at hand was entered at a noted place, which may be stale. */
    private boolean resumed;

    /** Whether this pass began in this process: only then do generations have to follow what was read. */
    private boolean ownPass;

    private JournalScrub(DocumentFraming framing, Path directory, Path stateFile, ScrubState state) {
        this.framing = framing;
        this.directory = directory;
        this.stateFile = stateFile;
        this.state = state;
    }

    /** @param stateFile where it is kept how far it came; made when absent */
    public static JournalScrub open(DocumentStore store, Path directory, Path stateFile) {
        return new JournalScrub(store.framing(), directory, stateFile, ScrubState.read(stateFile));
    }

    /** Times that everything was read, since the state file was made. */
    public long passes() {
        return state.passes();
    }

    /** Last position read in this pass. */
    public long position() {
        return state.position();
    }

    /**
     * Reads on.
     *
     * @param bytes about so many, at least one batch
     * @return bytes read; 0 = a pass has ended
     * @throws JournalDamagedException at what does not read as it was written; again at each call
     */
    public long step(long bytes) {
        long read = 0;
        try {
            while (read < bytes) {
                DocumentCursor open = cursor == null ? enter() : cursor;
                boolean passEnded = open == null;
                if (open != null && state.position() >= target && state.headerSeen()) {
                    passEnded = !leave(open);
                } else if (open != null) {
                    read += document(open);
                }
                if (passEnded) {
                    state = ScrubState.start(state.passes() + 1);
                    ownPass = true;
                    save();
                    return read;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return read;
    }

    /** Opens the generation at hand, or the next one that holds something to read. @return null when there is none */
    private @Nullable DocumentCursor enter() throws IOException {
        List<Integer> numbers = JournalDirectory.generations(directory);
        while (true) {
            int number = state.generation();
            if (!numbers.contains(number)) {
                return null;
            }
            Path generation = JournalDirectory.generation(directory, number);
            readSeal(generation);
            if (seal == null && target <= state.position()) {
                return null;
            }
            if (state.position() > target) {
                state = state.atStart();
            }
            if (!ownPass && !follows()) {
                // Noted of a journal that was there before.
                state = ScrubState.start(state.passes());
                ownPass = true;
                continue;
            }
            checkSeal(generation);
            if (seal != null && seal.batches() == 0) {
                state = state.next(seal.lastPosition(), HexFormat.of().parseHex(seal.chainHead()));
                continue;
            }
            DocumentCursor opened = new DocumentCursor(generation, framing, WINDOW_BYTES);
            resumed = state.headerSeen();
            if (resumed) {
                opened.moveTo(state.file(), state.offset());
            }
            cursor = opened;
            return opened;
        }
    }

    /** Looks where the generation at hand ends. */
    private void readSeal(Path generation) throws IOException {
        // In this order: what was acknowledged before is of this generation, if that has no seal afterwards.
        long acknowledged = acknowledged();
        try {
            seal = Seal.read(generation);
        } catch (IllegalArgumentException e) {
            throw damaged(generation.resolve(JournalDirectory.SEAL), 0, String.valueOf(e.getMessage()));
        }
        target = seal == null ? acknowledged : seal.lastPosition();
    }

    private long acknowledged() throws IOException {
        AcknowledgedSlots.Slot slot = AcknowledgedSlots.read(directory);
        return slot == null ? 0 : slot.acknowledged();
    }

    private boolean follows() {
        Seal ended = seal;
        return ended == null
                || (ended.previousPosition() == state.before()
                        && ended.previousHash().equals(HexFormat.of().formatHex(state.beforeHead())));
    }

    private void checkSeal(Path generation) throws IOException {
        Seal ended = seal;
        if (ended == null) {
            return;
        }
        if (ended.generation() != state.generation() || !follows()) {
            throw damaged(
                    generation.resolve(JournalDirectory.SEAL),
                    0,
                    "the seal follows position expected=" + state.before() + " actual=" + ended.previousPosition());
        }
        for (Seal.FileEnd file : ended.files()) {
            Path path = ArchiveNote.contents(generation).resolve(file.name());
            long size = Files.exists(path) ? Files.size(path) : 0;
            if (size < file.end()) {
                throw damaged(path, size, "the file has size=" + size + ", its seal says " + file.end() + " or more");
            }
        }
    }

    private long document(DocumentCursor open) throws IOException {
        String problem = problem(open, open.next());
        if (problem != null) {
            open.unread();
            problem = problem(open, open.next());
        }
        if (problem != null && resumed) {
            // The place may be of a journal that was there before: only a generation read from its start can accuse.
            close();
            state = state.atStart();
            return 0;
        }
        if (problem != null) {
            open.unread();
            throw damaged(open.file(), open.documentOffset(), problem);
        }
        byte[] buffer = open.buffer();
        int at = open.offset();
        if (state.headerSeen()) {
            byte[] head = new byte[BatchFrame.HASH_BYTES];
            BatchFrame.copyHash(buffer, at, head);
            state = state.at(open.fileOrdinal(), open.endOffset(), BatchFrame.lastPosition(buffer, at), head);
        } else {
            state = state.at(open.fileOrdinal(), open.endOffset(), state.position(), state.chainHead());
        }
        return open.length();
    }

    private @Nullable String problem(DocumentCursor open, DocumentCursor.Step step) {
        return switch (step) {
            case END -> "reads as the end of the generation, expected position=" + target;
            case DAMAGED -> open.problem();
            case DOCUMENT ->
                state.headerSeen()
                        ? frame.problem(
                                open.buffer(),
                                open.offset(),
                                open.length(),
                                state.generation(),
                                state.position(),
                                state.chainHead())
                        : GenerationHeader.problem(
                                open.buffer(),
                                open.offset(),
                                open.length(),
                                state.generation(),
                                state.position(),
                                state.chainHead());
        };
    }

    /** Goes on behind the target. @return whether there is more to read in this pass */
    private boolean leave(DocumentCursor open) throws IOException {
        if (seal == null) {
            readSeal(JournalDirectory.generation(directory, state.generation()));
            if (seal == null) {
                // What came to it meanwhile is for the next pass.
                close();
                return false;
            }
            return true;
        }
        String expected = seal.chainHead();
        String head = HexFormat.of().formatHex(state.chainHead());
        if (!expected.equals(head)) {
            throw damaged(open.file(), open.documentOffset(), "chain head expected=" + expected + " actual=" + head);
        }
        close();
        state = state.next(state.position(), state.chainHead());
        return true;
    }

    private JournalDamagedException damaged(Path file, long offset, String problem) {
        return new JournalDamagedException(
                new JournalDamage(file, offset, state.position() + 1, problem, JournalVerifier.nextStep(directory)));
    }

    /** Notes how far it came. */
    public void save() throws IOException {
        state.write(stateFile);
    }

    @Override
    public void close() {
        if (cursor != null) {
            cursor.close();
            cursor = null;
        }
    }

    /**
     * Where it stands: in which generation, behind which document.
     *
     * @param before last position of the generation before
     * @param beforeHead its hash
     */
    private record ScrubState(
            long passes,
            int generation,
            long before,
            byte[] beforeHead,
            boolean headerSeen,
            int file,
            long offset,
            long position,
            byte[] chainHead) {
        private static final String TITLE = "assidu-scrub 1";
        private static final int WORDS = 9;

        static ScrubState start(long passes) {
            byte[] none = new byte[BatchFrame.HASH_BYTES];
            return new ScrubState(passes, 1, 0, none, false, 0, 0, 0, none);
        }

        ScrubState at(int newFile, long newOffset, long newPosition, byte[] head) {
            return new ScrubState(
                    passes, generation, before, beforeHead, true, newFile, newOffset, newPosition, head.clone());
        }

        ScrubState atStart() {
            return new ScrubState(passes, generation, before, beforeHead, false, 0, 0, before, beforeHead);
        }

        ScrubState next(long lastPosition, byte[] head) {
            byte[] copy = Arrays.copyOf(head, head.length);
            return new ScrubState(passes, generation + 1, lastPosition, copy, false, 0, 0, lastPosition, copy);
        }

        /** What was written; the start of the first pass where there is nothing that can be read. */
        static ScrubState read(Path stateFile) {
            try {
                String[] words = Files.exists(stateFile)
                        ? Files.readString(stateFile).strip().split("[\\n ]+")
                        : new String[0];
                if (words.length != WORDS + 2 || !(words[0] + " " + words[1]).equals(TITLE)) {
                    return start(0);
                }
                HexFormat hex = HexFormat.of();
                return new ScrubState(
                        Long.parseLong(words[2]),
                        Integer.parseInt(words[3]),
                        Long.parseLong(words[4]),
                        hex.parseHex(words[5]),
                        Boolean.parseBoolean(words[6]),
                        Integer.parseInt(words[7]),
                        Long.parseLong(words[8]),
                        Long.parseLong(words[9]),
                        hex.parseHex(words[10]));
            } catch (IOException | IllegalArgumentException e) {
                return start(0);
            }
        }

        void write(Path stateFile) throws IOException {
            HexFormat hex = HexFormat.of();
            JournalDirectory.writeAtomically(
                    stateFile,
                    String.join(
                                    "\n",
                                    TITLE,
                                    Long.toString(passes),
                                    generation + " " + before + " " + hex.formatHex(beforeHead),
                                    headerSeen + " " + file + " " + offset,
                                    position + " " + hex.formatHex(chainHead))
                            + "\n");
        }
    }
}
