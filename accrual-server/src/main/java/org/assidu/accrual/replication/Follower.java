package org.assidu.accrual.replication;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.assidu.accrual.codec.EpochRecordCodec;
import org.assidu.accrual.directory.DirectoryReplica;
import org.assidu.accrual.directory.PersonalReplica;
import org.assidu.accrual.engine.AccrualEngine;
import org.assidu.accrual.journal.BatchRecords;
import org.assidu.accrual.journal.BatchRefusedException;
import org.assidu.accrual.journal.Journal;
import org.assidu.accrual.journal.JournalAppender;
import org.assidu.accrual.journal.JournalBarrier;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.model.PrivacyEvent;
import org.assidu.accrual.model.RecordType;
import org.assidu.accrual.pipeline.Recovery;
import org.assidu.accrual.replay.EngineReplay;
import org.assidu.accrual.replay.RecordListener;
import org.assidu.proto.replication.v1.Batch;
import org.assidu.proto.replication.v1.CardRange;
import org.assidu.proto.replication.v1.DirectoryRows;
import org.assidu.proto.replication.v1.FollowJournalRequest;
import org.assidu.proto.replication.v1.FollowJournalResponse;
import org.assidu.proto.replication.v1.Link;
import org.assidu.proto.replication.v1.Person;
import org.assidu.proto.replication.v1.StateHash;
import org.jspecify.annotations.Nullable;

/**
 * A standby's copy of a primary: what comes is checked, written, forced, applied, compared, in this order. Without network; one thread, but for {@link #progress}.
 */
public final class Follower {
    private static final long RECORDS_A_LINE = 1_000_000;

    /**
     * How far it is.
     *
     * @param position last one forced and applied
     * @param stateHash after it
     * @param comparedPosition last one at which the primary's state was the same; 0 = none yet
     */
    public record Progress(long position, long stateHash, long comparedPosition, long epoch) {}

    private final Journal journal;
    private final DirectoryReplica directory;
    private final PersonalReplica people;
    private final RoleFiles roles;
    private final JournalAppender appender;
    private final JournalBarrier barrier;
    private final AccrualEngine engine;
    private final EngineReplay replay;
    private final HashHistory hashes = new HashHistory();
    private final Set<Long> erased = new HashSet<>();
    private final Set<Long> newlyErased = new HashSet<>();
    private Epoch epoch = Epoch.FIRST;
    private byte[] chainHead;
    private long position;
    private long comparedPosition;
    private @Nullable StateHash toCompare;
    private volatile Progress progress;

    /**
     * Replays the journal that is there.
     *
     * @param loaded state of a snapshot of this journal; null = from the first record
     * @param lines told how far the replay is
     */
    public Follower(
            Journal journal,
            DirectoryReplica directory,
            PersonalReplica people,
            RoleFiles roles,
            @Nullable Recovery loaded,
            Consumer<String> lines) {
        this.journal = journal;
        this.directory = directory;
        this.people = people;
        this.roles = roles;
        appender = journal.appender();
        barrier = journal.barrier();
        chainHead = journal.chainHead();
        engine = loaded == null ? new AccrualEngine() : loaded.engine();
        replay = new EngineReplay(engine, new Noted());
        if (loaded != null) {
            position = loaded.position();
            epoch = roles.epoch(journal::newReader);
            erased.addAll(loaded.erasedMembers());
        }
        recover(lines);
        progress = new Progress(position, engine.stateHash(), 0, epoch.number());
    }

    private void recover(Consumer<String> lines) {
        long total = journal.recoveredPosition();
        long began = System.nanoTime();
        try (JournalReader reader = journal.newReader()) {
            reader.seek(position + 1);
            while (position < total && reader.next()) {
                apply(reader);
                if (position % RECORDS_A_LINE == 0) {
                    lines.accept(String.format(Locale.ROOT, "recovering %,d of %,d records", position, total));
                }
            }
        }
        if (position != total) {
            throw new IllegalStateException("the journal ends at position " + position + ", expected " + total
                    + ": run assidu verify on the data directory");
        }
        lines.accept(String.format(
                Locale.ROOT,
                "recovered up to position %,d in %.1f s, epoch %d, state hash %016x",
                position,
                (System.nanoTime() - began) / 1e9,
                epoch.number(),
                engine.stateHash()));
        // Rows of members who were erased before may have been written behind the last deletion.
        newlyErased.addAll(erased);
        forgetErased();
        roles.epoch(epoch);
    }

    /** Any thread. */
    public Progress progress() {
        return progress;
    }

    /** Asks for what comes next. @param name of this standby */
    public FollowJournalRequest request(String name) {
        FollowJournalRequest.Builder request = FollowJournalRequest.newBuilder()
                .setFromPosition(position + 1)
                .setChainHash(ByteString.copyFrom(chainHead))
                .setEpoch(epoch.number())
                .setFromLink(directory.lastLink() + 1)
                .setFromChange(people.lastChange() + 1)
                .setPeopleHeader(ByteString.copyFrom(people.keyHeader()))
                .setFollower(name);
        directory.last((high, low, value) -> request.setLastLink(
                Link.newBuilder().setHashHigh(high).setHashLow(low).setValue(value)));
        return request.build();
    }

    /**
     * Takes one response. When it throws, nothing behind the last good batch was written.
     *
     * @throws BatchRefusedException when a batch does not follow, or was damaged on its way: asking again may bring it whole
     * @throws DivergedException when the state differs from the primary's; noted in the data directory
     * @throws RuntimeException when this directory cannot be written, or a record not be applied: this standby ends
     */
    public void accept(FollowJournalResponse response) throws BatchRefusedException {
        if (response.getEpoch() < epoch.number()) {
            throw new IllegalStateException("the primary is in epoch " + response.getEpoch() + ", this standby in "
                    + epoch.number() + ": it was replaced; follow the server that took its place");
        }
        if (response.hasDirectory()) {
            write(response.getDirectory());
        }
        follow(response.getBatchesList());
        if (response.hasStateHash()) {
            StateHash theirs = response.getStateHash();
            if (theirs.getPosition() > position) {
                toCompare = toCompare == null ? theirs : toCompare;
            } else if (hashes.has(theirs.getPosition())) {
                compare(theirs, hashes.at(theirs.getPosition()));
            }
        }
        progress = new Progress(position, engine.stateHash(), comparedPosition, epoch.number());
    }

    private void write(DirectoryRows rows) {
        directory.bind(rows.getVerifier().toByteArray(), "the primary");
        if (rows.getLinksCount() > 0 && rows.getFirstLink() != directory.lastLink() + 1) {
            throw new IllegalStateException("rows of the directory come from number " + rows.getFirstLink()
                    + ", expected " + (directory.lastLink() + 1));
        }
        for (Link link : rows.getLinksList()) {
            boolean gone = link.getValue() == 0 || erased.contains(Math.abs(link.getValue()));
            directory.append(gone ? 0 : link.getHashHigh(), gone ? 0 : link.getHashLow(), gone ? 0 : link.getValue());
        }
        for (CardRange range : rows.getCardRangesList()) {
            directory.range(range.getPrefix(), range.getNextSerial());
        }
        directory.force();
        writePeople(rows);
    }

    private void writePeople(DirectoryRows rows) {
        if (!rows.getPeopleHeader().isEmpty()) {
            people.reset(rows.getPeopleHeader().toByteArray());
        }
        for (Person person : rows.getPeopleList()) {
            boolean gone = erased.contains(person.getMemberKey());
            people.put(
                    person.getChange(),
                    person.getMemberKey(),
                    gone ? new byte[0] : person.getWrappedKey().toByteArray(),
                    person.getSealed().toByteArray(),
                    person.getNameHashesList());
        }
        if (rows.getPeopleCount() > 0) {
            people.force();
        }
    }

    /** Writes and forces all of them, then applies them. */
    private void follow(List<Batch> batches) throws BatchRefusedException {
        List<BatchRecords> written = new ArrayList<>();
        try {
            for (Batch batch : batches) {
                written.add(write(batch));
            }
        } finally {
            if (!written.isEmpty()) {
                barrier.advance();
                apply(written);
            }
        }
    }

    private BatchRecords write(Batch batch) throws BatchRefusedException {
        BatchRecords records =
                BatchRecords.checked(batch.getContent().toByteArray(), appender.appendedPosition(), chainHead);
        while (records.next()) {
            if (records.type() == RecordType.EPOCH.code()) {
                // Before the record, so that the text is never behind the journal: the primary is in that epoch anyway.
                roles.epoch(new Epoch(
                        EpochRecordCodec.decode(records.buffer(), records.offset(), records.length()),
                        records.position()));
            }
            appender.append(records.type(), records.timeMillis(), records.buffer(), records.offset(), records.length());
        }
        appender.commit();
        byte[] head = journal.chainHead();
        if (!Arrays.equals(head, records.hash())) {
            HexFormat hex = HexFormat.of();
            throw new IllegalStateException("the batch up to position " + records.lastPosition()
                    + " was written here with hash " + hex.formatHex(head) + ", the primary has "
                    + hex.formatHex(records.hash())
                    + ": this is a defect; delete this standby and follow anew");
        }
        chainHead = head;
        return records;
    }

    private void apply(List<BatchRecords> written) {
        for (BatchRecords records : written) {
            records.seek(records.firstPosition());
            while (records.next()) {
                apply(records);
            }
        }
        forgetErased();
    }

    private void apply(JournalReader record) {
        replay.apply(record);
        position = record.position();
        long hash = engine.stateHash();
        hashes.put(position, hash);
        StateHash theirs = toCompare;
        if (theirs != null && theirs.getPosition() == position) {
            toCompare = null;
            compare(theirs, hash);
        }
    }

    private void compare(StateHash theirs, long own) {
        if (theirs.getHash() != own) {
            String message = String.format(
                    Locale.ROOT,
                    "the state at position %d is not the primary's: state hash expected=%016x actual=%016x",
                    theirs.getPosition(),
                    theirs.getHash(),
                    own);
            roles.diverge(message);
            throw new DivergedException(message);
        }
        comparedPosition = theirs.getPosition();
    }

    private void forgetErased() {
        if (!newlyErased.isEmpty()) {
            directory.forget(newlyErased);
            people.forget(newlyErased);
            newlyErased.clear();
        }
    }

    /** What is kept of records beside the engine. */
    private final class Noted implements RecordListener {
        @Override
        public void epoch(long number, long recordPosition, long timeMillis) {
            epoch = new Epoch(number, recordPosition);
        }

        @Override
        public void privacy(PrivacyEvent event, long recordPosition, long timeMillis) {
            if (event.action().erases() && erased.add(event.memberKey())) {
                newlyErased.add(event.memberKey());
            }
        }
    }
}
