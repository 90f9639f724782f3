package org.assidu.accrual.load;

/** Kinds of shoppers, so that baskets of a member have something in common; purchase rates do not depend on it. */
public enum ShopperPersona {
    FAMILY(0.24, 13, 0.30, "evening"),
    SENIOR(0.20, 7, 0.25, "morning"),
    STUDENT(0.12, 4, 0.40, "evening"),
    GOURMET(0.13, 8, 0.08, "day"),
    BARGAIN_HUNTER(0.15, 10, 0.70, "day"),
    PASSER_BY(0.16, 3, 0.12, "noon");

    final double share;
    /** Mean number of lines of a basket. */
    final double basketLines;
    /** Chance that a line comes from the flyer. */
    final double flyerShare;

    final String daypart;

    ShopperPersona(double share, double basketLines, double flyerShare, String daypart) {
        this.share = share;
        this.basketLines = basketLines;
        this.flyerShare = flyerShare;
        this.daypart = daypart;
    }

    static double meanBasketLines() {
        double mean = 0;
        for (ShopperPersona persona : values()) {
            mean += persona.share * persona.basketLines;
        }
        return mean;
    }

    static double[] cumulativeShares() {
        double[] shares = new double[values().length];
        for (ShopperPersona persona : values()) {
            shares[persona.ordinal()] = persona.share;
        }
        return Draws.cumulative(shares);
    }

    /** How much more than others this kind buys of a department. */
    double taste(String category) {
        return switch (this) {
            case FAMILY -> starts(category, "baby") ? 4 : starts(category, "grocery") ? 1.4 : 1;
            case SENIOR -> starts(category, "fresh") ? 1.7 : starts(category, "baby") ? 0.2 : 1;
            case STUDENT ->
                starts(category, "grocery/snacks", "frozen", "drinks") ? 2 : starts(category, "home") ? 0.4 : 1;
            case GOURMET -> starts(category, "fresh/cheese", "drinks/wine", "fresh/fish") ? 3 : 1;
            case BARGAIN_HUNTER -> starts(category, "home", "clothing") ? 1.8 : 1;
            case PASSER_BY -> starts(category, "fresh/bakery", "drinks/soft", "grocery/snacks", "press") ? 3 : 0.6;
        };
    }

    private static boolean starts(String category, String... prefixes) {
        for (String prefix : prefixes) {
            if (category.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
