package org.assidu.accrual.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Programmes with bonuses, drawn from a seed; the words of conditions are those of {@link RandomSales}. */
final class RandomProgrammes {
    /** A line of its own. */
    static final String SHOP = "shop: [{id: mug, kind: FREE_ARTICLE, sku: M, price: 50}]\n";

    private static final String[] BASES = {
        "points: 1", "points: 1.37", "basis: ARTICLE, points: 2.5", "basis: VISIT, points: 7"
    };
    private static final String[] ROUNDINGS = {"CARRY", "CARRY", "FLOOR_PER_RECEIPT", "HALF_UP_PER_RECEIPT"};
    private static final String[] LINES = {
        "categories: [a]", "categories: [a/b, food]", "categories: [food/wine]", "skus: [s1, s2]", "brands: [acme]"
    };
    private static final String[] MOMENTS = {
        "weekdays: [MONDAY, TUESDAY, FRIDAY]",
        "from: \"10:00\"",
        "from: \"18:00\", to: \"11:00\"",
        "first_day: 2026-02-10",
        "last_day: 2026-02-20",
        "stores: [Lyon]",
        "channels: [WEB, STORE]"
    };
    private static final String[] RECEIPTS = {"amount_at_least: 20", "amount_at_least: 60.01"};
    private static final String[] MEMBERS = {
        "first_purchase: true",
        "nth_visit: {n: 2, window: CALENDAR_MONTH}",
        "nth_visit: {n: 3}",
        "dormant_days: 3",
        "tags: [seen]",
        "categories: [food], unbought_days: 2"
    };

    private final SplittableRandom random;

    private RandomProgrammes(SplittableRandom random) {
        this.random = random;
    }

    /** Everything that bonuses can be. */
    static String any(SplittableRandom random) {
        return new RandomProgrammes(random).draw(true);
    }

    /** Base, and bonuses on products, dates and times without limits. */
    static String ofLinesAndTimes(SplittableRandom random) {
        return new RandomProgrammes(random).draw(false);
    }

    private String draw(boolean everything) {
        String basis = BASES[random.nextInt(BASES.length)];
        String excluded = random.nextBoolean() ? ", exclude: {categories: [a/bc], tenders: [GIFT_CARD]}" : "";
        boolean amounts = !basis.contains("basis");
        boolean visits = basis.contains("VISIT");
        String text = ""
                + "earning: {" + basis + (amounts ? excluded : "") + "}\n"
                + "purse: {rounding: " + (everything ? pick(ROUNDINGS) : "CARRY") + "}\n"
                + "money_purses: [{id: cagnotte, rounding: " + (everything ? pick(ROUNDINGS) : "CARRY")
                + "}, {id: travel}]\n"
                + "threshold_rewards:\n"
                + "  - {id: gift, measure: POINTS, reaches: 100, reward: {kind: GIFT_VOUCHER, value: 5}}\n"
                + "  - {id: cake, measure: VISITS, reaches: 5, reward: {kind: GIFT_VOUCHER, value: 5}}\n"
                + SHOP
                + "guards: {never_promote: [baby], most_advantage: [{category: books, percent: 5}]}\n"
                + "bonuses:\n";
        StringBuilder bonuses = new StringBuilder(text);
        int count = 1 + random.nextInt(everything ? 12 : 6);
        int multipliers = 0;
        for (int i = 0; i < count; i++) {
            String award = award(everything, visits, multipliers);
            multipliers += award.contains("MULTIPLIER") ? 1 : 0;
            bonuses.append("  - {id: b")
                    .append(i)
                    .append(", award: {")
                    .append(award)
                    .append("}");
            String when = when(everything);
            bonuses.append(when.isEmpty() ? "" : ", when: {" + when + "}");
            bonuses.append(award.contains("MULTIPLIER") ? group() : "");
            bonuses.append(everything && random.nextInt(3) == 0 ? ", limits: {" + limit(award) + "}" : "");
            bonuses.append(everything && random.nextInt(6) == 0 ? ", control_percent: 40" : "");
            bonuses.append(everything ? exclusion(bonuses.length() + i) : "");
            bonuses.append("}\n");
        }
        if (everything) {
            // Drawn apart, so that levels leave the bonuses what they are.
            bonuses.append(
                    new RandomProgrammes(new SplittableRandom(bonuses.toString().hashCode())).levels());
        }
        return bonuses.toString();
    }

    /** Half of the bonuses belong to one of three programmes of two groups; drawn apart. */
    private static String exclusion(int drawn) {
        return switch (drawn % 6) {
            case 0 -> ", exclusive_group: cards, programme: gold";
            case 1 -> ", exclusive_group: cards, programme: baby";
            case 2 -> ", exclusive_group: banners";
            default -> "";
        };
    }

    private String levels() {
        String window = pick("LIFETIME", "CALENDAR_YEAR", "ROLLING_MONTHS, months: 1", "ROLLING_MONTHS, months: 12");
        return "tiers: {measure: " + pick("SPEND", "POINTS_EARNED") + ", window: " + window
                + ", levels: [{id: silver, reaches: 100}, {id: gold, reaches: 200, multiplier: 1.5}]}\n"
                + "clubs: [{id: card, sku: " + pick("s1", "s2", "none") + ", fee: 15, months: " + pick("0", "1", "12")
                + ", first_purchase_percent: " + pick("0", "3", "12.5") + "}]\n";
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String award(boolean everything, boolean visits, int multipliers) {
        return switch (random.nextInt(everything ? 9 : 3)) {
            case 0 ->
                multipliers < 4
                        ? "kind: MULTIPLIER, value: " + pick("2", "1.5", "1.3333", "3", "1.0001")
                        : "kind: FIXED_POINTS, value: 3";
            case 1 -> visits ? "kind: FIXED_POINTS, value: 11" : "kind: EXTRA_RATE, value: " + pick("1", "0.33", "2.5");
            case 2 -> "kind: FIXED_POINTS, value: " + pick("5", "0.7", "100");
            case 3 -> "kind: CASHBACK_PERCENT, target: cagnotte, value: " + pick("1", "2.5", "0.0375");
            case 4 -> "kind: CASHBACK_AMOUNT, target: " + pick("cagnotte", "travel") + ", value: " + pick("1", "0.35");
            case 5 -> "kind: REWARD, target: " + pick("gift", "gift", "mug");
            case 6 -> "kind: TAG, target: seen";
            case 7 -> "kind: MEMBER_PRICE_PERCENT, value: " + pick("3", "4.99");
            default -> "kind: MEMBER_PRICE_AMOUNT, value: " + pick("0.50", "2");
        };
    }

    private String when(boolean everything) {
        List<String> when = new ArrayList<>();
        String member = everything && random.nextInt(4) == 0 ? pick(MEMBERS) : "";
        if (random.nextInt(3) > 0 && !member.contains("categories")) {
            when.add(pick(LINES));
        }
        if (random.nextInt(3) == 0) {
            when.add(pick(MOMENTS));
        }
        if (random.nextInt(4) == 0) {
            when.add(pick(RECEIPTS));
        }
        if (!member.isEmpty()) {
            when.add(member);
        }
        return String.join(", ", when);
    }

    private String group() {
        return random.nextInt(3) == 0 ? ", group: best, combine: BEST" : "";
    }

    private String limit(String award) {
        String most =
                award.contains("REWARD") || award.contains("TAG") ? pick("1", "3") : pick("2", "7.5", "20", "100");
        return pick("per_receipt", "per_member_day", "per_member", "budget") + ": " + most;
    }
}
