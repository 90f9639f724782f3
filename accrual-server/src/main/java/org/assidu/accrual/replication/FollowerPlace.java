package org.assidu.accrual.replication;

import java.util.Arrays;
import java.util.HexFormat;
import org.assidu.accrual.grpc.GrpcErrors;
import org.assidu.accrual.journal.BatchRecords;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.proto.replication.v1.Link;

/** Whether what a follower has is the beginning of what the primary has: by the hash at its end, which covers all before it. */
final class FollowerPlace {
    static final int HASH_BYTES = BatchRecords.HASH_BYTES;

    static final String POSITION_UNKNOWN = "POSITION_UNKNOWN";
    static final String POSITION_ARCHIVED = "POSITION_ARCHIVED";
    static final String CHAIN_DIFFERS = "CHAIN_DIFFERS";
    static final String DIRECTORY_DIFFERS = "DIRECTORY_DIFFERS";
    static final String EPOCH_OVER = "EPOCH_OVER";

    private FollowerPlace() {}

    /** @throws io.grpc.StatusRuntimeException when it is not */
    static void check(JournalStream.Place place, JournalReader reader, JournalStream.Source source) {
        long last = place.position() - 1;
        long durable = source.durable().getAsLong();
        if (last > durable) {
            throw GrpcErrors.failedPrecondition(
                    POSITION_UNKNOWN,
                    "the follower has position " + last + ", this server's journal ends at " + durable);
        }
        byte[] hash = BatchRecords.emptyChain();
        if (last > 0) {
            reader.seek(last);
            if (!reader.next()) {
                throw GrpcErrors.failedPrecondition(
                        POSITION_UNKNOWN, "this server's journal has no position " + last + " any more");
            }
            reader.copyBatchHash(hash);
            if (reader.batchEnd() != last) {
                throw GrpcErrors.failedPrecondition(
                        CHAIN_DIFFERS,
                        "the follower's batch ends at position " + last + ", this server's at " + reader.batchEnd());
            }
        }
        if (!Arrays.equals(hash, place.chainHash())) {
            HexFormat hex = HexFormat.of();
            throw GrpcErrors.failedPrecondition(
                    CHAIN_DIFFERS,
                    "hash at position " + last + " expected=" + hex.formatHex(hash) + " actual="
                            + hex.formatHex(place.chainHash()));
        }
        if (place.position() <= durable) {
            reader.seek(place.position());
            if (!reader.next()) {
                throw GrpcErrors.failedPrecondition(
                        POSITION_ARCHIVED,
                        "this server's journal no longer has position " + place.position()
                                + ": restore a newer backup into the follower's directory, and follow from there");
            }
        }
        checkDirectory(place, source);
    }

    private static void checkDirectory(JournalStream.Place place, JournalStream.Source source) {
        long last = place.link() - 1;
        if (last > source.directory().forcedLinks()) {
            throw GrpcErrors.failedPrecondition(
                    DIRECTORY_DIFFERS,
                    "the follower's directory has link " + last + ", this server's ends at "
                            + source.directory().forcedLinks());
        }
        Link told = place.lastLink();
        if (last > 0 && told != null) {
            source.directory().links(last, 1, (high, low, value) -> {
                boolean takenOut = value == 0 || told.getValue() == 0;
                if (!takenOut && (high != told.getHashHigh() || low != told.getHashLow() || value != told.getValue())) {
                    throw GrpcErrors.failedPrecondition(
                            DIRECTORY_DIFFERS, "link " + last + " of the follower's directory is not this server's");
                }
            });
        }
    }
}
