package org.assidu.accrual.programme;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.assidu.accrual.model.LineStatus;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ProgrammeDocument.Basis;
import org.assidu.accrual.model.ProgrammeDocument.Earning;
import org.assidu.accrual.model.ProgrammeDocument.Tax;
import org.assidu.accrual.model.ProgrammeDocument.WeighedGoods;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.TenderKind;

/**
 * The earning basis in integers.
 *
 * <p>Excluded stores and categories and sold gift cards never earn, under any basis. Under AMOUNT the eligible amount of a
 * sale line is its net amount, less its part of what excluded tenders paid, then without VAT where tax is EXCLUDED (half
 * up to the minor unit, halves away from zero, as a VAT invoice shows it): the line's points are eligible × rate, exactly. A
 * sale line of negative amount (a correction, a bad debt) takes points off in the same way. Under ARTICLE eligible are
 * thousandths of articles; a line of negative amount is no article sold. Under VISIT lines carry no points: the receipt
 * does.
 */
final class EarningRule {
    final Basis basis;
    /** Micropoints per minor unit (AMOUNT), per article (ARTICLE) or per visit (VISIT). */
    final long rateMicro;

    private final boolean taxExcluded;
    private final boolean promotedEarn;
    private final boolean weighedPerLine;
    private final byte[][] excludedCategories;
    private final byte[][] excludedStores;
    private final Set<TenderKind> excludedTenders;

    /** @param neverEarn categories that earn under no programme option */
    EarningRule(Earning earning, List<String> neverEarn, long rateMicro) {
        basis = earning.basis();
        this.rateMicro = rateMicro;
        taxExcluded = earning.tax() == Tax.EXCLUDED;
        promotedEarn = earning.promotedArticlesEarn() || basis == Basis.VISIT;
        weighedPerLine = earning.weighedGoods() == WeighedGoods.PER_LINE;
        excludedCategories = Stream.concat(earning.excludedCategories().stream(), neverEarn.stream())
                .map(RewardRule::bytes)
                .toArray(byte[][]::new);
        excludedStores =
                earning.excludedStores().stream().map(RewardRule::bytes).toArray(byte[][]::new);
        excludedTenders = EnumSet.noneOf(TenderKind.class);
        excludedTenders.addAll(earning.excludedTenders());
    }

    /** What eligible × rate is to be divided by. */
    long unit() {
        return basis == Basis.ARTICLE ? 1000 : 1;
    }

    /**
     * Prices the sale lines and, at the same rate, the return lines that name no original. Other lines are left alone. Nothing
     * is earned on what the outcome's member prices take off.
     */
    void price(ReceiptColumns receipt, boolean salesEarn, TenderShares shares, OutcomeColumns out) {
        if (isExcludedStore(receipt)) {
            return;
        }
        boolean reduced = basis == Basis.AMOUNT && !excludedTenders.isEmpty();
        shares.deduct(receipt, out);
        if (reduced) {
            shares.spread(receipt, excludedMinor(receipt));
        }
        for (int line = 0; line < receipt.lines; line++) {
            boolean back = receipt.isReturn(line);
            boolean priced = back ? receipt.originalOfLine[line] == ReceiptColumns.NO_ORIGINAL : salesEarn;
            if (!priced || !isEligible(receipt, line)) {
                continue;
            }
            out.lineStatus[line] = back ? LineStatus.RETURNED_AT_CURRENT_RATE : LineStatus.EARNED;
            switch (basis) {
                case AMOUNT -> {
                    long amount = shares.amountMinor(receipt, line) - (reduced ? shares.of(line) : 0);
                    out.eligible[line] = taxExcluded ? withoutVat(amount, receipt.vatRateHundredths[line]) : amount;
                    out.linePointsMicro[line] = out.eligible[line] * rateMicro;
                }
                case ARTICLE -> {
                    out.eligible[line] = articles(receipt, line);
                    out.linePointsMicro[line] = out.eligible[line] * rateMicro / 1000;
                }
                case VISIT -> {}
            }
        }
    }

    private boolean isEligible(ReceiptColumns receipt, int line) {
        if (receipt.giftCardSale(line) || (receipt.promoted(line) && !promotedEarn)) {
            return false;
        }
        if (basis == Basis.ARTICLE && receipt.amountMinor[line] < 0 && !receipt.isReturn(line)) {
            return false;
        }
        for (byte[] category : excludedCategories) {
            if (Texts.within(receipt, receipt.category[line], category)) {
                return false;
            }
        }
        return true;
    }

    private boolean isExcludedStore(ReceiptColumns receipt) {
        for (byte[] store : excludedStores) {
            if (Texts.same(receipt, receipt.store, store)) {
                return true;
            }
        }
        return false;
    }

    private long excludedMinor(ReceiptColumns receipt) {
        long sum = 0;
        for (int tender = 0; tender < receipt.tenders; tender++) {
            if (excludedTenders.contains(receipt.tenderKind[tender])) {
                sum += receipt.tenderMinor[tender];
            }
        }
        return sum;
    }

    /** Thousandths of articles on a line; a weighed line counts as one article where the programme says PER_LINE. */
    long articles(ReceiptColumns receipt, int line) {
        long quantity = receipt.quantityThousandths[line];
        return weighedPerLine && receipt.weighed(line) ? Long.signum(quantity) * 1000L : quantity;
    }

    private static long withoutVat(long amountMinor, int vatRateHundredths) {
        return Arithmetic.divideHalfUp(amountMinor * 10_000, 10_000L + vatRateHundredths);
    }
}
