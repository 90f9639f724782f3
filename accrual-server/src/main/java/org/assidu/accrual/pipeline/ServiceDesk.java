package org.assidu.accrual.pipeline;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.PendingAdjustment;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.RecordedReceipt;
import org.assidu.accrual.programme.Programme;
import org.jspecify.annotations.Nullable;

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

    /**
     * Credits a receipt that named nobody to a member.
     *
     * @return a future of null when no closed receipt has that identity
     */
    public CompletableFuture<DeskAnswers.@Nullable Claimed> claim(
            ReceiptIdentity receipt, long memberKey, String author, String reason) {
        return pipeline.explain(receipt)
                .thenCompose(found -> found == null
                        ? CompletableFuture.<DeskAnswers.@Nullable Claimed>completedFuture(null)
                        : claim(receipt, found.recorded().receipt().soldAtMillis, memberKey, author, reason));
    }

    private CompletableFuture<DeskAnswers.@Nullable Claimed> claim(
            ReceiptIdentity receipt, long soldAtMillis, long memberKey, String author, String reason) {
        return pipeline.ask(s -> {
            OperationAnswer answer = s.operate(new Operation(
                    OperationKind.CLAIM, memberKey, 0, "", "", 0, soldAtMillis, author, reason, receipt.details()));
            long pointsMicro = answer.status() == OperationStatus.DONE ? answer.outcome().pointsMicro : 0;
            return new DeskAnswers.Claimed(
                    answer.status(), pointsMicro, s.engine().balanceMicro(memberKey, 0), s.lastPosition());
        });
    }

    /** Makes two memberships one. What the directory has of them is not touched here. */
    public CompletableFuture<DeskAnswers.Merged> merge(
            long survivorKey, long absorbedKey, String author, String reason) {
        return pipeline.ask(s -> {
            long now = s.now();
            OperationStatus status = s.operate(
                            new Operation(
                                    OperationKind.MERGE,
                                    survivorKey,
                                    absorbedKey,
                                    "",
                                    "",
                                    0,
                                    now,
                                    author,
                                    reason,
                                    List.of()),
                            now)
                    .status();
            long lives = s.engine().desk().survivorOf(survivorKey);
            return new DeskAnswers.Merged(status, lives, s.engine().balanceMicro(lives, 0), s.lastPosition());
        });
    }

    /**
     * Has a member share the purses of another one's household, which is founded when there is none.
     *
     * @param newKey of a household that is founded
     */
    public CompletableFuture<DeskAnswers.Shared> joinHousehold(
            long memberKey, long withKey, long newKey, String author, String reason) {
        return pipeline.ask(s -> {
            long now = s.now();
            long member = s.engine().desk().survivorOf(memberKey);
            long household = s.engine().desk().householdOf(withKey);
            long own = s.engine().desk().householdOf(member);
            if (member == s.engine().desk().survivorOf(withKey) || (own != 0 && own != household)) {
                return shared(s, OperationStatus.NOT_ALLOWED, member);
            }
            if (s.engine().member(member) == null) {
                return shared(s, OperationStatus.MEMBER_UNKNOWN, member);
            }
            if (household == 0) {
                OperationStatus founded = s.operate(join(withKey, newKey, now, author, reason), now)
                        .status();
                if (founded != OperationStatus.DONE) {
                    return shared(s, founded, member);
                }
                household = newKey;
            }
            OperationStatus status =
                    s.operate(join(member, household, now, author, reason), now).status();
            return shared(s, status, member);
        });
    }

    private static Operation join(long memberKey, long household, long now, String author, String reason) {
        return new Operation(
                OperationKind.JOIN_HOUSEHOLD, memberKey, household, "", "", 0, now, author, reason, List.of());
    }

    /** @param share what of each purse goes with the member, 1/10,000 */
    public CompletableFuture<DeskAnswers.Shared> leaveHousehold(
            long memberKey, int share, String author, String reason) {
        return pipeline.ask(s -> {
            long now = s.now();
            long member = s.engine().desk().survivorOf(memberKey);
            long household = s.engine().desk().householdOf(member);
            OperationStatus status = s.operate(
                            new Operation(
                                    OperationKind.LEAVE_HOUSEHOLD,
                                    member,
                                    household,
                                    "",
                                    "",
                                    share,
                                    now,
                                    author,
                                    reason,
                                    List.of()),
                            now)
                    .status();
            return shared(s, status, member);
        });
    }

    private static DeskAnswers.Shared shared(AccrualStage s, OperationStatus status, long member) {
        return new DeskAnswers.Shared(
                status, s.engine().desk().householdOf(member), s.engine().balanceMicro(member, 0), s.lastPosition());
    }

    /** All keys that were merged, each with the member that lives on. */
    public CompletableFuture<Map<Long, Long>> merged() {
        return pipeline.ask(s -> s.engine().desk().merged());
    }

    /** Keys that were merged into a member. */
    public CompletableFuture<List<Long>> absorbedBy(long memberKey) {
        return pipeline.ask(s -> s.engine().desk().absorbedBy(memberKey));
    }

    /** A closed receipt in columns of its own, as claimed if it was. */
    static RecordedReceipt asClaimed(AccrualStage s, RecordedReceipt recorded) {
        RecordedReceipt now = s.engine().desk().asClaimed(recorded.receipt(), recorded);
        if (now == recorded) {
            return recorded;
        }
        ReceiptColumns receipt = new ReceiptColumns();
        receipt.copyFrom(now.receipt());
        OutcomeColumns outcome = new OutcomeColumns();
        outcome.copyFrom(now.outcome());
        return new RecordedReceipt(receipt, outcome, now.position(), now.timeMillis());
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
