package org.assidu.accrual.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.assidu.accrual.load.SyntheticReceipt.Line;
import org.assidu.accrual.load.SyntheticReceipt.Tender;
import org.assidu.accrual.model.TenderKind;

/** What goes into a basket and how it is paid. */
final class BasketMaker {
    static final int MOST_LINES = 120;
    /** Share of a member's lines that are articles of habit. */
    private static final double HABIT_SHARE = 0.4;

    private static final int FAVOURITES = 12;
    private static final long MEAL_VOUCHER_LIMIT_MINOR = 2_500;

    private final long seed;
    private final SyntheticCatalogue catalogue;
    private final List<SyntheticProduct> products;
    private final Draws favourite = new Draws();
    private byte[] flyerDiscounts = {};
    private int[] flyer = {};

    BasketMaker(long seed, SyntheticCatalogue catalogue) {
        this.seed = seed;
        this.catalogue = catalogue;
        products = catalogue.products();
    }

    void startWeek(int week) {
        flyerDiscounts = catalogue.flyerDiscounts(seed, week);
        int[] items = new int[flyerDiscounts.length];
        int count = 0;
        for (int product = 0; product < flyerDiscounts.length; product++) {
            if (flyerDiscounts[product] != 0) {
                items[count++] = product;
            }
        }
        flyer = Arrays.copyOf(items, count);
    }

    /** Lines of a purchase; {@code member} −1 is an anonymous shopper. */
    List<Line> lines(int member, ShopperPersona persona, Draws draws) {
        int count = Math.min(MOST_LINES, 1 + draws.geometric(persona.basketLines - 1));
        List<Line> lines = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int product;
            if (flyer.length > 0 && draws.chance(persona.flyerShare)) {
                product = flyer[draws.below(flyer.length)];
            } else if (member >= 0 && draws.chance(HABIT_SHARE)) {
                double unit = draws.unit();
                favourite.of(seed, Draws.Purpose.FAVOURITE, member, (long) (FAVOURITES * unit * unit));
                product = catalogue.pick(persona, favourite);
            } else {
                product = catalogue.pick(persona, draws);
            }
            lines.add(line(products.get(product), flyerDiscounts[product], draws));
        }
        return Collections.unmodifiableList(lines);
    }

    /** How a total is paid; {@code food} is the part that meal vouchers may pay. */
    List<Tender> tenders(long total, long food, boolean web, boolean workday, Draws draws) {
        if (total == 0) {
            return List.of();
        }
        double kind = draws.unit();
        if (total > 0 && !web && workday && food >= 300 && kind < 0.10) {
            return split(TenderKind.MEAL_VOUCHER, Math.min(food, MEAL_VOUCHER_LIMIT_MINOR), total);
        }
        if (total > 0 && kind < 0.115) {
            return split(TenderKind.GIFT_CARD, 1_000L * (1 + draws.below(5)), total);
        }
        double cashShare = Math.abs(total) < 2_000 ? 0.40 : 0.12;
        boolean cash = !web && draws.chance(cashShare);
        return List.of(new Tender(cash ? TenderKind.CASH : TenderKind.BANK_CARD, total));
    }

    static long total(List<Line> lines) {
        long total = 0;
        for (Line line : lines) {
            total += line.amountMinor();
        }
        return total;
    }

    private static List<Tender> split(TenderKind kind, long most, long total) {
        long part = Math.min(most, total);
        return part == total
                ? List.of(new Tender(kind, total))
                : List.of(new Tender(kind, part), new Tender(TenderKind.BANK_CARD, total - part));
    }

    private static Line line(SyntheticProduct product, int discountPercent, Draws draws) {
        long quantity = product.weighed() ? 150 + draws.below(1_850) : 1_000L * pieces(product, draws);
        long gross = (product.priceMinor() * quantity + 500) / 1_000;
        long discount = (gross * discountPercent + 50) / 100;
        return new Line(
                product.sku(),
                quantity,
                gross - discount,
                discount,
                product.vatRateHundredths(),
                product.category(),
                product.brand(),
                discountPercent != 0,
                product.weighed(),
                product.giftCard(),
                null);
    }

    private static int pieces(SyntheticProduct product, Draws draws) {
        double unit = draws.unit();
        if (unit < 0.78 || product.priceMinor() > 5_000) {
            return 1;
        }
        return unit < 0.92 ? 2 : unit < 0.97 ? 3 : unit < 0.99 ? 6 : 12;
    }
}
