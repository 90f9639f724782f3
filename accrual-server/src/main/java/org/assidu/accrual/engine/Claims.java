package org.assidu.accrual.engine;

import org.agrona.collections.Long2ObjectHashMap;
import org.assidu.accrual.model.MemberFact;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.RecordedReceipt;
import org.assidu.accrual.model.StateSink;
import org.assidu.accrual.model.StateSource;
import org.assidu.accrual.programme.Programme;

/**
 * Receipts of nobody that a member claimed, each once. The claim decides the receipt as if it had named the member, under the
 * programme that priced it and with the tier and the room under limits that the member has now; what came back before is taken
 * off at once, and later returns find the claim. The receipt's own record stays as it is, and so do answers to repeats.
 *
 * <p>CLAIM: {@code memberKey} who claims; {@code atMillis} sold-at of the receipt; {@code details} store, till, series, number,
 * business date (yyyymmdd, 0 = not given); {@code author} and {@code reason}.
 */
final class Claims implements KeptState {
    private static final long SALT = 0x436C61696DL;
    private static final int DETAILS = 5;

    private final TillLedger ledger;
    private final Long2ObjectHashMap<Claim> byReceipt = new Long2ObjectHashMap<>();
    private final ReceiptColumns identity = new ReceiptColumns();
    private final ReceiptColumns claimed = new ReceiptColumns();
    private final OutcomeColumns outcome = new OutcomeColumns();
    private long hash;

    Claims(TillLedger ledger) {
        this.ledger = ledger;
    }

    OperationStatus decide(
            Operation operation,
            Programme inForce,
            SaleDecision sales,
            OriginalReceipts originals,
            long nowMillis,
            OutcomeColumns out) {
        if (!readIdentity(operation)) {
            return OperationStatus.MALFORMED;
        }
        long key = key();
        RecordedReceipt recorded = key < 0 ? null : originals.find(identity, -1);
        if (recorded == null || recorded.receipt().soldAtMillis != operation.atMillis()) {
            return OperationStatus.SUBJECT_UNKNOWN;
        }
        Claim before = byReceipt.get(key);
        if (before != null) {
            return before.memberKey == operation.memberKey()
                    ? OperationStatus.ALREADY_DONE
                    : OperationStatus.NOT_ALLOWED;
        }
        MemberFact fact = recorded.receipt().memberFact;
        int days = inForce.document().mechanics().desk().claimDays();
        if (days == 0 || (fact != MemberFact.ANONYMOUS && fact != MemberFact.UNKNOWN)) {
            return OperationStatus.NOT_ALLOWED;
        }
        if (inForce.day(nowMillis) - inForce.day(operation.atMillis()) > days) {
            return OperationStatus.TOO_LATE;
        }
        claimed.copyFrom(recorded.receipt());
        name(operation.memberKey());
        return sales.claim(claimed, key, recorded.outcome(), recorded.timeMillis(), out)
                ? OperationStatus.DONE
                : OperationStatus.NOTHING_TO_DO;
    }

    private void name(long memberKey) {
        claimed.memberKey = memberKey;
        claimed.memberFact = MemberFact.KNOWN;
    }

    void apply(Operation operation, OutcomeColumns decided) {
        readIdentity(operation);
        put(key(), new Claim(operation.memberKey(), decided));
    }

    /** A merged member's claims are the survivor's. */
    void follow(long absorbed, long survivor) {
        Long2ObjectHashMap<Claim>.EntryIterator entries = byReceipt.entrySet().iterator();
        while (entries.hasNext()) {
            entries.next();
            Claim claim = entries.getValue();
            if (claim.memberKey == absorbed) {
                long identityHash = ledger.stateIdentity(entries.getLongKey()) ^ SALT;
                Claim now = claim.by(survivor);
                hash += now.hash(identityHash) - claim.hash(identityHash);
                entries.setValue(now);
            }
        }
    }

    private void put(long key, Claim claim) {
        byReceipt.put(key, claim);
        hash += claim.hash(ledger.stateIdentity(key) ^ SALT);
    }

    /** A closed receipt as claimed, in columns that are good until the next call; as recorded when nobody claimed it. */
    RecordedReceipt asClaimed(long receiptKey, RecordedReceipt recorded) {
        Claim claim = byReceipt.get(receiptKey);
        if (claim == null) {
            return recorded;
        }
        claimed.copyFrom(recorded.receipt());
        name(claim.memberKey);
        claim.writeTo(outcome);
        return new RecordedReceipt(claimed, outcome, recorded.position(), recorded.timeMillis());
    }

    /** As the other, of a receipt by its identity. */
    RecordedReceipt asClaimed(ReceiptColumns of, RecordedReceipt recorded) {
        int till = ledger.find(of, -1);
        return till == TillLedger.UNKNOWN ? recorded : asClaimed(TillLedger.key(till, of.number), recorded);
    }

    private boolean readIdentity(Operation operation) {
        if (operation.details().size() != DETAILS) {
            return false;
        }
        identity.clear();
        identity.store = identity.addText(operation.details().get(0));
        identity.till = identity.addText(operation.details().get(1));
        try {
            identity.series = Integer.parseInt(operation.details().get(2));
            identity.number = Long.parseLong(operation.details().get(3));
            identity.businessDate = Integer.parseInt(operation.details().get(4));
        } catch (NumberFormatException malformed) {
            return false;
        }
        return true;
    }

    /** Key of the identity read last; below 0 when no closed receipt has it. */
    private long key() {
        int till = ledger.find(identity, -1);
        return ledger.isClosed(till, identity.number) ? TillLedger.key(till, identity.number) : -1;
    }

    long hash() {
        return hash;
    }

    long recomputedHash() {
        long[] sum = {0};
        byReceipt.longForEach((key, claim) -> sum[0] += claim.hash(ledger.stateIdentity(key) ^ SALT));
        return sum[0];
    }

    @Override
    public void write(StateSink sink) {
        sink.begin("claims");
        long[] keys = Maps.sorted(byReceipt.keySet());
        sink.putArray(keys, keys.length);
        for (long key : keys) {
            byReceipt.get(key).write(sink);
        }
    }

    @Override
    public void read(StateSource source) {
        source.begin("claims");
        for (long key : source.takeLongArray()) {
            byReceipt.put(key, new Claim(source));
        }
        hash = recomputedHash();
    }
}
