package org.assidu.accrual.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.assidu.accrual.model.Problem;
import org.junit.jupiter.api.Test;

class MechanicsCheckTest {
    /** What rules below refer to. */
    private static final String COMMON = WholeProgramme.HEADER + """
            money_purses: [{id: cagnotte}]
            threshold_rewards: [{id: gift, measure: VISITS, reaches: 10, reward: {kind: FREE_ARTICLE, sku: X1}}]
            tiers: {measure: SPEND, window: CALENDAR_YEAR, levels: [{id: silver, reaches: 500}, {id: gold, reaches: 2000, multiplier: 1.5}]}
            clubs: [{id: wine}]
            guards: {never_earn: [tobacco], never_promote: [infant/formula], most_advantage: [{category: books, percent: 5}]}
            """;

    /** {@code a rule | path and message of each of its problems}. */
    private static final String BONUSES = """
            {id: gift, award: {kind: FIXED_POINTS, value: 5}} | id: "gift" is the id of another rule
            {id: base, award: {kind: FIXED_POINTS, value: 5}} | id: "base" is the id of another rule
            {id: Gold, award: {kind: FIXED_POINTS, value: 5}} | id: "Gold" is no id; write up to 64 lower-case letters
            {id: a, award: {kind: FIXED_POINTS, value: 0}} | award.value: is 0; write points above 0, at most 1000000000, with at most 6 decimals
            {id: a, award: {kind: FIXED_POINTS, value: 0.0000001}} | award.value: is 0.0000001; write points above 0
            {id: a, award: {kind: FIXED_POINTS, value: 5, target: cagnotte}} | award.target: FIXED_POINTS goes to the points purse or the till; remove it
            {id: a, award: {kind: EXTRA_RATE, value: 0.00005}} | award.value: is not a whole number of micropoints per minor unit of currency; nearest: 0.0001
            {id: a, award: {kind: MULTIPLIER, value: 1}} | award.value: is 1; a bonus multiplies by more than 1, such as 1.5
            {id: a, award: {kind: MULTIPLIER, value: 1.00001}} | award.value: is 1.00001; write a factor above 0, at most 1000, with at most 4 decimals
            {id: a, award: {kind: MULTIPLIER, value: 900}} | bonuses: multipliers can meet on one line and reach ×900; at a rate of 1, times the tier's ×1.5, only ×307.4457 fits
            {id: a, award: {kind: CASHBACK_PERCENT, value: 2, target: cash}} | award.target: "cash" is no money purse of this programme; write one of cagnotte
            {id: a, award: {kind: CASHBACK_PERCENT, value: 101, target: cagnotte}} | award.value: is 101; write percent above 0, at most 100, with at most 4 decimals
            {id: a, award: {kind: CASHBACK_AMOUNT, value: 0.001, target: cagnotte}} | award.value: is 0.001; write EUR above 0
            {id: a, award: {kind: REWARD, target: mug}} | award.target: "mug" is no reward of this programme; write one of gift
            {id: a, award: {kind: REWARD, target: gift, value: 2}} | award.value: is 2; one is given each time: remove it
            {id: a, award: {kind: TAG, target: Wine Lover}} | award.target: "Wine Lover" is no id
            {id: a, award: {kind: TAG, target: over-60-senior}} | award.target: "over-60-senior" names age; rules must not treat members differently by it
            {id: a, award: {kind: MEMBER_PRICE_PERCENT, value: 10.001}} | award.value: is 10.001; write percent above 0, at most 100, with at most 2 decimals
            {id: a, award: {kind: MULTIPLIER, value: 2}, when: {tiers: [platinum, gold, gold]}} | when.tiers[0]: "platinum" is no tier of this programme; write one of silver, gold & when.tiers[2]: "gold" is listed twice; remove one
            {id: a, award: {kind: MULTIPLIER, value: 2}, when: {clubs: [beer]}} | when.clubs[0]: "beer" is no club of this programme; write one of wine
            {id: a, award: {kind: MULTIPLIER, value: 2}, when: {tags: [women]}} | when.tags[0]: "women" names sex or gender; rules must not treat
            {id: a, award: {kind: MULTIPLIER, value: 2}, when: {gender: F}} | when.gender: is a condition on sex or gender; rules must not treat members differently
            {id: a, award: {kind: MULTIPLIER, value: 2}, when: {age_at_least: 60}} | when.age_at_least: is a condition on age; rules must not
            {id: a, award: {kind: MULTIPLIER, value: 2}, when: {from: "08:00", to: "08:00"}} | when.to: is the same as from = 08:00
            {id: a, award: {kind: MULTIPLIER, value: 2}, when: {first_day: 2026-02-01, last_day: 2026-01-01}} | when.last_day: 2026-01-01 is before first_day = 2026-02-01
            {id: a, award: {kind: MULTIPLIER, value: 2}, when: {last_day: 2300-01-01}} | when.last_day: 2300-01-01 is no day of a programme
            {id: a, award: {kind: MULTIPLIER, value: 2}, when: {amount_at_least: 0}} | when.amount_at_least: is 0; write EUR above 0
            {id: a, award: {kind: MULTIPLIER, value: 2}, when: {nth_visit: {n: 1}}} | when.nth_visit.n: is 1; write a whole number from 2 to 1000
            {id: a, award: {kind: MULTIPLIER, value: 2}, when: {unbought_days: 60}} | when.unbought_days: says for how long the line's category was not bought; write categories beside it
            {id: a, award: {kind: MULTIPLIER, value: 2}, when: {birthday: {days_before: 200}}} | when.birthday.days_before: is 200; write a whole number from 0 to 90
            {id: a, award: {kind: MULTIPLIER, value: 2}, when: {dormant_days: 0}} | when.dormant_days: is 0; write a whole number from 1 to 3650
            {id: a, award: {kind: MULTIPLIER, value: 2}, when: {first_purchase: true, dormant_days: 5}} | when.first_purchase: a member who never bought was never dormant
            {id: a, award: {kind: MULTIPLIER, value: 2}, when: {first_purchase: true, nth_visit: {n: 3}}} | when.first_purchase: the first purchase is no later visit
            {id: a, award: {kind: MULTIPLIER, value: 2}, when: {skus: [""]}} | when.skus[0]: "" has 0 bytes; write 1 to 64
            {id: a, award: {kind: MULTIPLIER, value: 2}, when: {categories: [infant/formula/bio]}} | when.categories[0]: "infant/formula/bio" is protected by guards.never_promote (infant/formula); remove it here
            {id: a, award: {kind: MULTIPLIER, value: 2}, when: {categories: [tobacco]}} | when.categories[0]: "tobacco" is protected by guards.never_earn (tobacco); remove it here
            {id: a, award: {kind: MEMBER_PRICE_PERCENT, value: 10}, when: {categories: [books/comics]}} | award.value: is 10 percent on "books/comics", which guards.most_advantage limits to 5; write at most 5
            {id: a, award: {kind: MULTIPLIER, value: 2}, limits: {per_member: 100, budget: 50}} | limits.budget: is 50, below per_member = 100, which could then never be reached
            {id: a, award: {kind: MULTIPLIER, value: 2}, programme: card} | exclusive_group: is missing; write the group of programmes of which only one rewards a line
            {id: a, award: {kind: MULTIPLIER, value: 2}, exclusive_group: Cards} | exclusive_group: "Cards" is no id
            {id: a, award: {kind: REWARD, target: gift}, limits: {per_member: 1.5}} | limits.per_member: is 1.5; write times above 0, at most 1000000000, a whole number
            {id: a, award: {kind: CASHBACK_PERCENT, value: 2, target: cagnotte}, limits: {budget: 0.001}} | limits.budget: is 0.001; write EUR above 0
            {id: a, award: {kind: MULTIPLIER, value: 2}, combine: BEST} | combine: BEST chooses among the multipliers of a group
            {id: a, award: {kind: FIXED_POINTS, value: 2}, group: m} | group: groups are for multipliers, and this gives FIXED_POINTS
            {id: a, award: {kind: MULTIPLIER, value: 2}, funded_by: [{funder: CHAIN, percent: 60}, {funder: SUPPLIER, percent: 30}]} | funded_by: adds up to 90 percent; write shares that add up to 100
            {id: a, award: {kind: MULTIPLIER, value: 2}, funded_by: [{funder: STORE, percent: 60}, {funder: STORE, percent: 40}]} | funded_by[1].funder: STORE is listed twice
            {id: a, award: {kind: MULTIPLIER, value: 2}, control_percent: 100} | control_percent: is 100; nobody would get the bonus
            {id: a, award: {kind: MULTIPLIER, value: 2}, control_percent: 0.001} | control_percent: is 0.001; write percent from 0, at most 100, with at most 2 decimals
            """;

    private static final String OTHERS = """
            acts: [{id: a, act: WELCOME}] | acts[0].points: is nothing; write how many points, or a reward
            acts: [{id: a, act: WELCOME, points: 5, times: -1}] | acts[0].times: is -1; write a whole number from 0 to 1000000
            acts: [{id: a, act: WELCOME, reward: mug}] | acts[0].reward: "mug" is no reward of this programme; write one of gift
            acts: [{id: a, act: TIER_ENTRY, tier: bronze, points: 5}] | acts[0].tier: "bronze" is no tier of this programme
            acts: [{id: a, act: EVERY_MONTHS, months: 0, points: 5}] | acts[0].months: is 0; write a whole number from 1 to 120
            acts: [{id: a, act: CUSTOM, code: A B, points: 5}] | acts[0].code: "A B" is no id
            acts: [{id: wine, act: WELCOME, points: 5}] | clubs[0].id: "wine" is the id of another rule
            purse: {validity: {length: 0, unit: MONTHS}} | purse.validity.length: is 0; write a whole number from 1 to 120
            purse: {reminder_days: [7]} | purse.reminder_days: what never expires needs no reminder; remove it
            purse: {validity: {length: 10, unit: DAYS}, reminder_days: [30, 5, 5]} | purse.reminder_days[0]: is 30; write a whole number from 1 to 10 & purse.reminder_days[2]: "5" is listed twice; remove one
            purse: {validity: {length: 10, unit: DAYS}, pending_days: 10} | purse.pending_days: is 10, which a validity of 10 DAYS does not outlast
            purse: {pending_days: -1} | purse.pending_days: is -1; write a whole number from 0 to 366
            purse: {id: cagnotte} | money_purses[0].id: "cagnotte" is the id of another purse
            shop: [{id: cagnotte, kind: VOUCHER, value: 5, price: 10}] | money_purses[0].id: "cagnotte" is the id of a reward, and tills name both
            shop: [{id: m, kind: VOUCHER, value: 0.001, price: 1}] | shop[0].value: is 0.001; write EUR above 0
            shop: [{id: m, kind: EVENT_SEAT, value: 5, price: 1}] | shop[0].value: has no meaning for EVENT_SEAT; remove it
            shop: [{id: m, kind: VOUCHER, value: 5, price: 0}] | shop[0].price: is 0; write points above 0
            shop: [{id: m, kind: VOUCHER, value: 5, sku: X, price: 1}] | shop[0].sku: only a FREE_ARTICLE has an article code
            shop: [{id: m, kind: VOUCHER, value: 5, price: 1, tier_prices: [{tier: gold, price: 1}, {tier: gold, price: 2}]}] | shop[0].tier_prices[1]: "gold" is listed twice; remove one
            shop: [{id: m, kind: VOUCHER, value: 5, price: 1, tier_prices: [{tier: bronze, price: 1}]}] | shop[0].tier_prices[0].tier: "bronze" is no tier
            shop: [{id: m, kind: VOUCHER, value: 5, price: 1, stock: -1, first_day: 2026-02-01, last_day: 2026-01-01}] | shop[0].stock: is -1; write a whole number from 0 to 1000000000000 & shop[0].last_day: 2026-01-01 is before first_day
            promo_codes: [{code: hello, first_day: 2026-01-01, last_day: 2026-01-31, percent: 5}] | promo_codes[0].code: "hello" is no code; write 2 to 32 capitals
            promo_codes: [{code: AA, first_day: 2026-01-01, last_day: 2026-01-31}] | promo_codes[0]: gives nothing; write percent, such as 10, or amount, such as 5
            promo_codes: [{code: AA, first_day: 2026-01-01, last_day: 2026-01-31, percent: 5, amount: 5}] | promo_codes[0].amount: is given beside percent; write one of the two
            promo_codes: [{code: AA, first_day: 2026-01-01, last_day: 2026-01-31, percent: 5, categories: [infant/formula]}] | promo_codes[0].categories[0]: "infant/formula" is protected by guards.never_promote
            promo_codes: [{code: AA, first_day: 2026-01-01, last_day: 2026-01-31, percent: 6, categories: [books]}] | promo_codes[0].percent: is 6 percent on "books"
            objectives: [{id: o, metric: RETENTION_PERCENT, target: 175, first_day: 2026-01-01, last_day: 2026-12-31}] | objectives[0].target: is 175; write percent above 0, at most 100
            objectives: [{id: o, metric: COST_CEILING, target: 1, first_day: 2026-12-31, last_day: 2026-01-01}] | objectives[0].last_day: 2026-01-01 is before first_day
            desk: {adjustment_limit: -5} | desk.adjustment_limit: is -5; write points from 0
            desk: {claim_days: 5000} | desk.claim_days: is 5000; write a whole number from 0 to 3650
            notice_days: 400 | notice_days: is 400; write a whole number from 0 to 366
            last_burn_day: 2027-01-01 | last_earn_day: is missing, and from 2027-01-01 on nothing can be used
            """;

    @Test
    void eachBonusProblemSaysWhereItIsAndWhatToWriteInstead() {
        BONUSES.lines().forEach(row -> {
            String[] cells = row.split(" \\| ");
            expect(row, COMMON + "bonuses:\n  - " + cells[0] + "\n", "bonuses[0]", cells[1]);
        });
    }

    @Test
    void eachProblemOfTheOtherSectionsSaysWhereItIsAndWhatToWriteInstead() {
        OTHERS.lines().forEach(row -> {
            String[] cells = row.split(" \\| ");
            expect(row, COMMON + cells[0] + "\n", "", cells[1]);
        });
    }

    private static void expect(String row, String text, String prefix, String expected) {
        List<String> problems = ProgrammeParser.parse(text).problems().stream()
                .map(problem -> problem.path() + ": " + problem.message())
                .map(problem ->
                        prefix.isEmpty() ? problem : problem.replaceFirst("^" + Pattern.quote(prefix) + "\\.?", ""))
                .toList();
        String[] each = expected.split(" & ");
        assertThat(problems).as(row).hasSize(each.length);
        for (int i = 0; i < each.length; i++) {
            assertThat(problems.get(i)).as(row).startsWith(each[i]);
        }
    }

    @Test
    void tiersAndClubsAreCheckedFieldByField() {
        String text = WholeProgramme.HEADER + """
                tiers:
                  measure: SPEND
                  window: CALENDAR_YEAR
                  months: 6
                  grace_days: 400
                  reminder_days: [0, 7, 7]
                  levels:
                    - {id: gold, reaches: 500.001, multiplier: 0.9}
                    - {id: silver, reaches: 500, perks: [Free Delivery, x, x]}
                clubs:
                  - {id: a, sku: S1, fee: 5}
                  - {id: b, sku: S1, first_purchase_percent: 101}
                  - {id: c, fee: 5, months: -1, reminder_days: [400], access: {tag: pregnant, average_basket: 0}}
                """;

        assertThat(ProgrammeParser.parse(text).problems())
                .extracting(Problem::path)
                .containsExactly(
                        "tiers.months",
                        "tiers.grace_days",
                        "tiers.reminder_days[0]",
                        "tiers.reminder_days[2]",
                        "tiers.levels[0].reaches",
                        "tiers.levels[0].multiplier",
                        "tiers.levels[1].reaches",
                        "tiers.levels[1].perks[0]",
                        "tiers.levels[1].perks[2]",
                        "clubs[1].sku",
                        "clubs[1].first_purchase_percent",
                        "clubs[2].fee",
                        "clubs[2].months",
                        "clubs[2].reminder_days[0]",
                        "clubs[2].access.tag",
                        "clubs[2].access.average_basket");
    }

    @Test
    void multipliersThatExcludeEachOtherDoNotAddUp() {
        StringBuilder bonuses = new StringBuilder(WholeProgramme.HEADER).append("bonuses:\n");
        for (int i = 0; i < 20; i++) {
            bonuses.append("  - {id: s").append(i).append(", award: {kind: MULTIPLIER, value: 2}, when: {skus: [S");
            bonuses.append(i).append("]}}\n  - {id: c").append(i);
            bonuses.append(", award: {kind: MULTIPLIER, value: 2}, when: {categories: [c")
                    .append(i);
            bonuses.append("]}}\n  - {id: d")
                    .append(i)
                    .append(", award: {kind: MULTIPLIER, value: 2}, when: {first_day: 2026-01-");
            bonuses.append(10 + i / 2)
                    .append(", last_day: 2026-01-")
                    .append(10 + i / 2)
                    .append("}}\n");
        }

        // One article, one category, two bonuses a day.
        assertThat(ProgrammeParser.parse(bonuses.toString()).problems()).isEmpty();
        assertThat(ProgrammeParser.parse(bonuses + "  - {id: all, award: {kind: MULTIPLIER, value: 30}}\n")
                        .problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("reach ×480"));
    }

    @Test
    void hoursAndPartsOfCategoriesMeetWhereTheyOverlap() {
        String text = WholeProgramme.HEADER + """
                bonuses:
                  - {id: a, award: {kind: MULTIPLIER, value: 10}, when: {from: "22:00", to: "02:00"}}
                  - {id: b, award: {kind: MULTIPLIER, value: 10}, when: {from: "01:00", to: "03:00"}}
                  - {id: c, award: {kind: MULTIPLIER, value: 10}, when: {categories: [x/y]}}
                  - {id: d, award: {kind: MULTIPLIER, value: 10}, when: {categories: [x]}}
                """;

        assertThat(ProgrammeParser.parse(text).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("reach ×1000;"));
        assertThat(ProgrammeParser.parse(text.replace("01:00", "02:00").replace("x/y", "xy"))
                        .problems())
                .isEmpty();
    }

    @Test
    void aGroupOfWhichTheBestCountsDoesNotAddUp() {
        String text = WholeProgramme.HEADER + """
                bonuses:
                  - {id: a, award: {kind: MULTIPLIER, value: 300}, group: m, combine: BEST}
                  - {id: b, award: {kind: MULTIPLIER, value: 400}, group: m, combine: BEST}
                """;

        assertThat(ProgrammeParser.parse(text).problems()).isEmpty();
        assertThat(ProgrammeParser.parse(text.replace("BEST", "PRODUCT")).problems())
                .hasSize(1);
        assertThat(ProgrammeParser.parse(text.replaceFirst("BEST", "PRODUCT")).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.path()).isEqualTo("bonuses[1].combine"));
    }

    @Test
    void aSmallerLargestAmountMakesRoom() {
        String text = WholeProgramme.HEADER + "bonuses: [{id: a, award: {kind: MULTIPLIER, value: 900}}]\n";

        assertThat(ProgrammeParser.parse(text).problems()).hasSize(1);
        assertThat(ProgrammeParser.parse(text + "largest_amount: 100000\n").problems())
                .isEmpty();
    }
}
