package org.assidu.analytics.report;

import static org.assidu.analytics.report.MonthlyFacts.ratio;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.assidu.analytics.features.Features;
import org.assidu.analytics.features.Scope;

/** Each store beside the others: sales, card use, baskets, returns, members won, and which way it goes. */
public final class StoresReport implements Report {

    private static final int CHARTED = 20;
    private static final int SHOWN = 50;

    @Override
    public String key() {
        return "stores";
    }

    @Override
    public Section run(Features features, Settings settings) {
        List<StoreFacts> stores = StoreFacts.of(features);
        Map<Integer, Long> byCount = StoreFacts.storesPerMember(features);
        List<Block> blocks = new ArrayList<>();
        blocks.add(sales(stores));
        blocks.add(cardUse(stores));
        blocks.add(growth(stores, features.scope()));
        blocks.add(storesPerMemberChart(byCount));
        blocks.add(banners(features, stores));
        blocks.add(new Listing(everything(stores), SHOWN));
        blocks.addAll(new StoreDesk(features).blocks());
        return section(features.scope(), figures(stores, byCount), blocks);
    }

    private static List<Figure> figures(List<StoreFacts> stores, Map<Integer, Long> byCount) {
        long members = byCount.values().stream().mapToLong(Long::longValue).sum();
        long several = members - byCount.getOrDefault(1, 0L);
        long sales = stores.stream().mapToLong(store -> store.of("sales")).sum();
        long fifth = stores.stream()
                .limit(Math.max(1, stores.size() / 5))
                .mapToLong(store -> store.of("sales"))
                .sum();
        double lowest = stores.stream()
                .filter(store -> store.of("orders") > 0)
                .mapToDouble(store -> ratio(store.of("card_orders"), store.of("orders")))
                .min()
                .orElse(Double.NaN);
        double highest = stores.stream()
                .filter(store -> store.of("orders") > 0)
                .mapToDouble(store -> ratio(store.of("card_orders"), store.of("orders")))
                .max()
                .orElse(Double.NaN);
        return List.of(
                new Figure(
                        "stores",
                        Text.of("Stores", "Magasins"),
                        Unit.COUNT,
                        (long) stores.size(),
                        Text.of("with a receipt", "avec un ticket")),
                new Figure(
                        "lowest_card_share",
                        Text.of("Lowest card use", "Usage de carte le plus bas"),
                        Unit.SHARE,
                        lowest,
                        Text.of("orders with a card, by store", "achats avec carte, par magasin")),
                new Figure(
                        "highest_card_share",
                        Text.of("Highest card use", "Usage de carte le plus haut"),
                        Unit.SHARE,
                        highest,
                        Text.of("orders with a card, by store", "achats avec carte, par magasin")),
                new Figure(
                        "several_stores",
                        Text.of("Members of several stores", "Membres de plusieurs magasins"),
                        Unit.SHARE,
                        ratio(several, members),
                        Text.of("bought in two or more", "ayant acheté dans deux ou plus")),
                new Figure(
                        "top_fifth_share",
                        Text.of("Sales of the largest fifth", "Ventes du plus gros cinquième"),
                        Unit.SHARE,
                        ratio(fifth, sales),
                        Text.of("of stores, at least one", "des magasins, au moins un")));
    }

    private static Chart sales(List<StoreFacts> stores) {
        Table table = new Table(
                "sales-by-store",
                Text.of("Sales by store", "Ventes par magasin"),
                Field.of("store", Unit.TEXT, "Store", "Magasin"),
                Field.of("with_card", Unit.MONEY, "With a card", "Avec carte"),
                Field.of("without_card", Unit.MONEY, "Without", "Sans carte"));
        List<Text> labels = new ArrayList<>();
        List<Long> with = new ArrayList<>();
        List<Long> without = new ArrayList<>();
        for (StoreFacts store : stores) {
            long card = store.of("card_sales");
            table.row(store.name(), card, store.of("sales") - card);
            if (labels.size() < CHARTED) {
                labels.add(Text.same(store.name()));
                with.add(card);
                without.add(store.of("sales") - card);
            }
        }
        return new Chart(
                "sales-by-store",
                table.caption(),
                Text.of(
                        "The " + Math.min(CHARTED, stores.size()) + " largest stores; the table has all.",
                        "Les " + Math.min(CHARTED, stores.size()) + " plus gros magasins ; le tableau les a tous."),
                new XyPlot(
                        Axis.of(Unit.TEXT, "Store", "Magasin"),
                        Axis.of(Unit.MONEY, "Sales", "Ventes"),
                        labels,
                        List.of(
                                XyPlot.Series.over(Text.of("With a card", "Avec carte"), XyPlot.Mark.STACKED_BAR, with),
                                XyPlot.Series.over(
                                        Text.of("Without", "Sans carte"), XyPlot.Mark.STACKED_BAR, without))),
                table);
    }

    private static Chart cardUse(List<StoreFacts> stores) {
        Table table = new Table(
                "card-use-by-store",
                Text.of("Card use by store", "Usage de la carte par magasin"),
                Field.of("store", Unit.TEXT, "Store", "Magasin"),
                Field.of("orders", Unit.COUNT, "Orders", "Achats"),
                Field.of("card_orders", Unit.COUNT, "With a card", "Avec carte"),
                Field.of("card_share", Unit.SHARE, "Share", "Part"));
        List<Text> labels = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        List<StoreFacts> ranked = stores.stream()
                .sorted(java.util.Comparator.comparingDouble(
                        store -> ratio(store.of("card_orders"), Math.max(1, store.of("orders")))))
                .toList();
        for (StoreFacts store : ranked) {
            double share = ratio(store.of("card_orders"), store.of("orders"));
            table.row(store.name(), store.of("orders"), store.of("card_orders"), share);
            if (labels.size() < CHARTED && store.of("orders") > 0) {
                labels.add(Text.same(store.name()));
                shares.add(share);
            }
        }
        return new Chart(
                "card-use-by-store",
                table.caption(),
                Text.of(
                        "From the lowest: where the card is asked for least at the till.",
                        "Du plus bas : là où la carte est le moins demandée en caisse."),
                new XyPlot(
                        Axis.of(Unit.TEXT, "Store", "Magasin"),
                        Axis.of(Unit.SHARE, "Orders with a card", "Achats avec carte"),
                        labels,
                        List.of(XyPlot.Series.over(
                                Text.of("Orders with a card", "Achats avec carte"), XyPlot.Mark.BAR, shares))),
                table);
    }

    private static Block growth(List<StoreFacts> stores, Scope scope) {
        if (scope.days() < 2 * StoreFacts.GROWTH_DAYS) {
            return new Note(Text.of(
                    "No growth by store: it needs " + 2 * StoreFacts.GROWTH_DAYS + " days, the data cover "
                            + scope.days() + ".",
                    "Pas d'évolution par magasin : il faut " + 2 * StoreFacts.GROWTH_DAYS
                            + " jours, les données en couvrent " + scope.days() + "."));
        }
        Table table = new Table(
                "growth-by-store",
                Text.of(
                        "Sales of the last " + StoreFacts.GROWTH_DAYS + " days against the " + StoreFacts.GROWTH_DAYS
                                + " before",
                        "Ventes des " + StoreFacts.GROWTH_DAYS + " derniers jours contre les " + StoreFacts.GROWTH_DAYS
                                + " précédents"),
                Field.of("store", Unit.TEXT, "Store", "Magasin"),
                Field.of("before", Unit.MONEY, "Before", "Avant"),
                Field.of("latest", Unit.MONEY, "Latest", "Derniers"),
                Field.of("change", Unit.SHARE, "Change", "Évolution"));
        List<Text> labels = new ArrayList<>();
        List<Double> changes = new ArrayList<>();
        for (StoreFacts store : stores) {
            double change = ratio(store.of("latest"), store.of("before")) - 1;
            table.row(store.name(), store.of("before"), store.of("latest"), change);
            if (labels.size() < CHARTED && !Double.isNaN(change)) {
                labels.add(Text.same(store.name()));
                changes.add(change);
            }
        }
        return new Chart(
                "growth-by-store",
                table.caption(),
                Text.of(
                        "Largest stores first. Seasons are in it: compare stores with each other, not with zero.",
                        "Les plus gros magasins d'abord. Les saisons y sont : comparer les magasins entre eux, pas à zéro."),
                new XyPlot(
                        Axis.of(Unit.TEXT, "Store", "Magasin"),
                        Axis.of(Unit.SHARE, "Change", "Évolution"),
                        labels,
                        List.of(XyPlot.Series.over(Text.of("Change", "Évolution"), XyPlot.Mark.BAR, changes))),
                table);
    }

    private static Chart storesPerMemberChart(Map<Integer, Long> byCount) {
        Table table = new Table(
                "stores-per-member",
                Text.of("Members by number of stores", "Membres par nombre de magasins"),
                Field.of("stores", Unit.TEXT, "Stores", "Magasins"),
                Field.of("members", Unit.COUNT, "Members", "Membres"));
        List<Text> labels = new ArrayList<>();
        List<Long> members = new ArrayList<>();
        byCount.forEach((stores, count) -> {
            Text label = Text.same(stores == 5 ? "5+" : Integer.toString(stores));
            labels.add(label);
            members.add(count);
            table.row(label, count);
        });
        return new Chart(
                "stores-per-member",
                table.caption(),
                Text.of(
                        "Stores a member bought in over the whole period; the web shop is one.",
                        "Magasins où un membre a acheté sur toute la période ; le site en est un."),
                new XyPlot(
                        Axis.of(Unit.TEXT, "Stores", "Magasins"),
                        Axis.of(Unit.COUNT, "Members", "Membres"),
                        labels,
                        List.of(XyPlot.Series.over(Text.of("Members", "Membres"), XyPlot.Mark.BAR, members))),
                table);
    }

    private static Block banners(Features features, List<StoreFacts> stores) {
        Map<String, String> bannerOf = new HashMap<>();
        for (Row row : features.stores().select("store", "banner").collectAsList()) {
            String banner = row.getAs("banner");
            if (banner != null) {
                bannerOf.put(row.getAs("store"), banner);
            }
        }
        if (bannerOf.isEmpty()) {
            return new Note(
                    Text.of(
                            "No banners: the export's stores have none. `assidu catalogue import` brings names, banners and countries in.",
                            "Pas d'enseignes : les magasins de l'export n'en ont pas. `assidu catalogue import` apporte noms, enseignes et pays."));
        }
        Map<String, long[]> sums = new java.util.TreeMap<>();
        for (StoreFacts store : stores) {
            long[] sum = sums.computeIfAbsent(bannerOf.getOrDefault(store.code(), "–"), key -> new long[5]);
            sum[0]++;
            sum[1] += store.of("orders");
            sum[2] += store.of("card_orders");
            sum[3] += store.of("sales");
            sum[4] += store.of("card_sales");
        }
        Table table = new Table(
                "banners",
                Text.of("Banners", "Enseignes"),
                Field.of("banner", Unit.TEXT, "Banner", "Enseigne"),
                Field.of("stores", Unit.COUNT, "Stores", "Magasins"),
                Field.of("orders", Unit.COUNT, "Orders", "Achats"),
                Field.of("card_share", Unit.SHARE, "With a card", "Avec carte"),
                Field.of("sales", Unit.MONEY, "Sales", "Ventes"),
                Field.of("card_sales_share", Unit.SHARE, "Sales with a card", "Ventes avec carte"));
        sums.forEach((banner, sum) ->
                table.row(banner, sum[0], sum[1], ratio(sum[2], sum[1]), sum[3], ratio(sum[4], sum[3])));
        return table;
    }

    private static Table everything(List<StoreFacts> stores) {
        Table table = new Table(
                "stores",
                Text.of("Every store", "Tous les magasins"),
                Field.of("code", Unit.TEXT, "Code", "Code"),
                Field.of("store", Unit.TEXT, "Store", "Magasin"),
                Field.of("orders", Unit.COUNT, "Orders", "Achats"),
                Field.of("sales", Unit.MONEY, "Sales", "Ventes"),
                Field.of("net", Unit.MONEY, "Net turnover", "CA net"),
                Field.of("card_share", Unit.SHARE, "With a card", "Avec carte"),
                Field.of("members", Unit.COUNT, "Members", "Membres"),
                Field.of("new_members", Unit.COUNT, "First seen here", "Vus ici d'abord"),
                Field.of("average_order", Unit.MONEY, "Average order (card)", "Panier moyen (carte)"),
                Field.of("articles_per_order", Unit.DECIMAL, "Articles an order", "Articles par achat"),
                Field.of("returns_rate", Unit.SHARE, "Returns rate", "Taux de retour"),
                Field.of("promoted_share", Unit.SHARE, "In promotion", "En promotion"),
                Field.of("points", Unit.POINTS, "Points issued", "Points émis"));
        for (StoreFacts store : stores) {
            table.row(
                    store.code(),
                    store.name(),
                    store.of("orders"),
                    store.of("sales"),
                    store.of("net"),
                    ratio(store.of("card_orders"), store.of("orders")),
                    store.of("members"),
                    store.newMembers(),
                    ratio(store.of("card_sales"), store.of("card_orders")),
                    ratio(store.of("card_articles") / 1000.0, store.of("card_orders")),
                    ratio(-store.of("returns"), store.of("sales")),
                    ratio(store.of("promoted"), store.of("sales")),
                    store.pointsMicro());
        }
        return table;
    }

    private Section section(Scope scope, List<Figure> figures, List<Block> blocks) {
        return new Section(
                key(),
                Text.of("Stores", "Magasins"),
                Text.of(
                        "Each store beside the others: sales, card use, baskets, returns, members won, and which way it goes.",
                        "Chaque magasin à côté des autres : ventes, usage de la carte, paniers, retours, membres gagnés, et dans quel sens il va."),
                Text.of(
                        "For regional and store managers, each month.",
                        "Pour les directeurs régionaux et de magasin, chaque mois."),
                List.of(
                        Text.of(
                                "Take the stores with the lowest card use first: asking for the card costs nothing.",
                                "Prendre d'abord les magasins où la carte sert le moins : la demander ne coûte rien."),
                        Text.of(
                                "Look at stores whose returns or promotions stand out from their banner.",
                                "Regarder les magasins dont les retours ou les promotions sortent de leur enseigne."),
                        Text.of(
                                "For one store alone, run again with --segment store=CODE: every report is then of that store.",
                                "Pour un seul magasin, relancer avec --segment store=CODE : chaque rapport est alors celui de ce magasin.")),
                Text.of(
                        "All receipts, with and without a card; columns that say “card” or “members” count identified receipts only.",
                        "Tous les tickets, avec et sans carte ; les colonnes « carte » ou « membres » ne comptent que les tickets identifiés."),
                figures,
                blocks,
                List.of(
                        Populations.ORDER,
                        Text.of(
                                "First seen here: members whose first order in the data was in that store.",
                                "Vus ici d'abord : membres dont le premier achat dans les données eut lieu dans ce magasin."),
                        Text.of(
                                "Points issued: credits less points taken back, of receipts of that store.",
                                "Points émis : crédits moins reprises, des tickets de ce magasin."),
                        Text.of(
                                "Worth a look: a card with 10 receipts or more, of which four in five with one cashier; or 5 receipts or more of a card in a store on a day. There are good reasons for both: ask, do not accuse.",
                                "À regarder : une carte à 10 tickets ou plus, dont quatre sur cinq avec un même caissier ; ou 5 tickets ou plus d'une carte dans un magasin le même jour. Il y a de bonnes raisons aux deux : demander, ne pas accuser.")),
                List.of(Text.of(
                        "Members first seen in the first weeks of the data (from " + scope.firstDate()
                                + ") may have joined elsewhere before.",
                        "Les membres vus d'abord dans les premières semaines des données (dès le " + scope.firstDate()
                                + ") ont pu adhérer ailleurs avant.")),
                List.of());
    }
}
