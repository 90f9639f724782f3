package org.assidu.accrual.load;

import java.util.List;
import java.util.Locale;
import org.assidu.accrual.model.Channel;

/** Tills of all stores: their numbers, their counters, and who sits at them. */
final class TillRow {
    private static final int CASHIERS_PER_TILL = 4;
    private static final int SHIFT_CHANGE_MILLIS = 14 * 3_600_000;
    private static final int SELF_CHECKOUT_FROM = 3;

    private final long seed;
    private final int tillsPerStore;
    private final String[] codes;
    private final String[][] cashiers;
    private final long[] numbers;
    private final Draws draws = new Draws();
    private int day;

    TillRow(SyntheticConfig config, List<SyntheticStore> stores) {
        seed = config.seed();
        tillsPerStore = config.tillsPerStore();
        codes = new String[tillsPerStore];
        for (int till = 0; till < tillsPerStore; till++) {
            codes[till] = Integer.toString(till + 1);
        }
        numbers = new long[stores.size() * tillsPerStore];
        cashiers = new String[stores.size()][CASHIERS_PER_TILL * tillsPerStore];
        for (int store = 0; store < stores.size(); store++) {
            for (int person = 0; person < cashiers[store].length; person++) {
                long pseudonym =
                        draws.of(seed, Draws.Purpose.CASHIER, store, person).next();
                cashiers[store][person] = String.format(Locale.ROOT, "c%08x", (int) pseudonym);
            }
        }
    }

    void startDay(int dayNumber) {
        day = dayNumber;
    }

    int choose(Draws shopper) {
        return shopper.below(tillsPerStore);
    }

    String code(int till) {
        return codes[till];
    }

    /** Returns are taken by a person. */
    Channel channel(int till, boolean back) {
        boolean self = tillsPerStore >= SELF_CHECKOUT_FROM && till % SELF_CHECKOUT_FROM == SELF_CHECKOUT_FROM - 1;
        return self && !back ? Channel.SELF_CHECKOUT : Channel.STORE;
    }

    long nextNumber(int store, int till) {
        return ++numbers[store * tillsPerStore + till];
    }

    String cashier(int store, int till, int millisOfDay) {
        long shift = day * 2L + (millisOfDay < SHIFT_CHANGE_MILLIS ? 0 : 1);
        draws.of(seed, Draws.Purpose.CASHIER, -1L - store * (long) tillsPerStore - till, shift);
        return cashiers[store][draws.below(cashiers[store].length)];
    }
}
