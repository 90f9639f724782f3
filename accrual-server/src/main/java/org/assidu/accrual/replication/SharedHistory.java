package org.assidu.accrual.replication;

import com.google.protobuf.ByteString;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import java.util.Set;
import org.assidu.accrual.journal.BatchRecords;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.proto.replication.v1.FollowJournalRequest;
import org.assidu.proto.replication.v1.ReplicationServiceGrpc;

/** Finds how far two journals are the same, by asking the other server about hashes: each covers all before it. */
public final class SharedHistory {
    private static final Set<String> DIFFERENT = Set.of(FollowerPlace.POSITION_UNKNOWN, FollowerPlace.CHAIN_DIFFERS);

    private final Channel other;
    private final JournalReader reader;
    private final long epoch;

    private SharedHistory(Channel other, JournalReader reader, long epoch) {
        this.other = other;
        this.reader = reader;
        this.epoch = epoch;
    }

    /**
     * The last position up to which both have the same records; 0 = they have none in common.
     *
     * @param last position of this journal
     * @param epoch of this journal
     * @throws StatusRuntimeException when the other server does not answer
     */
    public static long end(Channel other, JournalReader reader, long last, long epoch) {
        SharedHistory history = new SharedHistory(other, reader, epoch);
        long same = 0;
        long different = last + 1;
        while (different - same > 1) {
            long middle = (same + different) >>> 1;
            long batchEnd = history.batchEnd(middle);
            if (history.isShared(batchEnd)) {
                same = batchEnd;
            } else {
                different = history.batchStart(middle);
            }
        }
        return same;
    }

    private long batchEnd(long position) {
        move(position);
        return reader.batchEnd();
    }

    private long batchStart(long position) {
        move(position);
        return BatchRecords.firstPosition(reader.copyBatch());
    }

    private void move(long position) {
        reader.seek(position);
        if (!reader.next()) {
            throw new IllegalStateException("the journal has no position " + position + "; run assidu verify on it");
        }
    }

    private boolean isShared(long batchEnd) {
        move(batchEnd);
        byte[] hash = BatchRecords.emptyChain();
        reader.copyBatchHash(hash);
        Context.CancellableContext context = Context.current().withCancellation();
        Context before = context.attach();
        try {
            return ReplicationServiceGrpc.newBlockingStub(other)
                    .followJournal(FollowJournalRequest.newBuilder()
                            .setFromPosition(batchEnd + 1)
                            .setChainHash(ByteString.copyFrom(hash))
                            .setEpoch(epoch)
                            .setFromLink(1)
                            .setFollower("comparison")
                            .build())
                    .hasNext();
        } catch (StatusRuntimeException e) {
            if (DIFFERENT.contains(Refusal.reason(e))) {
                return false;
            }
            throw e;
        } finally {
            context.detach(before);
            context.cancel(null);
        }
    }
}
