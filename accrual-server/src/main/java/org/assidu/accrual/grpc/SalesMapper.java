package org.assidu.accrual.grpc;

import org.assidu.accrual.model.ReceiptPhase;
import org.assidu.accrual.pipeline.SalesItem;
import org.assidu.proto.v1.Receipt;
import org.jspecify.annotations.Nullable;

/** One receipt of a message into the item that carries it: columns and member, or a refusal. */
final class SalesMapper {
    private final MemberMapper members;

    SalesMapper(MemberMapper members) {
        this.members = members;
    }

    void add(Receipt from, SalesItem item) {
        int at = item.addReceipt();
        Refusal refusal = map(from, item, at);
        if (refusal != null) {
            item.refuse(at, refusal.status(), refusal.detail());
        }
    }

    private @Nullable Refusal map(Receipt from, SalesItem item, int at) {
        Refusal refusal = ReceiptMapper.map(from, item.receipt(at));
        if (refusal != null || !from.hasMember() || item.receipt(at).phase == ReceiptPhase.VOID) {
            return refusal;
        }
        return members.resolve(from.getMember(), item, at);
    }
}
