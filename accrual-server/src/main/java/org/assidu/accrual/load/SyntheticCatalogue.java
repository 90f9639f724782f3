package org.assidu.accrual.load;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The articles of a made-up chain, and how shoppers come by them. */
final class SyntheticCatalogue {
    /** Flyers change every seven days and hold one article in this many. */
    private static final int ARTICLES_PER_FLYER_ITEM = 30;

    private record Category(
            String path, int vat, int lowMinor, int highMinor, double margin, double popularity, String... nouns) {}

    private static final List<Category> CATEGORIES = List.of(
            new Category(
                    "fresh/fruit-vegetables",
                    550,
                    99,
                    599,
                    0.30,
                    14,
                    "Apples",
                    "Tomatoes",
                    "Carrots",
                    "Bananas",
                    "Salad"),
            new Category("fresh/dairy", 550, 79, 549, 0.24, 12, "Milk", "Yoghurt", "Butter", "Cream", "Eggs"),
            new Category("fresh/cheese", 550, 149, 2490, 0.29, 6, "Comté", "Camembert", "Goat cheese", "Roquefort"),
            new Category("fresh/meat", 550, 390, 3290, 0.22, 6, "Chicken", "Beef", "Pork", "Lamb"),
            new Category("fresh/fish", 550, 590, 3990, 0.25, 3, "Salmon", "Cod", "Trout", "Prawns"),
            new Category("fresh/bakery", 550, 89, 590, 0.45, 9, "Baguette", "Croissant", "Country bread", "Brioche"),
            new Category("fresh/delicatessen", 550, 189, 1290, 0.33, 5, "Ham", "Pâté", "Quiche", "Salami"),
            new Category("grocery/savoury", 550, 69, 790, 0.26, 9, "Pasta", "Rice", "Lentils", "Tuna", "Olive oil"),
            new Category("grocery/sweet", 550, 99, 890, 0.28, 8, "Biscuits", "Chocolate", "Jam", "Cereal", "Honey"),
            new Category("grocery/snacks", 550, 99, 490, 0.34, 5, "Crisps", "Nuts", "Crackers", "Popcorn"),
            new Category("grocery/coffee-tea", 550, 190, 1290, 0.27, 4, "Coffee", "Tea", "Infusion", "Cocoa"),
            new Category("frozen/meals", 550, 199, 1190, 0.29, 4, "Pizza", "Lasagne", "Gratin", "Fish fingers"),
            new Category("frozen/ice-cream", 550, 249, 990, 0.31, 2, "Ice cream", "Sorbet", "Cones"),
            new Category("drinks/water", 550, 39, 450, 0.20, 5, "Still water", "Sparkling water"),
            new Category("drinks/soft", 550, 89, 690, 0.27, 5, "Cola", "Orange juice", "Lemonade", "Syrup"),
            new Category("drinks/wine", 2000, 299, 4990, 0.30, 3, "Bordeaux", "Burgundy", "Rosé", "Champagne"),
            new Category("drinks/beer-spirits", 2000, 149, 3990, 0.22, 3, "Lager", "Ale", "Whisky", "Cider"),
            new Category("baby/food", 550, 149, 890, 0.24, 1.2, "Purée", "Compote", "Biscuits for babies"),
            new Category("baby/infant-formula", 550, 990, 2690, 0.12, 0.4, "Infant formula", "Follow-on milk"),
            new Category("baby/care", 2000, 299, 3290, 0.21, 1.2, "Nappies", "Wipes", "Baby shampoo"),
            new Category("hygiene/body", 2000, 149, 1490, 0.33, 4, "Shower gel", "Toothpaste", "Soap", "Shampoo"),
            new Category("hygiene/beauty", 2000, 299, 3990, 0.38, 1.5, "Face cream", "Mascara", "Perfume"),
            new Category("hygiene/medicine", 1000, 199, 1590, 0.25, 0.5, "Pain relief", "Throat lozenges", "Bandages"),
            new Category("home/cleaning", 2000, 119, 1690, 0.30, 4, "Detergent", "Dish soap", "Bleach", "Sponges"),
            new Category("home/kitchen", 2000, 199, 7990, 0.36, 1.3, "Pan", "Knife", "Glass", "Storage box"),
            new Category("home/garden", 2000, 249, 9990, 0.37, 0.8, "Potting soil", "Hose", "Seeds", "Flower pot"),
            new Category("home/appliances", 2000, 1490, 59900, 0.18, 0.3, "Kettle", "Toaster", "Vacuum cleaner"),
            new Category("clothing/adult", 2000, 499, 6990, 0.45, 0.8, "T-shirt", "Socks", "Jumper", "Jeans"),
            new Category("clothing/children", 2000, 399, 3990, 0.45, 0.8, "Pyjamas", "Body", "Trousers"),
            new Category("leisure/toys", 2000, 399, 7990, 0.35, 0.6, "Puzzle", "Doll", "Building set"),
            new Category("leisure/books", 550, 350, 2990, 0.28, 0.6, "Novel", "Comic", "Cookbook"),
            new Category("press/magazines", 210, 150, 790, 0.20, 0.8, "Newspaper", "Magazine"),
            new Category("pets/food", 1000, 99, 3490, 0.25, 2, "Cat food", "Dog food", "Litter"),
            new Category("tobacco/tobacco", 2000, 950, 1690, 0.08, 0.4, "Cigarettes", "Rolling tobacco"),
            new Category("gift-cards/gift-cards", 0, 1000, 15000, 0.0, 0.12, "Gift card"));

    private static final List<String> BRANDS = List.of(
            "Assidu",
            "Petit Marché",
            "Belle Rive",
            "Montclair",
            "Nordal",
            "Solea",
            "Fermette",
            "Grand Duc",
            "Lumina",
            "Oréade",
            "Vallon",
            "Kerval",
            "Tradia",
            "Purnéa",
            "Bioterre",
            "Casa Nostra");

    private static final List<String> QUALITIES = List.of(
            "classic",
            "organic",
            "family size",
            "premium",
            "light",
            "from the region",
            "mini",
            "traditional",
            "new recipe",
            "fair trade");

    private final List<SyntheticProduct> products;
    private final int[] firstOfCategory;
    private final double[][] tastes;

    SyntheticCatalogue(long seed, int count) {
        List<SyntheticProduct> made = new ArrayList<>(count);
        firstOfCategory = new int[CATEGORIES.size() + 1];
        double popularity =
                CATEGORIES.stream().mapToDouble(c -> Math.sqrt(c.popularity)).sum();
        double share = 0;
        for (int c = 0; c < CATEGORIES.size(); c++) {
            Category category = CATEGORIES.get(c);
            share += Math.sqrt(category.popularity) / popularity;
            int end = c == CATEGORIES.size() - 1 ? count : (int) Math.round(count * share);
            firstOfCategory[c] = made.size();
            while (made.size() < Math.max(end, firstOfCategory[c] + 1)) {
                made.add(product(category, made.size(), new Draws().of(seed, Draws.Purpose.PRODUCT, made.size(), 0)));
            }
        }
        firstOfCategory[CATEGORIES.size()] = made.size();
        products = Collections.unmodifiableList(made);
        tastes = tastes();
    }

    List<SyntheticProduct> products() {
        return products;
    }

    /** An article to the taste of a shopper; within a category few articles make most of the sales. */
    int pick(ShopperPersona persona, Draws draws) {
        int category = draws.pick(tastes[persona.ordinal()]);
        int first = firstOfCategory[category];
        double unit = draws.unit();
        return first + (int) ((firstOfCategory[category + 1] - first) * unit * unit * unit);
    }

    /** The week's flyer: discount in percent by article, 0 = none. Gift cards, tobacco and infant formula are never on it. */
    byte[] flyerDiscounts(long seed, int week) {
        byte[] discounts = new byte[products.size()];
        Draws draws = new Draws().of(seed, Draws.Purpose.FLYER, week, 0);
        for (int item = 0; item < discounts.length / ARTICLES_PER_FLYER_ITEM + 1; item++) {
            int product = draws.below(discounts.length);
            int percent = 10 + 5 * draws.below(7);
            if (mayBePromoted(products.get(product))) {
                discounts[product] = (byte) percent;
            }
        }
        return discounts;
    }

    /** Whether meal vouchers pay for it. */
    static boolean isFood(String category) {
        return category.startsWith("fresh/") || category.startsWith("grocery/") || category.startsWith("frozen/");
    }

    private static boolean mayBePromoted(SyntheticProduct product) {
        return !product.giftCard()
                && !product.category().startsWith("tobacco/")
                && !product.category().equals("baby/infant-formula")
                && !product.category().equals("hygiene/medicine");
    }

    private static double[][] tastes() {
        double[][] tastes = new double[ShopperPersona.values().length][];
        for (ShopperPersona persona : ShopperPersona.values()) {
            double[] weights = new double[CATEGORIES.size()];
            for (int c = 0; c < weights.length; c++) {
                weights[c] = CATEGORIES.get(c).popularity * persona.taste(CATEGORIES.get(c).path);
            }
            tastes[persona.ordinal()] = Draws.cumulative(weights);
        }
        return tastes;
    }

    private static SyntheticProduct product(Category category, int index, Draws draws) {
        boolean giftCard = category.path.startsWith("gift-cards/");
        boolean weighed = category.path.matches("fresh/(fruit-vegetables|meat|fish|cheese)") && draws.chance(0.6);
        String noun = category.nouns[draws.below(category.nouns.length)];
        String brand = giftCard ? BRANDS.get(0) : BRANDS.get(draws.below(BRANDS.size()));
        String quality = QUALITIES.get(draws.below(QUALITIES.size()));
        double spread = StrictMath.pow((double) category.highMinor / category.lowMinor, draws.unit());
        int price = (int) (category.lowMinor * spread);
        price = giftCard ? Math.max(1, price / 1000) * 1000 : price / 10 * 10 + 9;
        double margin = category.margin * (0.7 + 0.6 * draws.unit());
        int cost = (int) Math.round(price / (1 + category.vat / 10_000.0) * (1 - margin));
        String name = giftCard
                ? noun + " " + price / 100
                : String.format(Locale.ROOT, "%s %s %s no. %d", noun, brand, quality, index + 1);
        return new SyntheticProduct(
                Integer.toString(100_001 + index),
                name,
                category.path,
                brand,
                price,
                category.vat,
                cost,
                weighed,
                giftCard);
    }
}
