package org.assidu.accrual.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A generation that this process appends to: its writer, what was committed, forced and acknowledged, and its end. */
final class LiveGeneration {
    private final Generation generation;
    private final byte[] previousHash;
    private final DocumentWriter writer;
    private final UnforcedFiles files;
    private final AcknowledgedSlots slots;
    private final JournalConfig config;
    private final Failure failure;
    private final byte[] chainHead;
    private final List<Seal.FileEnd> ends = new ArrayList<>();
    private long batches;
    private long bytes;
    private volatile long forced;
    private long acknowledged;

    LiveGeneration(
            Generation generation,
            byte[] previousHash,
            DocumentWriter writer,
            UnforcedFiles files,
            AcknowledgedSlots slots,
            JournalConfig config,
            Failure failure) {
        this.generation = generation;
        this.previousHash = previousHash;
        this.chainHead = previousHash.clone();
        this.writer = writer;
        this.files = files;
        this.slots = slots;
        this.config = config;
        this.failure = failure;
        this.forced = generation.previousPosition();
        this.acknowledged = forced;
    }

    /** Writes the generation's first document and forces it, with the names of file and directory. */
    void start(byte[] header) {
        try {
            write(header, header.length);
            files.force();
        } catch (IOException | RuntimeException | InternalError e) {
            slots.writeForceFailed(acknowledged, forced);
            throw failure.fail("starting generation " + generation.number(), e);
        }
    }

    /** Writes a batch and shows it to readers. */
    void write(BatchBuilder batch) {
        failure.check();
        synchronized (chainHead) {
            batch.finish(forced, generation.number(), chainHead);
        }
        try {
            write(batch.bytes(), batch.length());
        } catch (IOException | RuntimeException | InternalError e) {
            throw failure.fail(
                    "writing a batch of " + batch.count() + " records from position=" + batch.firstPosition(), e);
        }
        batches++;
        long last = batch.firstPosition() + batch.count() - 1;
        generation.committed(batch.firstPosition(), last, files.ordinal(), writer.documentOffset());
    }

    /** Whether a batch of so many bytes belongs into the next generation; never the first batch. */
    boolean isFullFor(int length) {
        return batches > 0 && bytes + length > config.generationBytes();
    }

    private void write(byte[] bytes, int length) throws IOException {
        if (!ends.isEmpty() && ends.get(ends.size() - 1).end() + length > config.rollBytes()) {
            writer.roll();
        }
        writer.append(bytes, 0, length);
        this.bytes += Integer.BYTES + length;
        int before = files.ordinal();
        files.wrote(writer);
        Seal.FileEnd end = new Seal.FileEnd(
                writer.file().getFileName().toString(), writer.documentOffset() + Integer.BYTES + length);
        if (files.ordinal() == before) {
            ends.set(ends.size() - 1, end);
        } else {
            ends.add(end);
        }
    }

    /** See {@link JournalBarrier#advance}. */
    long advance() {
        failure.check();
        long target = generation.lastPosition();
        try {
            if (config.durability() == Durability.DURABLE && target > forced) {
                files.force();
                forced = target;
            }
            if (target > acknowledged) {
                slots.write(target, forced);
                acknowledged = target;
            }
        } catch (IOException | RuntimeException | InternalError e) {
            slots.writeForceFailed(acknowledged, forced);
            throw failure.fail("the force up to position=" + target, e);
        }
        return target;
    }

    /** Forces what is committed and writes the seal; after a failure, only lets go of the files. */
    void close() throws IOException {
        try (files;
                writer) {
            if (failure.happened()) {
                return;
            }
            long target = generation.lastPosition();
            try {
                files.force();
            } catch (IOException | RuntimeException | InternalError e) {
                slots.writeForceFailed(acknowledged, forced);
                throw failure.fail("the last force, up to position=" + target, e);
            }
            forced = target;
            slots.write(target, target);
        }
        Seal seal = new Seal(
                generation.number(),
                Seal.CLOSED,
                generation.previousPosition(),
                HexFormat.of().formatHex(previousHash),
                generation.lastPosition(),
                HexFormat.of().formatHex(chainHead()),
                batches,
                ends);
        seal.write(generation.directory());
    }

    byte[] chainHead() {
        synchronized (chainHead) {
            return chainHead.clone();
        }
    }

    Generation generation() {
        return generation;
    }
}
