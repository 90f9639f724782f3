package org.assidu.accrual.load;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The stores of a made-up chain, under three banners, two legal entities and two countries; the last may be the web shop. */
final class SyntheticStores {
    private static final int STORES_WITH_WEB_SHOP = 5;
    private static final List<String> TOWNS = List.of(
            "Lille",
            "Nantes",
            "Lyon",
            "Bordeaux",
            "Rennes",
            "Tours",
            "Dijon",
            "Metz",
            "Angers",
            "Brest",
            "Rouen",
            "Nîmes",
            "Poitiers",
            "Annecy",
            "Pau",
            "Caen");
    private static final List<String> BELGIAN_TOWNS = List.of("Liège", "Namur", "Mons", "Tournai", "Arlon");

    private final List<SyntheticStore> stores;
    private final double[] physicalSizes;

    SyntheticStores(long seed, int count) {
        List<SyntheticStore> made = new ArrayList<>(count);
        boolean web = count >= STORES_WITH_WEB_SHOP;
        int physical = web ? count - 1 : count;
        double[] sizes = new double[physical];
        for (int index = 0; index < physical; index++) {
            made.add(store(index, new Draws().of(seed, Draws.Purpose.STORE, index, 0)));
            sizes[index] = made.get(index).size();
        }
        if (web) {
            made.add(new SyntheticStore("WEB1", "Assidu.shop", "Assidu.shop", "Assidu Numérique SAS", "FR", 1, true));
        }
        stores = Collections.unmodifiableList(made);
        physicalSizes = Draws.cumulative(sizes);
    }

    List<SyntheticStore> stores() {
        return stores;
    }

    boolean hasWebShop() {
        return physicalSizes.length < stores.size();
    }

    int webShop() {
        return stores.size() - 1;
    }

    /** Index of a store of walls, by size. */
    int pickPhysical(Draws draws) {
        return draws.pick(physicalSizes);
    }

    private static SyntheticStore store(int index, Draws draws) {
        boolean belgian = index % 8 == 7;
        List<String> towns = belgian ? BELGIAN_TOWNS : TOWNS;
        String town = towns.get(index / (belgian ? 8 : 1) % towns.size());
        int kind = draws.below(10);
        String banner = kind < 2 ? "Assidu Hyper" : kind < 7 ? "Assidu Marché" : "Assidu City";
        double size = (kind < 2 ? 3.0 : kind < 7 ? 1.0 : 0.4) * (0.8 + 0.4 * draws.unit());
        String entity = belgian ? "Assidu Belgique SA" : kind < 2 ? "Assidu Hypermarchés SAS" : "Assidu Proximité SAS";
        String code = String.format(Locale.ROOT, "S%03d", index + 1);
        return new SyntheticStore(
                code, banner + " " + town + " " + (index + 1), banner, entity, belgian ? "BE" : "FR", size, false);
    }
}
