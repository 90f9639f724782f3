package org.assidu.accrual.codec;

import java.util.List;
import org.assidu.accrual.model.Channel;
import org.assidu.accrual.model.LineStatus;
import org.assidu.accrual.model.MemberEnrolment;
import org.assidu.accrual.model.MemberEnrolment.Consent;
import org.assidu.accrual.model.MemberFact;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ProductEntry;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.ReceiptStatus;
import org.assidu.accrual.model.StoreEntry;
import org.assidu.accrual.model.TenderKind;

/** One fixed value of every kind of record; the golden bytes are theirs. */
final class SampleRecords {
    static final long MEMBER = 0x1122334455667788L;

    private SampleRecords() {}

    static RecordContext context() {
        return new RecordContext().set(1_793_000_000_123L, 41, 1);
    }

    /** Five sale lines of a member, paid by bank card. */
    static ReceiptColumns receipt() {
        ReceiptColumns r = new ReceiptColumns();
        r.store = r.addText("0117");
        r.till = r.addText("3");
        r.series = 1;
        r.number = 20_931;
        r.businessDate = 20_261_026;
        r.soldAtMillis = 1_793_000_000_000L;
        r.utcOffsetMinutes = 60;
        r.currency = ReceiptColumns.packCurrency("EUR");
        r.memberKey = MEMBER;
        r.memberFact = MemberFact.KNOWN;
        r.channel = Channel.STORE;
        r.cashier = r.addText("c-77");
        r.totalPresent = true;
        for (int line = 0; line < 5; line++) {
            r.addLine();
            r.sku[line] = r.addText("376001234567" + line);
            r.category[line] = r.addText("grocery/tea");
            r.brand[line] = r.addText("Épices");
            r.quantityThousandths[line] = 1_000;
            r.amountMinor[line] = 250 + line;
            r.vatRateHundredths[line] = 550;
            r.flags[line] = line == 1 ? ReceiptColumns.PROMOTED : 0;
        }
        r.declaredTotalMinor = r.totalMinor();
        r.addTender(TenderKind.BANK_CARD, r.declaredTotalMinor);
        return r;
    }

    static OutcomeColumns outcome() {
        OutcomeColumns o = new OutcomeColumns();
        o.reset(ReceiptStatus.ACCRUED, 5);
        o.programmeVersion = 2;
        for (int line = 0; line < 5; line++) {
            o.lineStatus[line] = LineStatus.EARNED;
            o.eligible[line] = 250 + line;
            o.linePointsMicro[line] = (250 + line) * 10_000L;
            o.pointsMicro += o.linePointsMicro[line];
        }
        o.balanceMicro = 302_500_000;
        o.addMovement(MEMBER, 0, MovementKind.EARNED, o.pointsMicro, 0, 2);
        o.addCounterChange(MEMBER, 3, 12_600_000);
        return o;
    }

    /** A return of another member's purchase, closing a chunked receipt, with a used reward. */
    static ReceiptColumns returnReceipt() {
        ReceiptColumns r = receipt();
        r.historical = true;
        r.endChunk();
        int line = r.addLine();
        r.sku[line] = r.addText("3760012345679");
        r.quantityThousandths[line] = -2_000;
        r.amountMinor[line] = -500;
        r.flags[line] = ReceiptColumns.WEIGHED;
        int original = r.addOriginal(line);
        r.originalStore[original] = r.addText("0042");
        r.originalTill[original] = r.addText("12");
        r.originalSeries[original] = 2;
        r.originalNumber[original] = 99;
        r.originalBusinessDate[original] = 20_261_001;
        r.originalLine[original] = 4;
        r.endChunk();
        r.chunk = 2;
        r.addUsedReward(r.addText("ten-percent"), 1, 126);
        return r;
    }

    static OutcomeColumns returnOutcome() {
        OutcomeColumns o = outcome();
        OutcomeColumns longer = new OutcomeColumns();
        longer.copyFrom(o);
        longer.reset(ReceiptStatus.REWARD_UNFUNDED, 6);
        longer.programmeVersion = 2;
        longer.lineStatus[5] = LineStatus.RETURNED;
        longer.linePointsMicro[5] = -5_000_000;
        longer.addMovement(MEMBER + 1, 0, MovementKind.REVERSED, -5_000_000, -1, 1);
        longer.addMovement(MEMBER, 1, MovementKind.SPENT, -300_000_000, 1, 2);
        longer.addCounterChange(MEMBER + 1, 0, -1);
        longer.addAlert(0, 2);
        return longer;
    }

    static ProgrammeRecord programme() {
        return new ProgrammeRecord(
                2,
                "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                "{\"id\":\"fidélité\"}",
                "id: fidélité\n",
                "fidélité",
                1_790_000_000_000L,
                "Europe/Paris",
                "EUR",
                List.of("base", "ten-percent"),
                List.of("points", "cagnotte"));
    }

    static MemberEnrolment enrolment() {
        return new MemberEnrolment(
                MEMBER,
                Channel.WEB,
                "0117",
                "cgu-3",
                List.of(
                        new Consent(1, true, "mail-2", Channel.WEB, 1_793_000_000_000L),
                        new Consent(4, false, "", Channel.STORE, -1)),
                true);
    }

    static List<ProductEntry> products() {
        return List.of(
                new ProductEntry("3760012345670", "Thé vert", "grocery/tea", "Épices", 120L, "EUR", 20_260_101, 0),
                new ProductEntry("X", "", null, null, null, null, 0, 20_261_231));
    }

    static List<StoreEntry> stores() {
        return List.of(
                new StoreEntry("0117", "Lyon", "Proxi", "Assidu SAS", "FR"),
                new StoreEntry("0042", null, null, null, null));
    }
}
