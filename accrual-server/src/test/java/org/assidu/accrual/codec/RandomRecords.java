package org.assidu.accrual.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assidu.accrual.model.Channel;
import org.assidu.accrual.model.EventKind;
import org.assidu.accrual.model.LineStatus;
import org.assidu.accrual.model.LotKey;
import org.assidu.accrual.model.MemberFact;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.ReceiptField;
import org.assidu.accrual.model.ReceiptPhase;
import org.assidu.accrual.model.ReceiptStatus;
import org.assidu.accrual.model.TenderKind;

/** Seeded receipts and outcomes whose numbers are often extreme; they need not make sense together. */
final class RandomRecords {
    private static final long[] EDGES = {
        0,
        1,
        -1,
        63,
        64,
        -64,
        -65,
        127,
        128,
        16_383,
        16_384,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };

    private final Random random;

    RandomRecords(long seed) {
        random = new Random(seed);
    }

    private <T> T any(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private long number() {
        return random.nextBoolean()
                ? EDGES[random.nextInt(EDGES.length)]
                : random.nextLong() >> random.nextInt(Long.SIZE);
    }

    private int integer() {
        return random.nextBoolean()
                ? (int) EDGES[random.nextInt(EDGES.length - 2)]
                : random.nextInt() >> random.nextInt(Integer.SIZE);
    }

    private int text(ReceiptColumns r) {
        int length = random.nextInt(10) == 0 ? ReceiptColumns.MAX_TEXT_BYTES : random.nextInt(12);
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return r.addText(bytes, 0, length);
    }

    RecordContext context() {
        return new RecordContext().set(number(), number(), integer());
    }

    ReceiptColumns receipt() {
        ReceiptColumns r = new ReceiptColumns();
        r.store = text(r);
        r.till = text(r);
        r.series = integer();
        r.number = number();
        r.businessDate = integer();
        r.soldAtMillis = number();
        r.utcOffsetMinutes = integer();
        r.currency = integer();
        r.memberKey = number();
        r.memberFact = any(MemberFact.values());
        r.channel = any(Channel.values());
        r.cashier = text(r);
        r.phase = any(ReceiptPhase.values());
        r.chunk = integer();
        r.declaredLines = integer();
        r.totalPresent = random.nextBoolean();
        r.declaredTotalMinor = r.totalPresent ? number() : 0;
        r.historical = random.nextBoolean();
        int lines = random.nextInt(30) == 0 ? 2_000 : random.nextInt(12);
        for (int i = 0; i < lines; i++) {
            line(r);
            if (random.nextInt(4) == 0) {
                r.endChunk();
            }
        }
        for (int t = random.nextInt(7); t > 0; t--) {
            r.addTender(any(TenderKind.values()), number());
        }
        for (int u = random.nextInt(5); u > 0; u--) {
            r.addUsedReward(text(r), integer(), number());
        }
        return r;
    }

    private void line(ReceiptColumns r) {
        int line = r.addLine();
        r.sku[line] = text(r);
        r.category[line] = line > 0 && random.nextBoolean() ? r.category[line - 1] : text(r);
        r.brand[line] = text(r);
        r.quantityThousandths[line] = number();
        r.amountMinor[line] = number();
        r.discountMinor[line] = number();
        r.vatRateHundredths[line] = integer();
        r.flags[line] = (byte) random.nextInt(8);
        if (random.nextInt(5) == 0) {
            int original = r.addOriginal(line);
            r.originalStore[original] = text(r);
            r.originalTill[original] = text(r);
            r.originalSeries[original] = integer();
            r.originalNumber[original] = number();
            r.originalBusinessDate[original] = integer();
            r.originalLine[original] = integer();
        }
    }

    OutcomeColumns outcome(long ownMember, int lines) {
        OutcomeColumns o = new OutcomeColumns();
        o.reset(any(ReceiptStatus.values()), lines);
        o.conflict = any(ReceiptField.values());
        o.conflictLine = integer();
        o.expectedChunk = integer();
        o.programmeVersion = integer();
        o.pointsMicro = number();
        o.balanceMicro = number();
        for (int line = 0; line < lines; line++) {
            o.lineStatus[line] = any(LineStatus.values());
            o.eligible[line] = number();
            o.linePointsMicro[line] = number();
        }
        boolean lots = random.nextBoolean();
        for (int m = random.nextInt(9); m > 0; m--) {
            long member = random.nextBoolean() ? ownMember : number();
            long lot = lots ? number() : LotKey.NONE;
            o.addMovement(member, integer(), any(MovementKind.values()), number(), integer(), integer(), lot);
        }
        for (int c = random.nextInt(9); c > 0; c--) {
            o.addCounterChange(random.nextBoolean() ? ownMember : number(), integer(), number());
        }
        for (int a = random.nextInt(5); a > 0; a--) {
            o.addAlert(integer(), integer());
        }
        extras(o, ownMember);
        return o;
    }

    private void extras(OutcomeColumns o, long ownMember) {
        for (int s = o.lines == 0 ? 0 : random.nextInt(6); s > 0; s--) {
            o.addShare(random.nextInt(o.lines), integer(), number());
        }
        for (int c = random.nextInt(4); c > 0; c--) {
            o.addContext(integer(), random.nextBoolean() ? Long.MAX_VALUE : number() >>> 1);
        }
        for (int p = o.lines == 0 ? 0 : random.nextInt(3); p > 0; p--) {
            o.addPrice(random.nextInt(o.lines), integer(), number());
        }
        for (int e = random.nextInt(4); e > 0; e--) {
            long member = random.nextBoolean() ? ownMember : number();
            if (random.nextBoolean()) {
                o.addEvent(any(EventKind.values()), member, integer(), number());
            } else {
                o.addEvent(
                        any(EventKind.values()), member, integer(), number(), integer() & Integer.MAX_VALUE, integer());
            }
        }
    }

    Operation operation() {
        List<String> details = new ArrayList<>();
        for (int d = random.nextInt(4); d > 0; d--) {
            details.add(word());
        }
        return new Operation(
                any(OperationKind.values()),
                number(),
                number(),
                word(),
                word(),
                number(),
                number(),
                word(),
                word(),
                List.copyOf(details));
    }

    private String word() {
        return random.nextBoolean() ? "" : "é" + Long.toString(random.nextLong(), 36);
    }
}
