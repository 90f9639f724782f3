package org.assidu.accrual.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.util.Arrays;
import java.util.stream.Stream;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the bytes of a record are: a value, or the documented exception. A value that was read is written and read again
 * as the same.
 */
@Tag("instrumented")
final class RecordFuzzTest {
    static Stream<byte[]> receipts() {
        return Stream.of(
                encoded(SampleRecords.receipt(), SampleRecords.outcome(), SampleRecords.context()),
                encoded(SampleRecords.returnReceipt(), SampleRecords.returnOutcome(), SampleRecords.context()));
    }

    static Stream<byte[]> operations() {
        RandomRecords random = new RandomRecords(7);
        return Stream.generate(() -> {
                    Operation operation = random.operation();
                    return encoded(operation, random.outcome(operation.memberKey(), 0), SampleRecords.context());
                })
                .limit(5);
    }

    static Stream<byte[]> programmes() {
        byte[] dest = new byte[4_096];
        return Stream.of(Arrays.copyOf(dest, ProgrammeRecordCodec.encode(SampleRecords.programme(), dest, 0)));
    }

    static Stream<byte[]> enrolments() {
        byte[] dest = new byte[4_096];
        return Stream.of(Arrays.copyOf(dest, EnrolmentRecordCodec.encode(SampleRecords.enrolment(), dest, 0)));
    }

    @MethodSource("receipts")
    @FuzzTest
    void receiptRecord(byte @NotNull [] bytes) {
        ReceiptColumns receipt = new ReceiptColumns();
        OutcomeColumns outcome = new OutcomeColumns();
        RecordContext context = new RecordContext();
        try {
            new ReceiptRecordCodec().decode(bytes, 0, bytes.length, receipt, outcome, context);
        } catch (RecordFormatException refused) {
            assertThat(refused.offset()).isBetween(0, bytes.length);
            return;
        }
        byte[] again = encoded(receipt, outcome, context);
        new ReceiptRecordCodec().decode(again, 0, again.length, receipt, outcome, context);
        assertThat(encoded(receipt, outcome, context)).isEqualTo(again);
    }

    @MethodSource("operations")
    @FuzzTest
    void operationRecord(byte @NotNull [] bytes) {
        OutcomeColumns outcome = new OutcomeColumns();
        RecordContext context = new RecordContext();
        Operation operation;
        try {
            operation = OperationRecordCodec.decode(bytes, 0, bytes.length, outcome, context);
        } catch (RecordFormatException refused) {
            assertThat(refused.offset()).isBetween(0, bytes.length);
            return;
        }
        byte[] again = encoded(operation, outcome, context);
        assertThat(OperationRecordCodec.decode(again, 0, again.length, outcome, context))
                .isEqualTo(operation);
        assertThat(encoded(operation, outcome, context)).isEqualTo(again);
    }

    @MethodSource("programmes")
    @FuzzTest
    void programmeRecord(byte @NotNull [] bytes) {
        ProgrammeRecord record;
        try {
            record = ProgrammeRecordCodec.decode(bytes, 0, bytes.length);
        } catch (RecordFormatException refused) {
            assertThat(refused.offset()).isBetween(0, bytes.length);
            return;
        }
        byte[] dest = new byte[4 * bytes.length + 256];
        int length = ProgrammeRecordCodec.encode(record, dest, 0);
        assertThat(ProgrammeRecordCodec.decode(dest, 0, length)).isEqualTo(record);
    }

    @MethodSource("enrolments")
    @FuzzTest
    void enrolmentRecord(byte @NotNull [] bytes) {
        try {
            var record = EnrolmentRecordCodec.decode(bytes, 0, bytes.length);
            byte[] dest = new byte[4 * bytes.length + 256];
            int length = EnrolmentRecordCodec.encode(record, dest, 0);
            assertThat(EnrolmentRecordCodec.decode(dest, 0, length)).isEqualTo(record);
        } catch (RecordFormatException refused) {
            assertThat(refused.offset()).isBetween(0, bytes.length);
        }
    }

    private static byte[] encoded(ReceiptColumns receipt, OutcomeColumns outcome, RecordContext context) {
        byte[] dest = new byte[ReceiptRecordCodec.encodedSizeBound(receipt, outcome)];
        return Arrays.copyOf(dest, new ReceiptRecordCodec().encode(receipt, outcome, context, dest, 0));
    }

    private static byte[] encoded(Operation operation, OutcomeColumns outcome, RecordContext context) {
        byte[] dest = new byte[OperationRecordCodec.encodedSizeBound(operation, outcome)];
        return Arrays.copyOf(dest, OperationRecordCodec.encode(operation, outcome, context, dest, 0));
    }
}
