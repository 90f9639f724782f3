package org.assidu.accrual.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.junit.jupiter.api.Test;

/** The bytes of one record of each kind, pinned: journals written with them must stay readable. */
final class GoldenBytesTest {
    private static final byte[] NOTHING = new byte[0];

    @Test
    void receiptOfFiveLinesHasItsBytes() throws IOException {
        receiptHasBytes("receipt", SampleRecords.receipt(), SampleRecords.outcome());
    }

    @Test
    void returnInAChunkedReceiptHasItsBytes() throws IOException {
        receiptHasBytes("return", SampleRecords.returnReceipt(), SampleRecords.returnOutcome());
    }

    private static void receiptHasBytes(String name, ReceiptColumns receipt, OutcomeColumns outcome)
            throws IOException {
        ReceiptRecordCodec codec = new ReceiptRecordCodec();
        byte[] dest = new byte[ReceiptRecordCodec.encodedSizeBound(receipt, outcome)];
        int length = codec.encode(receipt, outcome, SampleRecords.context(), dest, 0);
        assertThat(hex(dest, length)).isEqualTo(golden(name));

        byte[] bytes = HexFormat.of().parseHex(golden(name));
        ReceiptColumns readReceipt = new ReceiptColumns();
        OutcomeColumns readOutcome = new OutcomeColumns();
        RecordContext context = new RecordContext();
        codec.decode(bytes, 0, bytes.length, readReceipt, readOutcome, context);
        assertThat(ColumnsText.of(readReceipt)).isEqualTo(ColumnsText.of(receipt));
        assertThat(ColumnsText.of(readOutcome)).isEqualTo(ColumnsText.of(outcome));
        assertThat(context.receivedAtMillis).isEqualTo(1_793_000_000_123L);
        assertThat(context.previousPosition).isEqualTo(41);
        assertThat(context.semanticsVersion).isEqualTo(1);
    }

    /** What wrote layout 1 knew no extras. */
    @Test
    void receiptsOfTheFirstLayoutAreRead() throws IOException {
        byte[] bytes = HexFormat.of().parseHex(golden("return-layout-1"));
        ReceiptColumns receipt = new ReceiptColumns();
        OutcomeColumns outcome = new OutcomeColumns();
        new ReceiptRecordCodec().decode(bytes, 0, bytes.length, receipt, outcome, new RecordContext());
        assertThat(ColumnsText.of(receipt)).isEqualTo(ColumnsText.of(SampleRecords.returnReceipt()));
        assertThat(ColumnsText.of(outcome)).isEqualTo(ColumnsText.of(SampleRecords.returnOutcome()));
    }

    @Test
    void programmeHasItsBytes() throws IOException {
        var value = SampleRecords.programme();
        byte[] dest = new byte[ProgrammeRecordCodec.encodedSizeBound(value)];
        assertThat(hex(dest, ProgrammeRecordCodec.encode(value, dest, 0))).isEqualTo(golden("programme"));
        byte[] bytes = HexFormat.of().parseHex(golden("programme"));
        assertThat(ProgrammeRecordCodec.decode(bytes, 0, bytes.length)).isEqualTo(value);
    }

    @Test
    void enrolmentHasItsBytes() throws IOException {
        var value = SampleRecords.enrolment();
        byte[] dest = new byte[EnrolmentRecordCodec.encodedSizeBound(value)];
        assertThat(hex(dest, EnrolmentRecordCodec.encode(value, dest, 0))).isEqualTo(golden("enrolment"));
        byte[] bytes = HexFormat.of().parseHex(golden("enrolment"));
        assertThat(EnrolmentRecordCodec.decode(bytes, 0, bytes.length)).isEqualTo(value);
    }

    /** What wrote layout 1 did not say whether the member was new. */
    @Test
    void enrolmentsOfTheFirstLayoutAreReadAsNewMembers() throws IOException {
        byte[] bytes = HexFormat.of().parseHex(golden("enrolment-layout-1"));
        assertThat(EnrolmentRecordCodec.decode(bytes, 0, bytes.length)).isEqualTo(SampleRecords.enrolment());
    }

    @Test
    void productsHaveTheirBytes() throws IOException {
        var value = SampleRecords.products();
        byte[] dest = new byte[ProductsRecordCodec.encodedSizeBound(value)];
        assertThat(hex(dest, ProductsRecordCodec.encode(value, dest, 0))).isEqualTo(golden("products"));
        byte[] bytes = HexFormat.of().parseHex(golden("products"));
        assertThat(ProductsRecordCodec.decode(bytes, 0, bytes.length)).isEqualTo(value);
    }

    @Test
    void storesHaveTheirBytes() throws IOException {
        var value = SampleRecords.stores();
        byte[] dest = new byte[StoresRecordCodec.encodedSizeBound(value)];
        assertThat(hex(dest, StoresRecordCodec.encode(value, dest, 0))).isEqualTo(golden("stores"));
        byte[] bytes = HexFormat.of().parseHex(golden("stores"));
        assertThat(StoresRecordCodec.decode(bytes, 0, bytes.length)).isEqualTo(value);
    }

    @Test
    void epochHasItsBytes() throws IOException {
        byte[] dest = new byte[EpochRecordCodec.SIZE_BOUND];
        assertThat(hex(dest, EpochRecordCodec.encode(300, dest, 0))).isEqualTo(golden("epoch"));
        byte[] bytes = HexFormat.of().parseHex(golden("epoch"));
        assertThat(EpochRecordCodec.decode(bytes, 0, bytes.length)).isEqualTo(300);
    }

    private static String hex(byte[] bytes, int length) {
        return HexFormat.of().formatHex(Arrays.copyOf(bytes, length));
    }

    /** Hexadecimal digits of {@code golden.txt} behind a name, white space removed. */
    private static String golden(String name) throws IOException {
        try (InputStream in = GoldenBytesTest.class.getResourceAsStream("golden.txt")) {
            String text = new String(in == null ? NOTHING : in.readAllBytes(), StandardCharsets.UTF_8);
            int start = text.indexOf("[" + name + "]");
            assertThat(start).as("golden.txt has [" + name + "]").isNotNegative();
            int end = text.indexOf('[', start + 1);
            String section = text.substring(start + name.length() + 2, end < 0 ? text.length() : end);
            return section.replaceAll("\\s", "");
        }
    }
}
