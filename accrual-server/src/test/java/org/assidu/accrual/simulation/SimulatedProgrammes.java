package org.assidu.accrual.simulation;

import java.time.LocalDate;
import java.util.SplittableRandom;
import org.assidu.accrual.document.ParsedProgramme;
import org.assidu.accrual.document.ProgrammeParser;
import org.assidu.accrual.model.Ean13;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.pipeline.PublicationRequest;

/** Programmes in which limits are soon reached, points soon expire and everything that the shop sells is scarce. */
final class SimulatedProgrammes {
    static final String BUDGETED = "budgeted";
    static final long BUDGET_MICRO = 98_000_000;
    static final long STOCK = 5;
    static final long PROMO_USES = 4;
    static final String REWARD = "mug";
    static final String CLUB = "wine";
    static final String MONEY = "cagnotte";
    static final String PROMO_CODE = "HELLO10";

    private static final String[] NEGATIVE = {"ALLOW", "FLOOR_AT_ZERO", "DEBT"};
    private static final String[] ROUNDING = {"CARRY", "FLOOR_PER_RECEIPT", "HALF_UP_PER_RECEIPT"};

    private final String purse;
    private final String category;
    private final boolean debts;
    private final boolean pointsKeepLots;

    SimulatedProgrammes(SplittableRandom random) {
        pointsKeepLots = random.nextInt(4) > 0;
        String policy = NEGATIVE[random.nextInt(NEGATIVE.length)];
        debts = policy.equals("DEBT");
        purse = "purse: {rounding: " + ROUNDING[random.nextInt(ROUNDING.length)] + ", negative: "
                + policy
                + (pointsKeepLots
                        ? ", validity: {length: " + (3 + random.nextInt(12)) + ", unit: DAYS, renewed_by_activity: "
                                + random.nextBoolean() + "}, pending_days: " + random.nextInt(3)
                        : "")
                + "}";
        category = random.nextBoolean() ? "a" : "b";
    }

    /** Whether the points purse turns what returns cannot take into a debt. */
    boolean debts() {
        return debts;
    }

    boolean pointsKeepLots() {
        return pointsKeepLots;
    }

    /** A version, from 1; each is in force from a day of its own. */
    PublicationRequest version(int version, LocalDate effectiveFrom) {
        String text = """
                format: 1
                id: simulated
                time_zone: Europe/Paris
                currency: EUR
                effective_from: %s
                earning: {basis: AMOUNT, points: 1}
                %s
                money_purses: [{id: %s, validity: {length: 9, unit: DAYS}, points_per_unit: 10}]
                threshold_rewards:
                  - {id: gift, measure: POINTS, reaches: 100, reward: {kind: GIFT_VOUCHER, value: 5}}
                  - {id: visits, measure: VISITS, reaches: 4, reward: {kind: GIFT_VOUCHER, value: 2}}
                bonuses:
                  - {id: %s, award: {kind: FIXED_POINTS, value: 5}, limits: {budget: 98}}
                  - {id: category, when: {categories: [%s]}, award: {kind: MULTIPLIER, value: %s}}
                  - {id: cash, award: {kind: CASHBACK_PERCENT, target: %s, value: 2.5}, limits: {per_member_day: 3}}
                tiers:
                  measure: SPEND
                  window: ROLLING_MONTHS
                  months: 1
                  downgrade: ONE_DOWN
                  levels: [{id: silver, reaches: 50, multiplier: 1.25}, {id: gold, reaches: 200, multiplier: 1.5}]
                clubs: [{id: %s, sku: "sku-2", fee: 15.00, months: 1, first_purchase_percent: 10}]
                desk: {adjustment_limit: 10000, approval_above: 30, claim_days: 30}
                shop:
                  - {id: %s, name: {en: Mug, fr: Tasse}, kind: FREE_ARTICLE, sku: "4006381333931", price: 20, stock: %d, per_member: 3, cost: 3.20}
                promo_codes:
                  - {code: %s, first_day: 2026-01-01, last_day: 2027-12-31, percent: 10, uses: %d, uses_per_member: 2}
                cards: [{from: %d, to: %d, auto_enrol: true}]
                """.formatted(
                        effectiveFrom,
                        purse,
                        MONEY,
                        BUDGETED,
                        category,
                        1 + version + ".5",
                        MONEY,
                        CLUB,
                        REWARD,
                        STOCK,
                        PROMO_CODE,
                        PROMO_USES,
                        Ean13.withCheckDigit(1),
                        Ean13.withCheckDigit(999_999_999_999L));
        ParsedProgramme parsed = ProgrammeParser.parse(text);
        ProgrammeDocument document = parsed.document();
        if (document == null) {
            throw new IllegalStateException(parsed.problems() + "\n" + text);
        }
        return new PublicationRequest(document, parsed.canonicalText(), parsed.sha256(), text);
    }
}
