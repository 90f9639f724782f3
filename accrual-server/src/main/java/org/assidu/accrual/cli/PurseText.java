package org.assidu.accrual.cli;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import org.assidu.accrual.model.Points;
import org.assidu.proto.v1.Lot;
import org.assidu.proto.v1.Purse;

/** A purse in words. */
final class PurseText {
    private static final int MICRO_DIGITS = 6;

    private PurseText() {}

    /** The balance, and one line for what ends when or waits. */
    static List<String> lines(Purse purse) {
        List<String> lines = new ArrayList<>();
        lines.add("  " + purse.getPurseId() + ": " + balance(purse)
                + (purse.getPendingMicro() == 0 ? "" : ", pending " + amount(purse, purse.getPendingMicro()))
                + (purse.getDebtMicro() == 0 ? "" : ", owed " + amount(purse, purse.getDebtMicro())));
        if (purse.getConvertibleMicro() > 0) {
            lines.add("    points can become " + amount(purse, purse.getConvertibleMicro()) + " more");
        }
        for (Lot lot : purse.getLotsList()) {
            lines.add("    " + amount(purse, lot.getMicro())
                    + (lot.getLastDay() == 0 ? " for ever" : " until " + day(lot.getLastDay()))
                    + (lot.getFirstDay() == 0 ? "" : ", from " + day(lot.getFirstDay())));
        }
        return lines;
    }

    private static String balance(Purse purse) {
        long micro = purse.getBalanceMicro();
        return purse.getCurrency().isEmpty()
                ? Points.whole(micro) + " (exactly " + Points.format(micro) + ")"
                : amount(purse, micro);
    }

    private static String amount(Purse purse, long micro) {
        if (purse.getCurrency().isEmpty()) {
            return Points.format(micro);
        }
        int digits = Math.max(0, Currency.getInstance(purse.getCurrency()).getDefaultFractionDigits());
        BigDecimal amount = BigDecimal.valueOf(micro, MICRO_DIGITS + digits).stripTrailingZeros();
        return amount.setScale(Math.max(digits, amount.scale())).toPlainString() + " " + purse.getCurrency();
    }

    private static String day(int yyyymmdd) {
        return String.format("%04d-%02d-%02d", yyyymmdd / 10_000, yyyymmdd / 100 % 100, yyyymmdd % 100);
    }
}
