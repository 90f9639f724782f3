package org.assidu.accrual.grpc;

import io.grpc.StatusRuntimeException;
import java.util.concurrent.CompletableFuture;
import org.assidu.accrual.directory.MemberDirectory;
import org.assidu.accrual.pipeline.Pipeline;
import org.assidu.proto.v1.Identifier;
import org.jspecify.annotations.Nullable;

/** Members that calls name by an identifier. */
final class KnownMembers {
    private final Pipeline pipeline;
    private final MemberDirectory directory;

    KnownMembers(Pipeline pipeline, MemberDirectory directory) {
        this.pipeline = pipeline;
        this.directory = directory;
    }

    /** The key of a member known here; fails with NOT_FOUND, and never tells a key that a power cut could undo. */
    CompletableFuture<Long> key(Identifier from) {
        if (from.getKindCase() == Identifier.KindCase.MEMBER_KEY) {
            long current = directory.current(from.getMemberKey());
            return directory.knows(current)
                    ? CompletableFuture.completedFuture(current)
                    : CompletableFuture.failedFuture(unknown());
        }
        var identifier = required(MemberMapper.identifier(from, "member"), "member");
        long found = directory.find(identifier);
        if (found == 0) {
            return CompletableFuture.failedFuture(unknown());
        }
        return directory.dirty()
                ? pipeline.directory(members -> Math.abs(members.find(identifier)))
                : CompletableFuture.completedFuture(Math.abs(found));
    }

    /** Whether the identifier is a card that was reported lost. */
    boolean isBlocked(Identifier from) {
        var identifier = MemberMapper.identifier(from, "member");
        return identifier != null && directory.find(identifier) < 0;
    }

    static org.assidu.accrual.directory.Identifier required(
            org.assidu.accrual.directory.@Nullable Identifier identifier, String field) {
        if (identifier == null) {
            throw GrpcErrors.invalidArgument(field, "no identifier; send a card, QR token, phone number or e-mail");
        }
        return identifier;
    }

    static StatusRuntimeException unknown() {
        return GrpcErrors.notFound(
                "MEMBER_UNKNOWN", "no member has this identifier: check it, or enrol the person under it");
    }
}
