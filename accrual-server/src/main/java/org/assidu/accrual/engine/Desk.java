package org.assidu.accrual.engine;

import java.util.List;
import java.util.Map;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.PendingAdjustment;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.RecordedReceipt;
import org.assidu.accrual.programme.Programme;
import org.jspecify.annotations.Nullable;

/** What people at the service desk do: each kind of operation in a class of its own. */
public final class Desk {
    private final Adjustments adjustments;

    private final MemberPages members;
    private final SaleDecision sales;
    private final Claims claims;
    private final Migration migration;
    private final Survivors survivors;
    private final Merges merges;
    private final Households households;
    private final HouseholdDecision sharing;

    Desk(
            MemberPages members,
            Programmes programmes,
            Draft draft,
            SaleDecision sales,
            Claims claims,
            Survivors survivors,
            Merges merges,
            Households households,
            HouseholdDecision sharing) {
        this.members = members;
        this.sales = sales;
        this.claims = claims;
        this.survivors = survivors;
        this.merges = merges;
        this.households = households;
        this.sharing = sharing;
        adjustments = new Adjustments(programmes, draft);
        migration = new Migration(members, programmes, draft);
    }

    OperationStatus decide(
            Operation operation, Programme programme, OriginalReceipts originals, long nowMillis, OutcomeColumns out) {
        return switch (operation.kind()) {
            case ADJUST -> adjustments.adjust(operation, programme);
            case PROPOSE_ADJUSTMENT -> adjustments.propose(operation, programme);
            case APPROVE_ADJUSTMENT -> adjustments.approve(operation, programme);
            case REJECT_ADJUSTMENT -> adjustments.reject(operation);
            // Said for auditors, with author and reason; nothing here depends on it.
            case CHANGE_CARD -> OperationStatus.DONE;
            case CLAIM -> claims.decide(operation, programme, sales, originals, nowMillis, out);
            case MIGRATE -> migration.decide(operation, programme, nowMillis);
            case MERGE -> merges.decide(operation, programme);
            case JOIN_HOUSEHOLD -> sharing.join(operation, programme);
            case LEAVE_HOUSEHOLD -> sharing.leave(operation, programme);
            default -> throw new IllegalArgumentException(operation.kind() + " is none of the desk's operations");
        };
    }

    /** Puts a done operation of these kinds into effect. */
    void apply(Operation operation, OutcomeColumns outcome) {
        switch (operation.kind()) {
            case CLAIM -> {
                claims.apply(operation, outcome);
                members.addReceipt(members.find(operation.memberKey()), operation.atMillis());
            }
            case MIGRATE -> migration.apply(operation);
            case MERGE -> merges.apply(operation, adjustments.pending());
            case JOIN_HOUSEHOLD, LEAVE_HOUSEHOLD -> sharing.apply(operation);
            default -> adjustments.apply(operation);
        }
    }

    /** A closed receipt as the member has it who claimed it; as recorded when nobody did. Good until the next call. */
    public RecordedReceipt asClaimed(ReceiptColumns identity, RecordedReceipt recorded) {
        return claims.asClaimed(identity, recorded);
    }

    /** The member that a key stands for now: itself unless it was merged. */
    public long survivorOf(long memberKey) {
        return survivors.of(memberKey);
    }

    /** Household whose purses a member uses; 0 = none. */
    public long householdOf(long memberKey) {
        return households.of(survivors.of(memberKey));
    }

    /** Members of a household; 0 for a key that is none. */
    public long householdSize(long household) {
        return households.size(household);
    }

    /** Keys that were merged into a member, ascending. */
    public List<Long> absorbedBy(long memberKey) {
        return survivors.absorbedBy(memberKey);
    }

    /** All merged keys, each with the member that lives on; a copy. */
    public Map<Long, Long> merged() {
        return survivors.all();
    }

    /** An operation about the members that its keys stand for now. */
    public Operation current(Operation asked) {
        long member = survivors.of(asked.memberKey());
        boolean merge = asked.kind() == OperationKind.MERGE;
        long other = merge ? asked.otherMemberKey() : survivors.of(asked.otherMemberKey());
        return member == asked.memberKey() && other == asked.otherMemberKey()
                ? asked
                : new Operation(
                        asked.kind(),
                        member,
                        other,
                        asked.subject(),
                        asked.idempotencyKey(),
                        asked.amount(),
                        asked.atMillis(),
                        asked.author(),
                        asked.reason(),
                        asked.details());
    }

    /** An adjustment that waits for a second person; null for any other id. */
    public @Nullable PendingAdjustment pendingAdjustment(String id) {
        return adjustments.pending().find(id);
    }

    /** Adjustments that wait for a second person, oldest first. */
    public List<PendingAdjustment> pendingAdjustments() {
        return adjustments.pending().all();
    }

    PendingAdjustments pending() {
        return adjustments.pending();
    }

    long hash() {
        return adjustments.pending().hash() + claims.hash() + survivors.hash() + households.hash();
    }

    long recomputedHash() {
        return adjustments.pending().recomputedHash()
                + claims.recomputedHash()
                + survivors.recomputedHash()
                + households.recomputedHash();
    }
}
