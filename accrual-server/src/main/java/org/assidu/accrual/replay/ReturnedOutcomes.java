package org.assidu.accrual.replay;

import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.Long2ObjectHashMap;
import org.assidu.accrual.codec.ReceiptRecordCodec;
import org.assidu.accrual.codec.RecordContext;
import org.assidu.accrual.engine.AccrualEngine;
import org.assidu.accrual.engine.OriginalReceipts;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.RecordedReceipt;
import org.jspecify.annotations.Nullable;

/**
 * Receipts that are returned or claimed later, with the outcomes that another set of rules gave them: those of the journal are of no use
 * to it. Kept encoded, in memory, by position.
 */
final class ReturnedOutcomes implements OriginalReceipts {
    private final JournalSurvey survey;
    private final ReceiptIndex index = new ReceiptIndex();
    private final AccrualEngine engine;
    private final Long2ObjectHashMap<byte[]> encoded = new Long2ObjectHashMap<>();
    private final Long2LongHashMap timeMillis = new Long2LongHashMap(0);
    private final ReceiptRecordCodec codec = new ReceiptRecordCodec();
    private final RecordContext context = new RecordContext();
    private final ReceiptColumns receipt = new ReceiptColumns();
    private final OutcomeColumns outcome = new OutcomeColumns();
    private byte[] buffer = new byte[1 << 16];

    /** @param engine asked only for identity hashes */
    ReturnedOutcomes(JournalSurvey survey, AccrualEngine engine) {
        this.survey = survey;
        this.engine = engine;
    }

    /** Keeps a closed receipt if it is asked for later. */
    void keep(ReceiptColumns closed, OutcomeColumns decided, long position, long journalMillis) {
        long hash = engine.identityHash(closed, RecordedReceipts.ITSELF);
        if (!survey.isAskedFor(hash)) {
            return;
        }
        int bound = ReceiptRecordCodec.encodedSizeBound(closed, decided);
        if (buffer.length < bound) {
            buffer = new byte[bound];
        }
        int length = codec.encode(closed, decided, context.set(0, 0, AccrualEngine.SEMANTICS_VERSION), buffer, 0);
        encoded.put(position, Arrays.copyOf(buffer, length));
        timeMillis.put(position, journalMillis);
        index.put(hash, position);
    }

    @Override
    public @Nullable RecordedReceipt find(ReceiptColumns of, int original) {
        long hash = engine.identityHash(of, original);
        for (int candidate = 0; ; candidate++) {
            long position = index.find(hash, candidate);
            if (position == 0) {
                return null;
            }
            byte[] bytes = encoded.get(position);
            codec.decode(bytes, 0, bytes.length, receipt, outcome, context);
            if (RecordedReceipts.isNamed(of, original, receipt)
                    && engine.identityHash(receipt, RecordedReceipts.ITSELF) == hash) {
                return new RecordedReceipt(receipt, outcome, position, timeMillis.get(position));
            }
        }
    }

    /** Receipts kept. */
    int size() {
        return encoded.size();
    }
}
