package org.assidu.accrual.pipeline;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.model.PendingAdjustment;
import org.assidu.accrual.programme.Programme;

/** What people at the service desk do, each call in one turn of the pipeline. Futures fail as the pipeline's do. */
public final class ServiceDesk {
    private final Pipeline pipeline;

    public ServiceDesk(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    /**
     * Adjusts a purse, or has the adjustment wait when the programme wants a second person for it.
     *
     * @param id of the adjustment, unique for ever
     * @param purseId empty = the points purse
     */
    public CompletableFuture<DeskAnswers.Adjusted> adjust(
            String id, long memberKey, String purseId, long amountMicro, String author, String reason) {
        return pipeline.ask(s -> {
            long now = s.now();
            String purse = purseId.isEmpty() ? pointsPurse(s, now) : purseId;
            OperationStatus status = s.operate(
                            adjustment(
                                    OperationKind.ADJUST,
                                    id,
                                    memberKey,
                                    purse,
                                    amountMicro,
                                    now,
                                    author,
                                    reason,
                                    List.of()),
                            now)
                    .status();
            if (status == OperationStatus.APPROVAL_REQUIRED) {
                OperationStatus proposed = s.operate(
                                adjustment(
                                        OperationKind.PROPOSE_ADJUSTMENT,
                                        id,
                                        memberKey,
                                        purse,
                                        amountMicro,
                                        now,
                                        author,
                                        reason,
                                        List.of()),
                                now)
                        .status();
                status = proposed == OperationStatus.DONE ? status : proposed;
            }
            boolean waiting = s.engine().desk().pendingAdjustment(id) != null;
            return new DeskAnswers.Adjusted(
                    status, waiting, memberKey, balanceMicro(s, memberKey, purse), s.lastPosition());
        });
    }

    /** Approves or rejects an adjustment that waits. */
    public CompletableFuture<DeskAnswers.Adjusted> decideAdjustment(String id, boolean approved, String author) {
        return pipeline.ask(s -> {
            long now = s.now();
            PendingAdjustment waiting = s.engine().desk().pendingAdjustment(id);
            OperationKind kind = approved ? OperationKind.APPROVE_ADJUSTMENT : OperationKind.REJECT_ADJUSTMENT;
            if (waiting == null) {
                return new DeskAnswers.Adjusted(OperationStatus.NOTHING_TO_DO, false, 0, 0, s.lastPosition());
            }
            OperationStatus status = s.operate(
                            adjustment(
                                    kind,
                                    id,
                                    waiting.memberKey(),
                                    waiting.purseId(),
                                    waiting.amountMicro(),
                                    now,
                                    author,
                                    waiting.reason(),
                                    List.of(waiting.author())),
                            now)
                    .status();
            return new DeskAnswers.Adjusted(
                    status,
                    s.engine().desk().pendingAdjustment(id) != null,
                    waiting.memberKey(),
                    balanceMicro(s, waiting.memberKey(), waiting.purseId()),
                    s.lastPosition());
        });
    }

    /** Adjustments that wait for a second person. */
    public CompletableFuture<DeskAnswers.Waiting> waitingAdjustments() {
        return pipeline.ask(s -> new DeskAnswers.Waiting(s.engine().desk().pendingAdjustments(), s.lastPosition()));
    }

    /**
     * Records what happened to a card of a member; the card itself only the directory knows.
     *
     * @param what BLOCKED, UNBLOCKED or REPLACED
     */
    public CompletableFuture<OperationStatus> cardChanged(long memberKey, String what, String author, String reason) {
        return pipeline.ask(s -> {
            long now = s.now();
            return s.operate(
                            new Operation(
                                    OperationKind.CHANGE_CARD,
                                    memberKey,
                                    0,
                                    what,
                                    "",
                                    0,
                                    now,
                                    author,
                                    reason,
                                    List.of()),
                            now)
                    .status();
        });
    }

    private static String pointsPurse(AccrualStage s, long now) {
        Programme programme = s.engine().programmeAt(now);
        return programme == null ? "" : programme.document().purse().id();
    }

    private static long balanceMicro(AccrualStage s, long memberKey, String purseId) {
        for (int slot = 0; slot < s.engine().purses(); slot++) {
            if (s.engine().purseId(slot).equals(purseId)) {
                return s.engine().balanceMicro(memberKey, slot);
            }
        }
        return 0;
    }

    private static Operation adjustment(
            OperationKind kind,
            String id,
            long memberKey,
            String purseId,
            long amountMicro,
            long now,
            String author,
            String reason,
            List<String> details) {
        return new Operation(kind, memberKey, 0, purseId, id, amountMicro, now, author, reason, details);
    }
}
