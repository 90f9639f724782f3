package org.assidu.accrual.grpc;

import static org.assidu.accrual.grpc.WireReader.LENGTH;

import io.grpc.StatusRuntimeException;
import java.io.InputStream;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.ReceiptPhase;
import org.assidu.accrual.pipeline.SalesItem;
import org.assidu.proto.v1.StreamSalesRequest;

/**
 * One encoded message of sales into the item that carries it: columns and members, or a refusal in a receipt's place. One
 * thread at a time. Serves {@code RecordReceiptRequest} too, whose encoding is that of a message of one receipt.
 */
final class SalesMapper {
    /** Most receipts of one message. */
    static final int MAX_RECEIPTS = 1_000;

    private static final int RECEIPT = StreamSalesRequest.RECEIPTS_FIELD_NUMBER << 3 | LENGTH;

    private final ReceiptMapper receipts = new ReceiptMapper();
    private final MemberMapper members;

    SalesMapper(MemberMapper members) {
        this.members = members;
    }

    /** @throws StatusRuntimeException when it is no message of the contract or holds too many receipts */
    void map(InputStream message, SalesItem item) {
        receipts.wire.fill(message);
        mapReceipts(item);
    }

    /** As the other. */
    void map(byte[] message, SalesItem item) {
        receipts.wire.fill(message);
        mapReceipts(item);
    }

    private void mapReceipts(SalesItem item) {
        WireReader wire = receipts.wire;
        try {
            for (int tag = wire.tag(); tag != 0; tag = wire.tag()) {
                if (tag != RECEIPT) {
                    wire.skip(tag);
                    continue;
                }
                if (item.receipts() == MAX_RECEIPTS) {
                    throw GrpcErrors.invalidArgument(
                            "receipts",
                            "more than " + MAX_RECEIPTS + " in one message; send the rest in other messages");
                }
                int outer = wire.open();
                add(item);
                wire.close(outer);
            }
        } catch (WireFormatException e) {
            throw GrpcErrors.invalidArgument(
                    "receipts[" + item.receipts() + "]",
                    "not an encoded message of assidu.v1: " + e.getMessage() + "; check the client's encoder");
        }
    }

    private void add(SalesItem item) {
        int at = item.addReceipt();
        Refusal refusal = receipts.mapMessage(item.receipt(at));
        if (refusal == null && item.receipt(at).phase != ReceiptPhase.VOID) {
            refusal = members.resolve(receipts, item, at);
        }
        if (!receipts.language.isEmpty()) {
            item.wantTexts(at, TillTexts.language(receipts.language));
        }
        if (refusal != null) {
            item.refuse(at, refusal.status(), refusal.detail());
        }
    }

    /** @throws StatusRuntimeException when a receipt names a store that the caller may not act for */
    static void checkStores(SalesItem item, Session session) {
        for (int at = 0; at < item.receipts(); at++) {
            if (!item.refused(at)) {
                ReceiptColumns receipt = item.receipt(at);
                session.checkStore(receipt.string(receipt.store));
            }
        }
    }
}
