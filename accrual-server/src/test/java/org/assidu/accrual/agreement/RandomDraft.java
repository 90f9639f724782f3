package org.assidu.accrual.agreement;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.assidu.accrual.agreement.ProgrammeDraft.Part;

/**
 * Programmes drawn from a seed. Each has some of the features and not others, so that small mixtures come up as well as
 * everything at once. Ids say kind and target, so that a later version is not refused for changing them.
 */
final class RandomDraft {
    static final String HEADER = "format: 1\nid: points\ncurrency: EUR";

    private static final int ATTEMPTS = 50;
    private static final String[] LINES = {
        "categories: [a]", "categories: [a/b, food]", "categories: [food/wine]", "skus: [s1, s2]", "brands: [acme]"
    };
    private static final String[] MOMENTS = {
        "weekdays: [MONDAY, TUESDAY, FRIDAY]",
        "from: \"10:00\"",
        "to: \"11:30\"",
        "from: \"18:00\", to: \"11:00\"",
        "first_day: 2026-02-10",
        "last_day: 2026-02-20",
        "stores: [Lyon]",
        "banners: [city]",
        "channels: [WEB, STORE]"
    };
    private static final String[] MEMBERS = {
        "first_purchase: true",
        "nth_visit: {n: 2, window: CALENDAR_MONTH}",
        "nth_visit: {n: 3}",
        "nth_visit: {n: 2, window: CALENDAR_YEAR}",
        "dormant_days: 3",
        "tags: [seen]",
        "categories: [food], unbought_days: 2"
    };

    private enum Feature {
        THRESHOLDS,
        BONUSES,
        LIMITS,
        CONTROL,
        MONEY,
        LOTS,
        LEVELS,
        CLUBS,
        ACTS,
        RESTORES,
        SHOP,
        GUARDS,
        EXCLUSIONS,
        SIDE_BY_SIDE,
        REWARD_ENDS,
        ENDS
    }

    private final SplittableRandom random;
    private final Set<Feature> features;
    private final ProgrammeDraft.Builder draft = new ProgrammeDraft.Builder();
    private String basis = "";
    private boolean levels;
    private boolean clubs;

    private RandomDraft(SplittableRandom random, Set<Feature> features) {
        this.random = random;
        this.features = features;
    }

    /** A first version. */
    static ProgrammeDraft first(SplittableRandom random) {
        Set<Feature> features = EnumSet.noneOf(Feature.class);
        for (Feature feature : Feature.values()) {
            boolean wanted = feature == Feature.ENDS ? random.nextInt(12) == 0 : random.nextInt(5) < 2;
            if (wanted) {
                features.add(feature);
            }
        }
        String zone = random.nextInt(4) == 0 ? "America/New_York" : "Europe/Paris";
        String numbering = random.nextInt(10) == 0 ? "DAILY" : "CONTINUOUS";
        return valid(random, features, "2026-01-01", zone, numbering, List.of());
    }

    /** A later version: what must stay stays, the rest is drawn again or kept. */
    static ProgrammeDraft next(SplittableRandom random, ProgrammeDraft before, String from, boolean ahead) {
        Set<Feature> features = EnumSet.noneOf(Feature.class);
        for (Feature feature : Feature.values()) {
            if (feature != Feature.ENDS && random.nextBoolean()) {
                features.add(feature);
            }
        }
        String zone = line(before, "time_zone: ");
        String numbering = line(before, "numbering: ");
        ProgrammeDraft next = valid(random, features, from, zone, numbering, before.parts());
        return ahead ? next : unreminding(next);
    }

    /** Who is reminded of a day that was over when the version came depends on whom something concerned since. */
    private static ProgrammeDraft unreminding(ProgrammeDraft draft) {
        return new ProgrammeDraft(draft.parts().stream()
                .filter(part -> !part.list().equals("acts") || part.text().contains("TIER_ENTRY"))
                .map(part -> new Part(part.list(), part.text().replaceAll(", reminder_days: \\[[0-9, ]*]", "")))
                .toList());
    }

    private static String line(ProgrammeDraft draft, String key) {
        return draft.parts().stream()
                .filter(part -> part.text().startsWith(key))
                .map(part -> part.text().substring(key.length()))
                .findFirst()
                .orElse("");
    }

    private static ProgrammeDraft valid(
            SplittableRandom random,
            Set<Feature> features,
            String from,
            String zone,
            String numbering,
            List<Part> before) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            ProgrammeDraft draft = new RandomDraft(random, features).draw(from, zone, numbering, before);
            if (draft.published(1) != null) {
                return draft;
            }
        }
        ProgrammeDraft refused = new RandomDraft(random, features).draw(from, zone, numbering, before);
        throw new IllegalStateException(
                "no valid programme in " + ATTEMPTS + " draws, such as " + refused.problems() + "\n" + refused.yaml());
    }

    private ProgrammeDraft draw(String from, String zone, String numbering, List<Part> before) {
        draft.line(HEADER).line("effective_from: " + from).line("time_zone: " + zone);
        draft.line("numbering: " + numbering);
        draft.line("accepted_window: {past_days: " + pick("45", "400") + "}");
        draft.line("largest_amount: 900");
        draft.line("desk: {claim_days: " + pick("30", "4", "0") + "}");
        draft.line("earning: {" + earning() + "}");
        draft.line("purse: {" + purse(true) + "}");
        if (has(Feature.GUARDS)) {
            draft.line("guards: {never_earn: [tobacco], never_promote: [baby],"
                    + " most_advantage: [{category: books, percent: 5}]}");
        }
        if (has(Feature.ENDS)) {
            draft.line("last_earn_day: 2026-02-20").line("last_burn_day: 2026-02-25");
        }
        Set<String> ids = before.stream().map(RandomDraft::idOf).collect(Collectors.toSet());
        keep("money_purses", before);
        if (has(Feature.MONEY)) {
            money("cagnotte", ids);
            money("travel", ids);
        }
        if (has(Feature.THRESHOLDS)) {
            thresholds();
        }
        if (has(Feature.RESTORES)) {
            draft.line("returns_restore_rewards: true");
        }
        keep("clubs", before);
        if (has(Feature.CLUBS)) {
            club("wine", "s3", ids);
            club("baby", "", ids);
        }
        levels(before);
        clubs = draft.build().parts().stream().anyMatch(part -> part.list().equals("clubs"));
        levels = draft.build().parts().stream().anyMatch(part -> part.text().startsWith("tiers: "));
        keep("shop", before);
        if (has(Feature.SHOP)) {
            shop(ids);
        }
        if (has(Feature.ACTS)) {
            acts();
        }
        if (has(Feature.BONUSES)) {
            bonuses(has(Feature.MONEY) || ids.contains("cagnotte"), has(Feature.SHOP) || ids.contains("mug"));
        }
        return draft.build();
    }

    private static String idOf(Part part) {
        return part.text().replaceAll("\\{id: ([a-z0-9-]+).*", "$1");
    }

    private void keep(String list, List<Part> before) {
        before.stream().filter(part -> part.list().equals(list)).forEach(part -> draft.entry(list, part.text()));
    }

    private boolean has(Feature feature) {
        return features.contains(feature);
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String earning() {
        basis = pick("AMOUNT", "AMOUNT", "ARTICLE", "VISIT");
        List<String> keys = new ArrayList<>(List.of("basis: " + basis));
        keys.add("points: " + pick("1", "1.37", "2.5", "0.0001", "7"));
        if (random.nextInt(3) == 0) {
            keys.add("promoted_articles_earn: false");
        }
        if (basis.equals("AMOUNT") && random.nextInt(3) == 0) {
            keys.add("tax: EXCLUDED");
        }
        if (basis.equals("ARTICLE") && random.nextBoolean()) {
            keys.add("weighed_goods: PER_UNIT");
        }
        if (has(Feature.EXCLUSIONS)) {
            List<String> excluded = new ArrayList<>(List.of("categories: [a/bc, food/wine/red]"));
            if (basis.equals("AMOUNT")) {
                excluded.add("tenders: [GIFT_CARD, VOUCHER]");
            }
            if (random.nextInt(4) == 0) {
                excluded.add("stores: [Nice]");
            }
            keys.add("exclude: {" + String.join(", ", excluded) + "}");
        }
        return String.join(", ", keys);
    }

    private String purse(boolean points) {
        List<String> keys = new ArrayList<>();
        keys.add("rounding: " + pick("CARRY", "CARRY", "FLOOR_PER_RECEIPT", "HALF_UP_PER_RECEIPT"));
        keys.add("negative: " + pick("ALLOW", "ALLOW", "FLOOR_AT_ZERO", "DEBT"));
        boolean lots = has(Feature.LOTS) && (points || random.nextInt(3) == 0);
        if (lots && random.nextInt(5) > 0) {
            boolean days = random.nextBoolean();
            keys.add("validity: {length: " + (days ? pick("2", "5", "20") : pick("1", "2"))
                    + ", unit: " + (days ? "DAYS" : "MONTHS")
                    + ", end: " + pick("EXACT_DAY", "EXACT_DAY", "END_OF_MONTH", "END_OF_YEAR")
                    + ", renewed_by_activity: " + (random.nextInt(4) == 0) + "}");
            if (random.nextBoolean()) {
                keys.add("reminder_days: " + pick("[10, 2]", "[1]", "[30, 7, 3]"));
            }
        }
        if (lots && random.nextInt(3) == 0) {
            keys.add("pending_days: " + pick("1", "4", "14"));
        }
        return String.join(", ", keys);
    }

    private void money(String id, Set<String> ids) {
        if (!ids.contains(id)) {
            draft.entry(
                    "money_purses",
                    "{id: " + id + ", " + purse(false) + (random.nextBoolean() ? ", points_per_unit: 30" : "")
                            + ", minimum_to_spend: " + pick("0", "2") + "}");
        }
    }

    private void acts() {
        act("a-welcome", "act: WELCOME, points: 20");
        act("a-profile", "act: PROFILE_COMPLETED, points: 7, days: 3");
        act("a-referrer", "act: REFERRER, points: 11, times: " + pick("0", "1"));
        act("a-referred", "act: REFERRED, points: 13");
        act("a-review", "act: REVIEW, points: 2, days: " + pick("2", "6") + ", times: " + pick("0", "1"));
        act("a-survey", "act: SURVEY, points: " + pick("0", "5"));
        act("a-app", "act: CUSTOM, code: app, points: 9.5, times: 2");
        act("a-birthday", "act: BIRTHDAY, points: 30, days_before: " + pick("0", "5"));
        act("a-months", "act: EVERY_MONTHS, months: 1, points: 3");
        act("a-dormant", "act: DORMANT, days: " + pick("4", "9") + ", points: 6");
        if (levels) {
            act("a-silver", "act: TIER_ENTRY, tier: silver, points: 8, times: " + pick("0", "1"));
            act("a-gold", "act: TIER_ENTRY, tier: gold, points: 80");
        }
    }

    private void act(String id, String rest) {
        if (random.nextInt(3) > 0) {
            boolean gift = has(Feature.THRESHOLDS) && random.nextInt(4) == 0;
            draft.entry("acts", "{id: " + id + ", " + rest + (gift ? ", reward: by-visit" : "") + "}");
        }
    }

    private void club(String id, String sku, Set<String> ids) {
        if (!ids.contains(id)) {
            String access = pick(
                    "",
                    "",
                    ", access: {purchases: 1}",
                    ", access: {spend: 40, tag: seen}",
                    ", access: {average_basket: 25}");
            draft.entry(
                    "clubs",
                    "{id: " + id + ", name: {en: " + id + ", fr: " + id + "}"
                            + (sku.isEmpty() ? "" : ", sku: " + sku + ", fee: 5.00")
                            + ", months: " + pick("0", "1", "2") + ", first_purchase_percent: " + pick("0", "10")
                            + ", reminder_days: " + pick("[]", "[3]") + access + "}");
        }
    }

    /** Measure and window never change; what a level reaches may. */
    private void levels(List<Part> before) {
        String kept = before.stream()
                .map(Part::text)
                .filter(text -> text.startsWith("tiers: "))
                .findFirst()
                .orElse("");
        if (!kept.isEmpty()) {
            draft.line(random.nextBoolean() ? kept : kept.replaceAll("reaches: [0-9]+", "reaches: 40"));
        } else if (has(Feature.LEVELS)) {
            String window = pick("LIFETIME", "CALENDAR_YEAR", "ROLLING_MONTHS, months: 1", "ROLLING_MONTHS, months: 2");
            draft.line("tiers: {measure: " + pick("SPEND", "POINTS_EARNED") + ", window: " + window + ", grace_days: "
                    + pick("0", "3", "20") + ", reminder_days: " + pick("[]", "[2, 10]") + ", downgrade: "
                    + pick("ONE_DOWN", "REQUALIFY") + ", levels: [{id: silver, reaches: " + pick("15", "60")
                    + "}, {id: gold, reaches: " + pick("120", "200") + ", multiplier: " + pick("1", "1.5") + "}]}");
        }
    }

    private void thresholds() {
        threshold("by-points", "measure: POINTS, reaches: " + pick("30", "100", "7.5"));
        threshold("by-wine", "measure: POINTS, category: food, window: CALENDAR_MONTH, reaches: " + pick("10", "50"));
        threshold("by-spend", "measure: SPEND, window: CALENDAR_MONTH, reaches: " + pick("50", "120.50"));
        threshold("by-article", "measure: ARTICLES, window: CALENDAR_YEAR, reaches: " + pick("5", "12"));
        threshold("by-visit", "measure: VISITS, reaches: " + pick("2", "5"));
    }

    private void threshold(String id, String measure) {
        if (random.nextBoolean()) {
            draft.entry(
                    "threshold_rewards",
                    "{id: " + id + ", " + measure + ", surplus: " + pick("KEEP", "KEEP", "RESET")
                            + ", reward: {kind: GIFT_VOUCHER, value: 5}, reward_receipts_earn: "
                            + random.nextBoolean() + validity(!measure.contains("POINTS")) + "}");
        }
    }

    private String validity(boolean ends) {
        return has(Feature.REWARD_ENDS) && ends ? ", valid_days: " + pick("1", "3", "9") + ", reminder_days: [1]" : "";
    }

    private void shop(Set<String> ids) {
        shop("mug", "kind: FREE_ARTICLE, sku: s1, cost: 3.20, price: " + pick("20", "5"), ids);
        shop("tree", "kind: DONATION, cost: 1, stores: [Lyon], price: " + pick("0.5", "40"), ids);
        shop("seat", "kind: EVENT_SEAT, cost: 0, first_day: 2026-02-05, last_day: 2026-02-25, price: 10", ids);
        shop("voucher", "kind: VOUCHER, value: 5, price: 10, valid_days: 9, reminder_days: [5, 1]", ids);
        draft.entry(
                "promo_codes",
                "{code: HELLO, first_day: 2026-01-20, last_day: 2026-02-20, percent: 10, uses: " + pick("0", "3")
                        + ", uses_per_member: " + pick("0", "1") + "}");
        draft.entry(
                "promo_codes",
                "{code: BYE, first_day: 2026-01-20, last_day: 2026-06-20, percent: 10, uses: 0, uses_per_member: 2}");
    }

    private void shop(String id, String rest, Set<String> ids) {
        if (!ids.contains(id)) {
            String stock = random.nextBoolean() ? ", stock: " + pick("2", "5") : "";
            String each = random.nextBoolean() ? ", per_member: " + pick("1", "3") : "";
            draft.entry(
                    "shop", "{id: " + id + ", name: {en: " + id + ", fr: " + id + "}, " + rest + stock + each + "}");
        }
    }

    private void bonuses(boolean money, boolean shop) {
        int count = 1 + random.nextInt(8);
        int multipliers = 0;
        for (int i = 0; i < count; i++) {
            String[] award = award(money, shop, multipliers);
            multipliers += award[0].startsWith("multiplier") ? 1 : 0;
            String when = when();
            draft.entry(
                    "bonuses",
                    "{id: " + award[0] + "-" + i + ", award: {" + award[1] + "}"
                            + (when.isEmpty() ? "" : ", when: {" + when + "}")
                            + (award[0].startsWith("multiplier") ? group() : "")
                            + (has(Feature.LIMITS) && random.nextInt(3) > 0
                                    ? ", limits: {" + limits(award[0]) + "}"
                                    : "")
                            + (has(Feature.CONTROL) && random.nextInt(3) == 0 ? ", control_percent: 40" : "")
                            + (has(Feature.SIDE_BY_SIDE) ? programme() : "")
                            + "}");
        }
    }

    /** Most bonuses belong to one of two programmes of a group, or are one of another group. */
    private String programme() {
        return pick(
                ", exclusive_group: cards, programme: gold",
                ", exclusive_group: cards, programme: baby",
                ", exclusive_group: banners",
                "");
    }

    /** Id and award. */
    private String[] award(boolean money, boolean shop, int multipliers) {
        boolean visits = basis.equals("VISIT");
        int kind = random.nextInt(11);
        if (kind == 0 && multipliers < 4) {
            return award("multiplier", "MULTIPLIER, value: " + pick("2", "1.5", "1.3333", "3", "1.0001"));
        } else if (kind <= 2 && !visits) {
            return award("extra-" + basis.toLowerCase(Locale.ROOT), "EXTRA_RATE, value: " + pick("1", "0.33", "2.5"));
        } else if (kind == 3 && money) {
            return award("percent", "CASHBACK_PERCENT, target: cagnotte, value: " + pick("1", "2.5", "0.0375"));
        } else if (kind == 4 && money) {
            return award("cash", "CASHBACK_AMOUNT, target: cagnotte, value: " + pick("1", "0.35"));
        } else if (kind == 5 && has(Feature.THRESHOLDS)) {
            return award("gift", "REWARD, target: by-visit");
        } else if (kind == 6 && shop) {
            return award("free-mug", "REWARD, target: mug");
        } else if (kind == 7) {
            return award("tag", "TAG, target: seen");
        } else if (kind == 8) {
            return award("price", "MEMBER_PRICE_PERCENT, value: " + pick("3", "4.99", "20"));
        } else if (kind == 9) {
            return award("off", "MEMBER_PRICE_AMOUNT, value: " + pick("0.50", "2"));
        }
        return award("fixed", "FIXED_POINTS, value: " + pick("5", "0.7", "100"));
    }

    private static String[] award(String id, String kind) {
        return new String[] {id, "kind: " + kind};
    }

    private String when() {
        List<String> when = new ArrayList<>();
        String member = random.nextInt(4) == 0 ? pick(MEMBERS) : "";
        if (clubs && random.nextInt(4) == 0) {
            member = "clubs: [wine]";
        }
        if (levels && random.nextInt(4) == 0) {
            member = "tiers: [" + pick("silver", "gold", "silver, gold") + "]";
        }
        if (random.nextInt(5) < 3 && !member.contains("categories")) {
            when.add(pick(LINES));
        }
        if (random.nextInt(3) == 0) {
            when.add(pick(MOMENTS));
        }
        if (random.nextInt(4) == 0) {
            when.add("amount_at_least: " + pick("20", "60.01"));
        }
        if (!member.isEmpty()) {
            when.add(member);
        }
        return String.join(", ", when);
    }

    private String group() {
        return random.nextInt(3) == 0 ? ", group: best, combine: BEST" : "";
    }

    private String limits(String award) {
        boolean times = award.equals("gift") || award.equals("free-mug") || award.equals("tag");
        List<String> limits = new ArrayList<>();
        for (String limit : List.of("per_receipt", "per_member_day", "per_member", "budget")) {
            if (random.nextInt(3) == 0) {
                limits.add(limit + ": " + (times ? pick("1", "3") : pick("2", "7.5", "20", "100")));
            }
        }
        return limits.isEmpty() ? "budget: 4" : String.join(", ", limits);
    }
}
