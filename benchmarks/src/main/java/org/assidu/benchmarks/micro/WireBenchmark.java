package org.assidu.benchmarks.micro;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.concurrent.TimeUnit;
import org.assidu.accrual.grpc.ReceiptMapper;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.proto.v1.Channel;
import org.assidu.proto.v1.Identifier;
import org.assidu.proto.v1.Receipt;
import org.assidu.proto.v1.ReceiptIdentity;
import org.assidu.proto.v1.ReceiptPhase;
import org.assidu.proto.v1.SaleLine;
import org.assidu.proto.v1.Tender;
import org.assidu.proto.v1.TenderKind;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** An encoded receipt to columns, checks included, beside what the generated classes take to parse it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class WireBenchmark {
    private final byte[] encoded = receipt().toByteArray();
    private final ReceiptMapper mapper = new ReceiptMapper();
    private final ReceiptColumns columns = new ReceiptColumns();

    @Benchmark
    public ReceiptColumns mapToColumns() {
        if (mapper.map(encoded, columns) != null) {
            throw new IllegalStateException("the benchmark's receipt is refused");
        }
        return columns;
    }

    @Benchmark
    public Receipt parseToMessage() throws InvalidProtocolBufferException {
        return Receipt.parseFrom(encoded);
    }

    private static Receipt receipt() {
        ReceiptColumns from = SampleReceipts.receipt();
        Receipt.Builder receipt = Receipt.newBuilder()
                .setIdentity(ReceiptIdentity.newBuilder()
                        .setStore(from.string(from.store))
                        .setTill(from.string(from.till))
                        .setNumber(from.number))
                .setSoldAtMillis(from.soldAtMillis)
                .setUtcOffsetMinutes(from.utcOffsetMinutes)
                .setCurrency("EUR")
                .setMember(Identifier.newBuilder().setCard(2_997_000_000_001L))
                .setChannel(Channel.CHANNEL_STORE)
                .setPhase(ReceiptPhase.RECEIPT_PHASE_WHOLE)
                .setTotalMinor(from.totalMinor())
                .setTotalPresent(true)
                .addTenders(Tender.newBuilder()
                        .setKind(TenderKind.TENDER_KIND_BANK_CARD)
                        .setAmountMinor(from.totalMinor()));
        for (int line = 0; line < from.lines; line++) {
            receipt.addLines(SaleLine.newBuilder()
                    .setSku(from.string(from.sku[line]))
                    .setCategory(from.string(from.category[line]))
                    .setQuantityThousandths(from.quantityThousandths[line])
                    .setAmountMinor(from.amountMinor[line])
                    .setVatRateHundredths(from.vatRateHundredths[line])
                    .setPromoted(from.promoted(line)));
        }
        return receipt.build();
    }
}
