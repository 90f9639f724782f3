package org.assidu.accrual.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.junit.jupiter.api.Test;

final class RecordRoundTripTest {
    private static final long SEED = Long.getLong("seed", 20_261_026L);

    private final ReceiptRecordCodec codec = new ReceiptRecordCodec();

    @Test
    void anyReceiptReadsBackIntoReusedColumnsAtAnyOffset() {
        RandomRecords random = new RandomRecords(SEED);
        ReceiptColumns readReceipt = new ReceiptColumns();
        OutcomeColumns readOutcome = new OutcomeColumns();
        RecordContext readContext = new RecordContext();
        for (int i = 0; i < 2_000; i++) {
            ReceiptColumns receipt = random.receipt();
            OutcomeColumns outcome = random.outcome(receipt.memberKey, receipt.lines);
            RecordContext context = random.context();
            int offset = i % 7;
            int bound = ReceiptRecordCodec.encodedSizeBound(receipt, outcome);
            byte[] bytes = new byte[offset + bound];
            int length = codec.encode(receipt, outcome, context, bytes, offset);
            assertThat(length).isLessThanOrEqualTo(bound);
            codec.decode(bytes, offset, length, readReceipt, readOutcome, readContext);
            assertThat(ColumnsText.of(readReceipt))
                    .as("seed %d, record %d", SEED, i)
                    .isEqualTo(ColumnsText.of(receipt));
            assertThat(ColumnsText.of(readOutcome))
                    .as("seed %d, record %d", SEED, i)
                    .isEqualTo(ColumnsText.of(outcome));
            assertThat(readContext).usingRecursiveComparison().isEqualTo(context);
        }
    }

    @Test
    void anyOperationReadsBack() {
        RandomRecords random = new RandomRecords(SEED + 1);
        OutcomeColumns readOutcome = new OutcomeColumns();
        RecordContext readContext = new RecordContext();
        for (int i = 0; i < 2_000; i++) {
            Operation operation = random.operation();
            OutcomeColumns outcome = random.outcome(operation.memberKey(), 0);
            RecordContext context = random.context();
            byte[] bytes = new byte[OperationRecordCodec.encodedSizeBound(operation, outcome)];
            int length = OperationRecordCodec.encode(operation, outcome, context, bytes, 0);
            assertThat(OperationRecordCodec.decode(bytes, 0, length, readOutcome, readContext))
                    .as("seed %d, record %d", SEED, i)
                    .isEqualTo(operation);
            assertThat(ColumnsText.of(readOutcome)).isEqualTo(ColumnsText.of(outcome));
            assertThat(readContext.previousPosition).isEqualTo(context.previousPosition);
            assertThat(readContext.semanticsVersion).isEqualTo(context.semanticsVersion);
        }
    }

    @Test
    void receiptOfFiveLinesIsCompact() {
        ReceiptColumns receipt = SampleRecords.receipt();
        OutcomeColumns outcome = SampleRecords.outcome();
        byte[] bytes = new byte[ReceiptRecordCodec.encodedSizeBound(receipt, outcome)];
        int length = codec.encode(receipt, outcome, SampleRecords.context(), bytes, 0);
        int textBytes = receipt.textLength;
        assertThat(length - textBytes).isLessThan(200);
    }

    @Test
    void encodeAllocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        ReceiptColumns receipt = SampleRecords.receipt();
        OutcomeColumns outcome = SampleRecords.outcome();
        RecordContext context = SampleRecords.context();
        byte[] bytes = new byte[ReceiptRecordCodec.encodedSizeBound(receipt, outcome)];
        long total = 0;
        for (int i = 0; i < 10_000; i++) {
            total += codec.encode(receipt, outcome, context, bytes, 0);
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 10_000; i++) {
            total += codec.encode(receipt, outcome, context, bytes, 0);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(total).isPositive();
        assertThat(allocated).as("bytes allocated by 10,000 encodings").isLessThan(10_000);
    }

    @Test
    void tooShortADestinationIsTheCallersMistake() {
        byte[] bytes = new byte[20];
        assertThatThrownBy(() -> codec.encode(
                        SampleRecords.receipt(), SampleRecords.outcome(), SampleRecords.context(), bytes, 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(Arrays.equals(bytes, new byte[20])).isFalse();
    }
}
