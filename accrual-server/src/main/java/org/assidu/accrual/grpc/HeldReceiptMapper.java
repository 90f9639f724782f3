package org.assidu.accrual.grpc;

import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.pipeline.Explanation;
import org.assidu.proto.v1.HeldReceipt;
import org.assidu.proto.v1.OriginalLine;
import org.assidu.proto.v1.Receipt;
import org.assidu.proto.v1.ReceiptIdentity;
import org.assidu.proto.v1.SaleLine;
import org.assidu.proto.v1.Tender;
import org.assidu.proto.v1.UsedReward;

/** A receipt back into the message that it came in, for the member who asks what is held. */
final class HeldReceiptMapper {
    private HeldReceiptMapper() {}

    static HeldReceipt map(Explanation from) {
        ReceiptColumns r = from.recorded().receipt();
        OutcomeColumns outcome = from.recorded().outcome();
        HeldReceipt.Builder to = HeldReceipt.newBuilder()
                .setPosition(from.recorded().position())
                .setReceivedAtMillis(from.receivedAtMillis())
                .setReceipt(receipt(r))
                .setPointsMicro(outcome.pointsMicro);
        for (int line = 0; line < r.lines; line++) {
            to.addLinePointsMicro(outcome.linePointsMicro[line]);
        }
        from.movements().forEach(movement -> to.addMovements(MemberAnswers.movement(movement)));
        return to.build();
    }

    private static Receipt receipt(ReceiptColumns r) {
        Receipt.Builder to = Receipt.newBuilder()
                .setIdentity(ReceiptIdentity.newBuilder()
                        .setStore(r.string(r.store))
                        .setTill(r.string(r.till))
                        .setSeries(r.series)
                        .setNumber(r.number)
                        .setBusinessDate(r.businessDate))
                .setSoldAtMillis(r.soldAtMillis)
                .setUtcOffsetMinutes(r.utcOffsetMinutes)
                .setCurrency(ReceiptColumns.currencyCode(r.currency))
                .setChannelValue(r.channel.code())
                .setCashier(r.string(r.cashier))
                .setHistorical(r.historical)
                .setTotalMinor(r.totalMinor());
        for (int line = 0; line < r.lines; line++) {
            to.addLines(line(r, line));
        }
        for (int t = 0; t < r.tenders; t++) {
            to.addTenders(
                    Tender.newBuilder().setKindValue(r.tenderKind[t].ordinal()).setAmountMinor(r.tenderMinor[t]));
        }
        for (int u = 0; u < r.usedRewards; u++) {
            to.addUsedRewards(UsedReward.newBuilder()
                    .setRewardId(r.string(r.usedReward[u]))
                    .setCount(r.usedRewardCount[u])
                    .setDiscountMinor(r.usedRewardDiscountMinor[u]));
        }
        return to.build();
    }

    private static SaleLine line(ReceiptColumns r, int line) {
        SaleLine.Builder to = SaleLine.newBuilder()
                .setSku(r.string(r.sku[line]))
                .setQuantityThousandths(r.quantityThousandths[line])
                .setAmountMinor(r.amountMinor[line])
                .setDiscountMinor(r.discountMinor[line])
                .setVatRateHundredths(r.vatRateHundredths[line])
                .setCategory(r.string(r.category[line]))
                .setBrand(r.string(r.brand[line]))
                .setPromoted(r.promoted(line))
                .setWeighed(r.weighed(line))
                .setGiftCardSale(r.giftCardSale(line));
        int original = r.originalOfLine[line];
        if (original >= 0 && original < r.originals) {
            to.setOriginal(OriginalLine.newBuilder()
                    .setReceipt(ReceiptIdentity.newBuilder()
                            .setStore(r.string(r.originalStore[original]))
                            .setTill(r.string(r.originalTill[original]))
                            .setSeries(r.originalSeries[original])
                            .setNumber(r.originalNumber[original])
                            .setBusinessDate(r.originalBusinessDate[original]))
                    .setLine(r.originalLine[original] + 1));
        }
        return to.build();
    }
}
