package org.assidu.benchmarks.micro;

import java.util.List;
import org.assidu.accrual.document.ParsedProgramme;
import org.assidu.accrual.document.ProgrammeParser;
import org.assidu.accrual.model.Channel;
import org.assidu.accrual.model.MemberFact;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.PublishedProgramme;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.ReceiptPhase;
import org.assidu.accrual.model.TenderKind;

/** The receipt and the programmes that benchmarks of the engine share. */
public final class SampleReceipts {
    static final int LINES = 5;
    /** 2026-03-02, noon in Paris. */
    static final long SOLD_AT_MILLIS = 1_772_449_200_000L;

    private static final String[] CATEGORIES = {
        "grocery/dairy", "grocery/bakery", "household", "grocery/wine", "textile/children"
    };

    private SampleReceipts() {}

    /** A receipt of five lines at one till; its number and member are the caller's to set. */
    public static ReceiptColumns receipt() {
        ReceiptColumns receipt = new ReceiptColumns();
        receipt.store = receipt.addText("store-7");
        receipt.till = receipt.addText("till-3");
        receipt.number = 1;
        receipt.soldAtMillis = SOLD_AT_MILLIS;
        receipt.utcOffsetMinutes = 60;
        receipt.currency = ReceiptColumns.packCurrency("EUR");
        receipt.memberKey = memberKey(0);
        receipt.memberFact = MemberFact.KNOWN;
        receipt.channel = Channel.STORE;
        receipt.phase = ReceiptPhase.WHOLE;
        for (int i = 0; i < LINES; i++) {
            int line = receipt.addLine();
            receipt.sku[line] = receipt.addText("300000000" + (1_000 + 97 * i));
            receipt.category[line] = receipt.addText(CATEGORIES[i]);
            receipt.quantityThousandths[line] = 1_000L * (1 + i % 3);
            receipt.amountMinor[line] = 199 + 350L * i;
            receipt.vatRateHundredths[line] = i % 2 == 0 ? 550 : 2_000;
            receipt.flags[line] = i == 3 ? ReceiptColumns.PROMOTED : 0;
        }
        receipt.totalPresent = true;
        receipt.declaredTotalMinor = receipt.totalMinor();
        receipt.addTender(TenderKind.BANK_CARD, receipt.totalMinor());
        return receipt;
    }

    /** Key of the index-th member; spread like the random ones of the directory. */
    public static long memberKey(long index) {
        long key = (index + 1) * 0x9E3779B97F4A7C15L;
        return key & Long.MAX_VALUE;
    }

    /** @param earning the value of the programme's earning: block, such as {basis: VISIT, points: 5} */
    static PublishedProgramme programme(String earning, String more) {
        return programme("{id: points, rounding: CARRY, negative: ALLOW}", earning, more);
    }

    /** @param purse the value of the programme's purse: block */
    public static PublishedProgramme programme(String purse, String earning, String more) {
        String text = String.join(
                "\n",
                List.of(
                        "format: 1",
                        "id: micro",
                        "name: {en: Micro benchmark}",
                        "effective_from: 2020-01-01",
                        "time_zone: Europe/Paris",
                        "currency: EUR",
                        "purse: " + purse,
                        "earning: " + earning,
                        more,
                        ""));
        ParsedProgramme parsed = ProgrammeParser.parse(text);
        ProgrammeDocument document = parsed.document();
        if (document == null) {
            throw new IllegalArgumentException("the benchmark's programme has problems: " + parsed.problems());
        }
        return new PublishedProgramme(1, parsed.sha256(), parsed.canonicalText(), text, document);
    }
}
