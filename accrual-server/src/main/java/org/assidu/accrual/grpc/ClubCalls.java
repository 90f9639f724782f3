package org.assidu.accrual.grpc;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assidu.accrual.model.MemberStatus;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.pipeline.MemberAnswer;
import org.assidu.accrual.pipeline.Pipeline;
import org.assidu.proto.v1.JoinClubRequest;
import org.assidu.proto.v1.JoinClubResponse;
import org.assidu.proto.v1.LeaveClubRequest;
import org.assidu.proto.v1.LeaveClubResponse;

/** Joining and leaving clubs by enrolment. */
final class ClubCalls {
    private static final int MOST_TEXT = 64;

    private final Pipeline pipeline;
    private final KnownMembers members;

    ClubCalls(Pipeline pipeline, KnownMembers members) {
        this.pipeline = pipeline;
        this.members = members;
    }

    CompletableFuture<JoinClubResponse> join(JoinClubRequest request) {
        check(request.getClubId(), request.getAuthor());
        return members.key(request.getMember())
                .thenCompose(key -> pipeline.operate(
                                operation(OperationKind.JOIN_CLUB, key, request.getClubId(), request.getAuthor()))
                        .thenCompose(done -> pipeline.member(key).thenApply(now -> {
                            JoinClubResponse.Builder answer = JoinClubResponse.newBuilder()
                                    .setStatus(RewardAnswers.status(done.status()))
                                    .setMemberKey(key)
                                    .setPosition(now.position());
                            membership(now, request.getClubId(), answer);
                            return answer.build();
                        })));
    }

    private static void membership(MemberAnswer now, String clubId, JoinClubResponse.Builder to) {
        for (MemberStatus.Membership membership : now.status().clubs()) {
            if (membership.clubId().equals(clubId)) {
                to.setMembership(MemberAnswers.membership(membership));
            }
        }
    }

    CompletableFuture<LeaveClubResponse> leave(LeaveClubRequest request) {
        check(request.getClubId(), request.getAuthor());
        return members.key(request.getMember())
                .thenCompose(key -> pipeline.operate(
                                operation(OperationKind.LEAVE_CLUB, key, request.getClubId(), request.getAuthor()))
                        .thenApply(done -> LeaveClubResponse.newBuilder()
                                .setStatus(RewardAnswers.status(done.status()))
                                .setMemberKey(key)
                                .setPosition(done.position())
                                .build()));
    }

    private static void check(String club, String author) {
        if (club.isEmpty() || club.length() > MOST_TEXT) {
            throw GrpcErrors.invalidArgument("club_id", "the id of a club of the programme, 1 to 64 characters");
        }
        if (author.length() > MOST_TEXT) {
            throw GrpcErrors.invalidArgument("author", author.length() + " characters; send a pseudonym of at most 64");
        }
    }

    private static Operation operation(OperationKind kind, long member, String club, String author) {
        return new Operation(kind, member, 0, club, "", 0, 0, author, "", List.of());
    }
}
