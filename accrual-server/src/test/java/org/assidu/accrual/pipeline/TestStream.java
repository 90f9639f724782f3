package org.assidu.accrual.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.assidu.accrual.model.MemberFact;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.ReceiptPhase;

/** A client of the pipeline that keeps every answer in the order in which it came. */
final class TestStream implements AnswerSink {
    private static final long DEADLINE_SECONDS = 60;

    private final Pipeline pipeline;
    private final String store;
    private long sent;
    final BlockingQueue<SalesItem> answers = new LinkedBlockingQueue<>();
    final BlockingQueue<SalesItem> abandoned = new LinkedBlockingQueue<>();
    private int flushes;

    TestStream(Pipeline pipeline, String store) {
        this.pipeline = pipeline;
        this.store = store;
    }

    @Override
    public void answered(SalesItem item) {
        answers.add(item);
    }

    @Override
    public synchronized void flush() {
        flushes++;
    }

    @Override
    public void abandoned(SalesItem item, Throwable cause) {
        abandoned.add(item);
    }

    synchronized int flushes() {
        return flushes;
    }

    /** A receipt of this store's till, sold at noon, with a line of the amount. */
    ReceiptColumns addReceipt(SalesItem item, long number, long amountMinor) {
        ReceiptColumns receipt = item.receipt(item.addReceipt());
        header(receipt, number);
        addLine(receipt, amountMinor);
        return receipt;
    }

    void header(ReceiptColumns receipt, long number) {
        receipt.store = receipt.addText(store);
        receipt.till = receipt.addText("1");
        receipt.number = number;
        receipt.soldAtMillis = RunningPipeline.NOON;
        receipt.currency = ReceiptColumns.packCurrency("EUR");
        receipt.phase = ReceiptPhase.WHOLE;
        receipt.memberFact = MemberFact.ANONYMOUS;
    }

    static int addLine(ReceiptColumns receipt, long amountMinor) {
        int line = receipt.addLine();
        receipt.sku[line] = receipt.addText("sku-" + line);
        receipt.quantityThousandths[line] = amountMinor < 0 ? -1000 : 1000;
        receipt.amountMinor[line] = amountMinor;
        return line;
    }

    /** An item with one receipt, of a card when not negative. */
    SalesItem sale(long number, int cardSerial, long amountMinor) {
        SalesItem item = new SalesItem(this);
        item.streamSequence = ++sent;
        addReceipt(item, number, amountMinor);
        identify(item, cardSerial);
        return item;
    }

    /** Names the member of the last receipt as a stream does: what the directory knows at once, the rest by lookup. */
    void identify(SalesItem item, int cardSerial) {
        if (cardSerial < 0) {
            return;
        }
        item.resolveCard(item.receipts() - 1, RunningPipeline.card(cardSerial));
    }

    SalesItem returnOf(long number, int cardSerial, long originalNumber, int originalLine, long amountMinor) {
        SalesItem item = sale(number, cardSerial, -amountMinor);
        ReceiptColumns receipt = item.receipt(0);
        int original = receipt.addOriginal(0);
        receipt.originalStore[original] = receipt.addText(store);
        receipt.originalTill[original] = receipt.addText("1");
        receipt.originalNumber[original] = originalNumber;
        receipt.originalLine[original] = originalLine;
        return item;
    }

    SalesItem chunk(long number, int cardSerial, ReceiptPhase phase, int chunk, long... amountsMinor) {
        SalesItem item = new SalesItem(this);
        item.streamSequence = ++sent;
        ReceiptColumns receipt = item.receipt(item.addReceipt());
        header(receipt, number);
        receipt.phase = phase;
        receipt.chunk = chunk;
        for (long amountMinor : amountsMinor) {
            addLine(receipt, amountMinor);
        }
        identify(item, cardSerial);
        return item;
    }

    void submit(SalesItem item) {
        RunningPipeline.await("room in the ring", () -> pipeline.trySubmit(item));
    }

    /** Submits and waits for the answer. */
    SalesItem send(SalesItem item) {
        submit(item);
        return next();
    }

    OutcomeColumns outcomeOf(SalesItem item) {
        SalesItem answered = send(item);
        assertThat(answered).isSameAs(item);
        return answered.outcome(0);
    }

    SalesItem next() {
        try {
            SalesItem item = answers.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
            assertThat(item).as("an answer within " + DEADLINE_SECONDS + " s").isNotNull();
            return item;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    List<SalesItem> next(int count) {
        List<SalesItem> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(next());
        }
        return items;
    }
}
