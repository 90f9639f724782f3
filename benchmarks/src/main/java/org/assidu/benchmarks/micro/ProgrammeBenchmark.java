package org.assidu.benchmarks.micro;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.ReceiptStatus;
import org.assidu.accrual.programme.Programme;
import org.assidu.accrual.programme.ProgrammeCompiler;
import org.assidu.accrual.programme.TenderShares;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Pricing five lines under each earning basis, with exclusions to look at. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ProgrammeBenchmark {
    private static final Map<String, String> EARNING = Map.of(
            "AMOUNT",
                    "{basis: AMOUNT, points: 1, per: 1.00, tax: EXCLUDED,"
                            + " exclude: {categories: [tobacco, press], tenders: [GIFT_CARD]}}",
            "ARTICLE", "{basis: ARTICLE, points: 1, exclude: {categories: [tobacco, press]}}",
            "VISIT", "{basis: VISIT, points: 5}");

    @Param({"AMOUNT", "ARTICLE", "VISIT"})
    public String basis = "";

    private final ReceiptColumns receipt = SampleReceipts.receipt();
    private final OutcomeColumns outcome = new OutcomeColumns();
    private final TenderShares shares = new TenderShares();

    @SuppressWarnings("NullAway.Init")
    private Programme programme;

    @Setup
    public void compile() {
        programme = ProgrammeCompiler.compile(SampleReceipts.programme(Objects.requireNonNull(EARNING.get(basis)), ""));
    }

    @Benchmark
    public long priceAndCredit() {
        outcome.reset(ReceiptStatus.ACCRUED, receipt.lines);
        programme.price(receipt, true, shares, outcome);
        return programme.creditMicro(receipt, outcome, null);
    }
}
