package org.assidu.accrual.grpc;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.pipeline.MigratingMember;
import org.assidu.accrual.pipeline.MigrationDesk;
import org.assidu.proto.v1.ImportMembersRequest;
import org.assidu.proto.v1.ImportMembersResponse;
import org.assidu.proto.v1.ImportedMember;
import org.assidu.proto.v1.ImportedResult;

/** One stream of migrating members: a message is read when the one before it is answered. */
final class MigrationCall implements StreamObserver<ImportMembersRequest> {
    private static final int MAX_MEMBERS = 256;

    private final MigrationDesk desk;
    private final ServerCallStreamObserver<ImportMembersResponse> client;
    private boolean busy;
    private boolean complete;
    private boolean ended;

    MigrationCall(MigrationDesk desk, ServerCallStreamObserver<ImportMembersResponse> client) {
        this.desk = desk;
        this.client = client;
        client.disableAutoRequest();
        client.setOnReadyHandler(() -> {});
        client.setOnCancelHandler(() -> {});
        client.request(1);
    }

    @Override
    public void onNext(ImportMembersRequest request) {
        synchronized (this) {
            busy = true;
        }
        try {
            migrate(request);
        } catch (RuntimeException problem) {
            fail(problem);
        }
    }

    private void migrate(ImportMembersRequest request) {
        int count = request.getMembersCount();
        if (count < 1 || count > MAX_MEMBERS) {
            throw GrpcErrors.invalidArgument("members", count + "; send 1 to " + MAX_MEMBERS);
        }
        String author = Authors.required(request.getAuthor());
        String reason = Authors.reason(request.getReason());
        List<MigratingMember> members = new ArrayList<>(count);
        Map<Integer, ImportedResult> malformed = new HashMap<>();
        for (int at = 0; at < count; at++) {
            ImportedMember member = request.getMembers(at);
            try {
                members.add(MigrationMapper.member(member));
            } catch (StatusRuntimeException problem) {
                malformed.put(
                        at,
                        ImportedResult.newBuilder()
                                .setExternalId(member.getExternalId())
                                .setStatus(RewardAnswers.status(OperationStatus.MALFORMED))
                                .setDetail(String.valueOf(problem.getStatus().getDescription()))
                                .build());
            }
        }
        var unused = desk.migrate(members, author, reason).whenComplete((answer, problem) -> {
            if (problem == null) {
                answer(answer, malformed, count);
            } else {
                fail(problem);
            }
        });
    }

    private void answer(MigrationDesk.Answer answer, Map<Integer, ImportedResult> malformed, int count) {
        List<ImportedResult> results = new ArrayList<>(count);
        int next = 0;
        for (int at = 0; at < count; at++) {
            ImportedResult refused = malformed.get(at);
            results.add(
                    refused == null ? MigrationMapper.result(answer.members().get(next++)) : refused);
        }
        synchronized (this) {
            busy = false;
            if (ended) {
                return;
            }
            client.onNext(MigrationMapper.response(results, answer.position()));
            if (complete) {
                ended = true;
                client.onCompleted();
            } else {
                client.request(1);
            }
        }
    }

    private synchronized void fail(Throwable problem) {
        busy = false;
        if (!ended) {
            ended = true;
            Answers.fail(client, problem);
        }
    }

    @Override
    public synchronized void onError(Throwable cancelled) {
        ended = true;
    }

    @Override
    public synchronized void onCompleted() {
        complete = true;
        if (!busy && !ended) {
            ended = true;
            client.onCompleted();
        }
    }
}
