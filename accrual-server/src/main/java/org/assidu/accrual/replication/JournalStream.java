package org.assidu.accrual.replication;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.Arrays;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.assidu.accrual.directory.DirectoryFeed;
import org.assidu.accrual.directory.PersonalFeed;
import org.assidu.accrual.grpc.SlicedCall;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.proto.replication.v1.Batch;
import org.assidu.proto.replication.v1.CardRange;
import org.assidu.proto.replication.v1.DirectoryRows;
import org.assidu.proto.replication.v1.FollowJournalResponse;
import org.assidu.proto.replication.v1.Link;
import org.assidu.proto.replication.v1.Person;
import org.assidu.proto.replication.v1.StateHash;
import org.jspecify.annotations.Nullable;

/**
 * One {@code FollowJournal} call. The accrual thread never waits for it.
 *
 * <p>Rows go before batches: what is durable is looked up first, then the forced rows. A sale is journalled after the rows that it
 * uses are forced, so the rows that are seen hold all that the batches use.
 */
final class JournalStream extends SlicedCall<FollowJournalResponse> {
    private static final int MOST_BYTES = 256 << 10;
    private static final int MOST_LINKS = 4096;
    private static final int MOST_PEOPLE = 256;
    private static final int RESPONSES_A_SLICE = 16;
    /** How long a stream that has told everything waits until it looks again. */
    private static final int LOOK_AGAIN_MILLIS = 10;
    /** A follower hears something at least so often. */
    private static final long WORD_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** What a stream reads from. */
    record Source(
            Supplier<JournalReader> readers,
            LongSupplier durable,
            DirectoryFeed directory,
            PersonalFeed people,
            Supplier<@Nullable StateHash> stateHash,
            long epoch) {}

    /** Where a follower goes on. */
    record Place(
            long position,
            byte[] chainHash,
            long link,
            @Nullable Link lastLink,
            long change,
            byte[] peopleHeader) {}

    private final Source source;
    private final Place from;

    private @Nullable JournalReader reader;
    private @Nullable StateHash toldHash;
    private long nextPosition;
    private ByteString previousHash;
    private long nextLink;
    private long nextChange;
    private boolean peopleTold;
    private long toldRanges = -1;
    private long lastWordNanos;
    private volatile long sentPosition;

    JournalStream(
            Source source,
            Place from,
            ServerCallStreamObserver<FollowJournalResponse> responses,
            ScheduledExecutorService threads,
            Consumer<SlicedCall<FollowJournalResponse>> whenEnded) {
        super(responses, threads, whenEnded);
        this.source = source;
        this.from = from;
        nextPosition = from.position();
        previousHash = ByteString.copyFrom(from.chainHash());
        nextLink = from.link();
        nextChange = from.change();
        sentPosition = from.position() - 1;
    }

    /** Last position handed to the transport; {@link Long#MAX_VALUE} once the call has ended. */
    long sentPosition() {
        return sentPosition;
    }

    @Override
    protected boolean work() {
        JournalReader open = reader;
        if (open == null) {
            open = source.readers().get();
            reader = open;
            FollowerPlace.check(from, open, source);
            open.seek(nextPosition);
        }
        for (int response = 0; response < RESPONSES_A_SLICE; response++) {
            if (!isReady()) {
                return false;
            }
            if (!send(open)) {
                lookAgainIn(LOOK_AGAIN_MILLIS);
                return false;
            }
        }
        return true;
    }

    /** @return whether there was anything to send */
    private boolean send(JournalReader open) {
        long durable = source.durable().getAsLong();
        FollowJournalResponse.Builder response = FollowJournalResponse.newBuilder();
        boolean news = addRows(response) | addPeople(response);
        if (nextLink > source.directory().forcedLinks()) {
            news |= addBatches(response, open, durable);
        }
        StateHash hash = source.stateHash().get();
        if (hash != null && !hash.equals(toldHash)) {
            toldHash = hash;
            response.setStateHash(hash);
            news = true;
        }
        long now = System.nanoTime();
        if (!news && now - lastWordNanos < WORD_NANOS) {
            return false;
        }
        lastWordNanos = now;
        send(response.setDurablePosition(durable).setEpoch(source.epoch()).build());
        sentPosition = nextPosition - 1;
        return news;
    }

    private boolean addRows(FollowJournalResponse.Builder response) {
        DirectoryFeed directory = source.directory();
        long ranges = directory.rangeChanges();
        if (nextLink > directory.forcedLinks() && ranges == toldRanges) {
            return false;
        }
        DirectoryRows.Builder rows = DirectoryRows.newBuilder()
                .setVerifier(ByteString.copyFrom(directory.verifier()))
                .setFirstLink(nextLink);
        long last = directory.links(
                nextLink,
                MOST_LINKS,
                (high, low, value) -> rows.addLinks(
                        Link.newBuilder().setHashHigh(high).setHashLow(low).setValue(value)));
        if (ranges != toldRanges) {
            toldRanges = ranges;
            directory.ranges((prefix, next) ->
                    rows.addCardRanges(CardRange.newBuilder().setPrefix(prefix).setNextSerial(next)));
        }
        nextLink = last + 1;
        response.setDirectory(rows);
        return true;
    }

    /** Personal data is of no use to sales: it goes along, in no order with batches. */
    private boolean addPeople(FollowJournalResponse.Builder response) {
        PersonalFeed people = source.people();
        boolean others = !peopleTold && isOfOtherKeys(people);
        peopleTold = true;
        if (!others && nextChange > people.lastChange()) {
            return false;
        }
        DirectoryRows.Builder rows = response.getDirectoryBuilder()
                .setVerifier(ByteString.copyFrom(source.directory().verifier()));
        if (others) {
            rows.setPeopleHeader(ByteString.copyFrom(people.keyHeader()));
            nextChange = 1;
        }
        nextChange = 1
                + people.rows(
                        nextChange,
                        MOST_PEOPLE,
                        (change, memberKey, wrapped, row, names) -> rows.addPeople(Person.newBuilder()
                                .setChange(change)
                                .setMemberKey(memberKey)
                                .setWrappedKey(ByteString.copyFrom(wrapped))
                                .setSealed(ByteString.copyFrom(row))
                                .addAllNameHashes(names)));
        return true;
    }

    private boolean isOfOtherKeys(PersonalFeed people) {
        return !Arrays.equals(people.keyHeader(), from.peopleHeader()) || nextChange > people.lastChange() + 1;
    }

    private boolean addBatches(FollowJournalResponse.Builder response, JournalReader open, long durable) {
        int bytes = 0;
        while (nextPosition <= durable && bytes < MOST_BYTES) {
            if (!open.next() || open.position() != nextPosition) {
                throw new IllegalStateException("the journal has no record at position " + nextPosition
                        + ", which is durable; verify it with assidu verify");
            }
            byte[] batch = open.copyBatch();
            long last = open.batchEnd();
            byte[] hash = new byte[FollowerPlace.HASH_BYTES];
            open.copyBatchHash(hash);
            response.addBatches(Batch.newBuilder()
                    .setFirstPosition(nextPosition)
                    .setLastPosition(last)
                    .setPreviousHash(previousHash)
                    .setHash(ByteString.copyFrom(hash))
                    .setContent(UnsafeByteOperations.unsafeWrap(batch)));
            previousHash = ByteString.copyFrom(hash);
            bytes += batch.length;
            nextPosition = last + 1;
            open.seek(nextPosition);
        }
        return bytes != 0;
    }

    @Override
    protected void release() {
        sentPosition = Long.MAX_VALUE;
        JournalReader opened = reader;
        if (opened != null) {
            opened.close();
        }
    }
}
