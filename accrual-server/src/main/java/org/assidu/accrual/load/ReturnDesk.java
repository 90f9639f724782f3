package org.assidu.accrual.load;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.assidu.accrual.load.SyntheticReceipt.Line;
import org.assidu.accrual.load.SyntheticReceipt.Original;
import org.jspecify.annotations.Nullable;

/**
 * Receipts of which something comes back, held until then: at most three weeks of the few that were chosen. Each comes back
 * once, with no more than was bought; some shoppers have lost the receipt, and some take the same article again.
 */
final class ReturnDesk {
    private static final int LONGEST_DAYS = 21;
    private static final double LOST_RECEIPT_SHARE = 0.08;
    private static final double EXCHANGE_SHARE = 0.2;

    /** A receipt that comes back and who brings it. */
    record Pending(SyntheticReceipt sale, int store, int member, int serial) {}

    private final long seed;
    private final double share;
    private final List<List<Pending>> byDay = new ArrayList<>();
    private final Draws draws = new Draws();
    private int sales;

    ReturnDesk(long seed, double share) {
        this.seed = seed;
        this.share = share;
        for (int day = 0; day <= LONGEST_DAYS; day++) {
            byDay.add(new ArrayList<>());
        }
    }

    /** Decides whether something of a sale comes back. */
    void consider(SyntheticReceipt sale, int store, int member, int day) {
        int serial = sales++;
        draws.of(seed, Draws.Purpose.RETURN, serial, 0);
        if (draws.chance(share) && sale.lines().stream().anyMatch(ReturnDesk::returnable)) {
            int later = 1 + draws.below(LONGEST_DAYS);
            byDay.get((day + later) % byDay.size()).add(new Pending(sale, store, member, serial));
        }
    }

    /** The receipts that come back on a day, once. */
    List<Pending> due(int day) {
        return byDay.set(day % byDay.size(), new ArrayList<>());
    }

    /** The lines of the receipt on which a sale comes back, in part or whole. */
    List<Line> lines(Pending pending) {
        draws.of(seed, Draws.Purpose.RETURN, pending.serial(), 1);
        List<Line> sold = pending.sale().lines();
        List<Line> lines = new ArrayList<>();
        boolean lost = draws.chance(LOST_RECEIPT_SHARE);
        for (int i = 0; i < sold.size(); i++) {
            boolean lastChance = lines.isEmpty() && noneReturnableAfter(sold, i);
            if (returnable(sold.get(i)) && (lastChance || draws.chance(0.25))) {
                lines.add(back(sold.get(i), lost ? null : original(pending.sale(), i + 1)));
            }
        }
        if (draws.chance(EXCHANGE_SHARE)) {
            Line given = lines.get(0);
            lines.add(new Line(
                    given.sku(),
                    -given.quantityThousandths(),
                    -given.amountMinor(),
                    -given.discountMinor(),
                    given.vatRateHundredths(),
                    given.category(),
                    given.brand(),
                    given.promoted(),
                    given.weighed(),
                    given.giftCardSale(),
                    null));
        }
        return Collections.unmodifiableList(lines);
    }

    private Line back(Line sold, @Nullable Original original) {
        long pieces = sold.quantityThousandths() / 1_000;
        long quantity = 1_000 * (draws.chance(0.7) ? pieces : 1 + draws.below((int) pieces));
        return new Line(
                sold.sku(),
                -quantity,
                -(sold.amountMinor() * quantity / sold.quantityThousandths()),
                -(sold.discountMinor() * quantity / sold.quantityThousandths()),
                sold.vatRateHundredths(),
                sold.category(),
                sold.brand(),
                sold.promoted(),
                sold.weighed(),
                sold.giftCardSale(),
                original);
    }

    private static boolean returnable(Line line) {
        return !line.weighed() && !line.giftCardSale() && !line.category().startsWith("fresh/");
    }

    private static boolean noneReturnableAfter(List<Line> lines, int index) {
        for (int later = index + 1; later < lines.size(); later++) {
            if (returnable(lines.get(later))) {
                return false;
            }
        }
        return true;
    }

    private static Original original(SyntheticReceipt sale, int line) {
        return new Original(sale.store(), sale.till(), sale.series(), sale.number(), sale.businessDate(), line);
    }
}
