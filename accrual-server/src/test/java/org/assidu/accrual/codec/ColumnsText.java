package org.assidu.accrual.codec;

import java.util.Arrays;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;

/** Every field of the columns as text, so that two of them compare and differences read well. */
final class ColumnsText {
    private ColumnsText() {}

    static String of(ReceiptColumns r) {
        StringBuilder text = new StringBuilder();
        text.append(r.string(r.store)).append('/').append(r.string(r.till)).append('/');
        text.append(r.series)
                .append('/')
                .append(r.number)
                .append('/')
                .append(r.businessDate)
                .append('\n');
        text.append(r.soldAtMillis)
                .append(' ')
                .append(r.utcOffsetMinutes)
                .append(' ')
                .append(r.currency);
        text.append(' ')
                .append(r.memberKey)
                .append(' ')
                .append(r.memberFact)
                .append(' ')
                .append(r.channel);
        text.append(' ')
                .append(r.string(r.cashier))
                .append(' ')
                .append(r.phase)
                .append(' ')
                .append(r.chunk);
        text.append(' ')
                .append(r.declaredLines)
                .append(' ')
                .append(r.totalPresent)
                .append(' ');
        text.append(r.declaredTotalMinor).append(' ').append(r.historical).append('\n');
        text.append(Arrays.toString(Arrays.copyOf(r.chunkEnds, r.chunks))).append('\n');
        for (int line = 0; line < r.lines; line++) {
            line(r, line, text);
        }
        for (int t = 0; t < r.tenders; t++) {
            text.append(r.tenderKind[t]).append(' ').append(r.tenderMinor[t]).append('\n');
        }
        for (int u = 0; u < r.usedRewards; u++) {
            text.append(r.string(r.usedReward[u])).append(' ').append(r.usedRewardCount[u]);
            text.append(' ').append(r.usedRewardDiscountMinor[u]).append('\n');
        }
        return text.toString();
    }

    private static void line(ReceiptColumns r, int line, StringBuilder text) {
        text.append(r.string(r.sku[line]))
                .append(' ')
                .append(r.string(r.category[line]))
                .append(' ');
        text.append(r.string(r.brand[line]))
                .append(' ')
                .append(r.quantityThousandths[line])
                .append(' ');
        text.append(r.amountMinor[line])
                .append(' ')
                .append(r.discountMinor[line])
                .append(' ');
        text.append(r.vatRateHundredths[line]).append(' ').append(r.flags[line]);
        int original = r.originalOfLine[line];
        if (original != ReceiptColumns.NO_ORIGINAL) {
            text.append(" of ").append(r.string(r.originalStore[original])).append('/');
            text.append(r.string(r.originalTill[original]))
                    .append('/')
                    .append(r.originalSeries[original])
                    .append('/');
            text.append(r.originalNumber[original]).append('/').append(r.originalBusinessDate[original]);
            text.append('#').append(r.originalLine[original]);
        }
        text.append('\n');
    }

    static String of(OutcomeColumns o) {
        StringBuilder text = new StringBuilder();
        text.append(o.status)
                .append(' ')
                .append(o.conflict)
                .append(' ')
                .append(o.conflictLine)
                .append(' ');
        text.append(o.expectedChunk)
                .append(' ')
                .append(o.programmeVersion)
                .append(' ')
                .append(o.pointsMicro);
        text.append(' ').append(o.balanceMicro).append('\n');
        for (int line = 0; line < o.lines; line++) {
            text.append(o.lineStatus[line]).append(' ').append(o.eligible[line]).append(' ');
            text.append(o.linePointsMicro[line]).append('\n');
        }
        for (int m = 0; m < o.movements; m++) {
            text.append(o.movementMember[m])
                    .append(' ')
                    .append(o.movementPurse[m])
                    .append(' ');
            text.append(o.movementKind[m])
                    .append(' ')
                    .append(o.movementMicro[m])
                    .append(' ');
            text.append(o.movementRule[m])
                    .append(' ')
                    .append(o.movementVersion[m])
                    .append(' ')
                    .append(o.movementLot[m])
                    .append('\n');
        }
        for (int c = 0; c < o.counterChanges; c++) {
            text.append(o.counterMember[c]).append(' ').append(o.counterSlot[c]).append(' ');
            text.append(o.counterDelta[c]).append('\n');
        }
        for (int a = 0; a < o.alerts; a++) {
            text.append(o.alertReward[a]).append(' ').append(o.alertCount[a]).append('\n');
        }
        for (int i = 0; i < o.shares; i++) {
            text.append("share ").append(o.shareLine[i]).append(' ').append(o.shareRule[i]);
            text.append(' ').append(o.shareMicro[i]).append('\n');
        }
        for (int i = 0; i < o.contexts; i++) {
            text.append("context ").append(o.contextRule[i]).append(' ');
            text.append(o.contextHeadroom[i]).append('\n');
        }
        for (int i = 0; i < o.prices; i++) {
            text.append("price ").append(o.priceLine[i]).append(' ').append(o.priceRule[i]);
            text.append(' ').append(o.priceMinor[i]).append('\n');
        }
        for (int i = 0; i < o.events; i++) {
            text.append("event ").append(o.eventKind[i]).append(' ').append(o.eventMember[i]);
            text.append(' ').append(o.eventRule[i]).append(' ').append(o.eventValue[i]);
            text.append(' ').append(o.eventPurse[i]).append(' ').append(o.eventDay[i]);
            text.append('\n');
        }
        return text.toString();
    }
}
