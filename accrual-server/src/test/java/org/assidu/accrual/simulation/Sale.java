package org.assidu.accrual.simulation;

import org.assidu.accrual.model.Channel;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.ReceiptPhase;
import org.jspecify.annotations.Nullable;

/** One receipt as its till keeps it until it is answered: the number never changes, nor does what is on it. */
final class Sale {
    /** Part of a sale as one message brings it. @param altered with another content under the same number */
    record Part(Sale sale, ReceiptPhase phase, int chunk, int from, int to, boolean altered) {
        boolean closes() {
            return phase == ReceiptPhase.WHOLE || phase == ReceiptPhase.CLOSING;
        }
    }

    final ReceiptName name;
    /** 0 = anonymous. */
    final long card;

    final long soldAtMillis;
    final long[] quantity;
    final long[] amountMinor;
    final String[] category;
    final @Nullable Sale original;
    final boolean usesGift;
    /** Messages it is sent in; 1 = whole. */
    final int chunks;

    final boolean toVoid;

    private int nextChunk = 1;
    /** Sent whole after all, since the server has given up the chunks. */
    private boolean whole;

    private boolean done;
    private long pointsMicro = Long.MIN_VALUE;
    /** Whether the server has told that it recorded it, whoever heard. */
    boolean toldRecorded;

    Sale(
            ReceiptName name,
            long card,
            long soldAtMillis,
            long[] quantity,
            long[] amountMinor,
            String[] category,
            @Nullable Sale original,
            boolean usesGift,
            int chunks,
            boolean toVoid) {
        this.name = name;
        this.card = card;
        this.soldAtMillis = soldAtMillis;
        this.quantity = quantity;
        this.amountMinor = amountMinor;
        this.category = category;
        this.original = original;
        this.usesGift = usesGift;
        this.chunks = chunks;
        this.toVoid = toVoid;
    }

    boolean isDone() {
        return done;
    }

    /** Whether it is paid, and its till knows that the server has it. */
    boolean isRecorded() {
        return done && !toVoid;
    }

    /** What its till sends next, or again. */
    Part next() {
        int lines = quantity.length;
        if (whole || chunks == 1) {
            return new Part(this, ReceiptPhase.WHOLE, 0, 0, lines, false);
        }
        if (nextChunk < chunks) {
            return new Part(this, ReceiptPhase.OPEN, nextChunk, nextChunk - 1, nextChunk, false);
        }
        return toVoid
                ? new Part(this, ReceiptPhase.VOID, 0, 0, 0, false)
                : new Part(this, ReceiptPhase.CLOSING, chunks, chunks - 1, lines, false);
    }

    Part altered() {
        return new Part(this, ReceiptPhase.WHOLE, 0, 0, quantity.length, true);
    }

    /** Writes a part into columns, but for the member. */
    void fill(Part part, ReceiptColumns receipt) {
        receipt.store = receipt.addText(name.store());
        receipt.till = receipt.addText(name.till());
        receipt.series = name.series();
        receipt.number = name.number();
        receipt.soldAtMillis = soldAtMillis;
        receipt.currency = ReceiptColumns.packCurrency("EUR");
        receipt.channel = Channel.STORE;
        receipt.phase = part.phase();
        receipt.chunk = part.chunk();
        for (int line = part.from(); line < part.to(); line++) {
            int at = receipt.addLine();
            receipt.sku[at] = receipt.addText("sku-" + line);
            receipt.category[at] = receipt.addText(category[line]);
            receipt.quantityThousandths[at] = quantity[line];
            receipt.amountMinor[at] = amountMinor[line] - (part.altered() && line == 0 ? 1 : 0);
            if (original != null && quantity[line] < 0) {
                int reference = receipt.addOriginal(at);
                receipt.originalStore[reference] = receipt.addText(original.name.store());
                receipt.originalTill[reference] = receipt.addText(original.name.till());
                receipt.originalSeries[reference] = original.name.series();
                receipt.originalNumber[reference] = original.name.number();
                receipt.originalLine[reference] = Math.min(line, original.quantity.length - 1);
            }
        }
        if (usesGift && part.closes()) {
            receipt.addUsedReward(receipt.addText("gift"), 1, 500);
        }
    }

    /** The till hears an answer, maybe long after it has moved on. @throws Violation for one that must not be */
    void heard(Part part, Answer answer) {
        switch (answer.status()) {
            case OVERLOADED, SOLD_IN_THE_FUTURE -> {}
            case CHUNK_GAP -> {
                whole |= !toVoid;
                done |= toVoid;
            }
            case RECEIPT_CONFLICT ->
                Violation.unless(
                        part.altered()
                                || part.phase() == ReceiptPhase.OPEN
                                || part.phase() == ReceiptPhase.CLOSING && whole,
                        "conflict in " + answer.conflict() + " for receipt " + name
                                + ", sent with the same content as ever (" + part.phase() + " " + part.chunk() + " of "
                                + chunks + ")");
            case PROVISIONAL -> nextChunk = Math.max(nextChunk, part.chunk() + 1);
            case VOIDED -> done = true;
            default -> {
                Violation.unless(!answer.status().refused(), "receipt " + name + " is told " + answer.status());
                Violation.unless(!part.altered(), "altered receipt " + name + " is told " + answer.status());
                if (part.phase() == ReceiptPhase.OPEN) {
                    nextChunk = Math.max(nextChunk, part.chunk() + 1);
                } else if (part.phase() == ReceiptPhase.VOID) {
                    done = true;
                } else {
                    recorded(answer.pointsMicro());
                }
            }
        }
    }

    private void recorded(long points) {
        Violation.unless(
                pointsMicro == Long.MIN_VALUE || pointsMicro == points,
                "receipt " + name + " is told " + points + " micropoints, and was told " + pointsMicro);
        pointsMicro = points;
        done = true;
    }
}
