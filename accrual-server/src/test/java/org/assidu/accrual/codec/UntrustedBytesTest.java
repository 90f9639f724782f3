package org.assidu.accrual.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.junit.jupiter.api.Test;

/** Whatever the bytes are: a value or the documented exception, and no allocation beyond what the bytes could hold. */
final class UntrustedBytesTest {
    private static final long SEED = Long.getLong("seed", 7L);

    private interface Decoder {
        Object decode(byte[] bytes, int length);
    }

    private record Case(String name, byte[] bytes, Decoder decoder) {}

    private static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        cases.add(receipt("receipt", SampleRecords.receipt(), SampleRecords.outcome()));
        cases.add(receipt("return", SampleRecords.returnReceipt(), SampleRecords.returnOutcome()));
        byte[] dest = new byte[4096];
        int length = ProgrammeRecordCodec.encode(SampleRecords.programme(), dest, 0);
        cases.add(new Case(
                "programme", Arrays.copyOf(dest, length), (bytes, n) -> ProgrammeRecordCodec.decode(bytes, 0, n)));
        length = EnrolmentRecordCodec.encode(SampleRecords.enrolment(), dest, 0);
        cases.add(new Case(
                "enrolment", Arrays.copyOf(dest, length), (bytes, n) -> EnrolmentRecordCodec.decode(bytes, 0, n)));
        length = ProductsRecordCodec.encode(SampleRecords.products(), dest, 0);
        cases.add(new Case(
                "products", Arrays.copyOf(dest, length), (bytes, n) -> ProductsRecordCodec.decode(bytes, 0, n)));
        length = StoresRecordCodec.encode(SampleRecords.stores(), dest, 0);
        cases.add(new Case("stores", Arrays.copyOf(dest, length), (bytes, n) -> StoresRecordCodec.decode(bytes, 0, n)));
        cases.add(operation());
        return cases;
    }

    private static Case operation() {
        RandomRecords random = new RandomRecords(SEED);
        Operation operation = random.operation();
        OutcomeColumns outcome = random.outcome(operation.memberKey(), 0);
        byte[] dest = new byte[OperationRecordCodec.encodedSizeBound(operation, outcome)];
        int length = OperationRecordCodec.encode(operation, outcome, SampleRecords.context(), dest, 0);
        return new Case(
                "operation",
                Arrays.copyOf(dest, length),
                (bytes, n) -> OperationRecordCodec.decode(bytes, 0, n, new OutcomeColumns(), new RecordContext()));
    }

    private static Case receipt(String name, ReceiptColumns receipt, OutcomeColumns outcome) {
        ReceiptRecordCodec codec = new ReceiptRecordCodec();
        byte[] dest = new byte[ReceiptRecordCodec.encodedSizeBound(receipt, outcome)];
        int length = codec.encode(receipt, outcome, SampleRecords.context(), dest, 0);
        return new Case(name, Arrays.copyOf(dest, length), UntrustedBytesTest::decodeReceipt);
    }

    private static Object decodeReceipt(byte[] bytes, int length) {
        ReceiptColumns receipt = new ReceiptColumns();
        new ReceiptRecordCodec().decode(bytes, 0, length, receipt, new OutcomeColumns(), new RecordContext());
        return receipt;
    }

    @Test
    void everyTruncationIsRefusedWithAnOffsetInside() {
        for (Case sample : cases()) {
            for (int length = 0; length < sample.bytes.length; length++) {
                int cut = length;
                assertThatThrownBy(() -> sample.decoder.decode(sample.bytes, cut))
                        .as("%s cut to %d bytes", sample.name, cut)
                        .isInstanceOfSatisfying(
                                RecordFormatException.class,
                                e -> assertThat(e.offset()).isBetween(0, cut));
            }
        }
    }

    @Test
    void bytesLeftOverAreRefused() {
        for (Case sample : cases()) {
            byte[] longer = Arrays.copyOf(sample.bytes, sample.bytes.length + 1);
            assertThatThrownBy(() -> sample.decoder.decode(longer, longer.length))
                    .isInstanceOf(RecordFormatException.class)
                    .hasMessageContaining("1 bytes left over");
        }
    }

    @Test
    void aNewerLayoutIsRefusedByNumber() {
        for (Case sample : cases()) {
            byte[] newer = sample.bytes.clone();
            newer[0] = 9;
            assertThatThrownBy(() -> sample.decoder.decode(newer, newer.length))
                    .isInstanceOf(RecordFormatException.class)
                    .hasMessageMatching(".*layout version 9, this version of the software reads 1 to [12]");
        }
    }

    @Test
    void changedBytesGiveAValueOrTheDocumentedException() {
        Random random = new Random(SEED);
        int refused = 0;
        for (Case sample : cases()) {
            for (int i = 0; i < 20_000; i++) {
                byte[] changed = sample.bytes.clone();
                for (int n = random.nextInt(4); n >= 0; n--) {
                    changed[random.nextInt(changed.length)] = (byte) (random.nextBoolean() ? -1 : random.nextInt());
                }
                refused += refuses(sample, changed);
            }
        }
        assertThat(refused).as("seed %d", SEED).isBetween(10_000, 139_999);
    }

    @Test
    void garbageGivesAValueOrTheDocumentedException() {
        Random random = new Random(SEED);
        int refused = 0;
        for (Case sample : cases()) {
            for (int i = 0; i < 20_000; i++) {
                byte[] garbage = new byte[random.nextInt(300)];
                random.nextBytes(garbage);
                if (garbage.length > 0) {
                    garbage[0] = 1;
                }
                refused += refuses(sample, garbage);
            }
        }
        assertThat(refused).as("seed %d", SEED).isGreaterThan(100_000);
    }

    private static int refuses(Case sample, byte[] bytes) {
        try {
            assertThat(sample.decoder.decode(bytes, bytes.length)).isNotNull();
            return 0;
        } catch (RecordFormatException e) {
            assertThat(e.offset()).isBetween(0, bytes.length);
            return 1;
        }
    }
}
