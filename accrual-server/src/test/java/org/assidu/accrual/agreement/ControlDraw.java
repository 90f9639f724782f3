package org.assidu.accrual.agreement;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.assidu.accrual.engine.AccrualEngine;
import org.assidu.accrual.engine.OriginalReceipts;
import org.assidu.accrual.model.Bonus;
import org.assidu.accrual.model.MemberFact;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.PublishedProgramme;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.reference.ControlGroup;

/** The draw of control groups, observed: an engine with nothing but that bonus is asked. */
final class ControlDraw implements ControlGroup {
    private static final long SOLD_AT = 1_770_000_000_000L;

    private final Map<String, Boolean> drawn = new ConcurrentHashMap<>();

    @Override
    public boolean has(Bonus bonus, long member) {
        return bonus.controlPercent().signum() > 0
                && drawn.computeIfAbsent(
                        bonus.id() + " " + bonus.controlPercent().toPlainString() + " " + member,
                        key -> draw(bonus, member));
    }

    private static boolean draw(Bonus bonus, long member) {
        PublishedProgramme programme = new ProgrammeDraft.Builder()
                .line(RandomDraft.HEADER)
                .line("effective_from: 2026-01-01")
                .line("time_zone: UTC")
                .line("earning: {points: 1}")
                .entry(
                        "bonuses",
                        "{id: " + bonus.id() + ", award: {kind: FIXED_POINTS, value: 1}, control_percent: "
                                + bonus.controlPercent().toPlainString() + "}")
                .build()
                .published(1);
        AccrualEngine engine = new AccrualEngine();
        engine.applyProgramme(programme, 1);
        ReceiptColumns receipt = new ReceiptColumns();
        receipt.store = receipt.addText("Lyon");
        receipt.till = receipt.addText("1");
        receipt.currency = ReceiptColumns.packCurrency("EUR");
        receipt.soldAtMillis = SOLD_AT;
        receipt.memberKey = member;
        receipt.memberFact = MemberFact.KNOWN;
        int line = receipt.addLine();
        receipt.sku[line] = receipt.addText("A");
        receipt.quantityThousandths[line] = 1000;
        receipt.amountMinor[line] = 100;
        OutcomeColumns out = new OutcomeColumns();
        engine.decide(receipt, OriginalReceipts.NONE, SOLD_AT, out);
        return out.contexts == 0;
    }
}
