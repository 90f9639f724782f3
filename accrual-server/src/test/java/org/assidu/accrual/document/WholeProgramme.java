package org.assidu.accrual.document;

/** Programmes that use everything, for tests. */
final class WholeProgramme {
    static final String HEADER = """
            format: 1
            id: points
            effective_from: 2026-01-01
            time_zone: Europe/Paris
            currency: EUR
            earning: {points: 1}
            """;

    static final String TEXT = HEADER + """
            returns_restore_rewards: true
            purse: {id: points, validity: {length: 12, unit: MONTHS, end: END_OF_MONTH, renewed_by_activity: true}, pending_days: 14, reminder_days: [30, 7]}
            money_purses:
              - {id: cagnotte, negative: DEBT, validity: {length: 365, unit: DAYS}, minimum_to_spend: 5.00, points_per_unit: 100}
            threshold_rewards:
              - {id: gift, measure: VISITS, reaches: 10, reward: {kind: FREE_ARTICLE, sku: "4006381333931"}}
            bonuses:
              - id: gold-tuesday
                name: {en: Double points on Tuesdays, fr: Points doublés le mardi}
                when:
                  weekdays: [TUESDAY]
                  from: "08:00"
                  to: "12:00"
                  first_day: 2026-01-01
                  last_day: 2026-12-31
                  tiers: [gold]
                  clubs: [wine]
                  stores: [S001]
                  banners: [city]
                  channels: [STORE, WEB]
                  skus: ["100001"]
                  categories: [grocery]
                  brands: [acme]
                  amount_at_least: 30.00
                  nth_visit: {n: 10, window: CALENDAR_MONTH}
                  unbought_days: 60
                  birthday: {days_before: 3, days_after: 4}
                  dormant_days: 90
                  tags: [vip]
                award: {kind: MULTIPLIER, value: 2.0}
                limits: {per_receipt: 500, per_member_day: 1000, per_member: 5000, budget: 10000}
                group: multipliers
                combine: BEST
                exclusive_group: cards
                programme: gold-card
                funded_by: [{funder: CHAIN, percent: 60}, {funder: SUPPLIER, percent: 40}]
                control_percent: 10
              - {id: a, award: {kind: EXTRA_RATE, value: 0.5}, when: {categories: [fruit]}}
              - {id: b, award: {kind: FIXED_POINTS, value: 50}}
              - {id: c, award: {kind: CASHBACK_PERCENT, value: 2.5, target: cagnotte}}
              - {id: d, award: {kind: CASHBACK_AMOUNT, value: 1.50, target: cagnotte}, when: {amount_at_least: 50}}
              - {id: e, award: {kind: REWARD, target: gift}, when: {first_purchase: true}}
              - {id: f, award: {kind: TAG, target: fruit-lover}, when: {categories: [fruit]}}
              - {id: g, award: {kind: MEMBER_PRICE_PERCENT, value: 10}, when: {brands: [acme]}}
              - {id: h, award: {kind: MEMBER_PRICE_AMOUNT, value: 0.50}, when: {skus: ["100001"]}}
            acts:
              - {id: welcome, act: WELCOME, points: 50, times: 1}
              - {id: birthday, act: BIRTHDAY, reward: gift}
              - {id: app-review, act: CUSTOM, code: app, points: 20, times: 1}
              - {id: half-year, act: EVERY_MONTHS, months: 6, points: 10}
              - {id: missed, act: DORMANT, days: 90, points: 15, times: 3}
              - {id: gold-gift, act: TIER_ENTRY, tier: gold, reward: gift}
            tiers:
              measure: SPEND
              window: ROLLING_MONTHS
              months: 12
              grace_days: 30
              reminder_days: [30, 7]
              downgrade: REQUALIFY
              levels:
                - {id: silver, name: {en: Silver, fr: Argent}, reaches: 500, multiplier: 1.25, perks: [free-delivery]}
                - {id: gold, name: {en: Gold, fr: Or}, reaches: 2000, multiplier: 1.5}
            clubs:
              - {id: wine, name: {en: Wine, fr: Vin}, sku: "4006381333931", fee: 15.00, months: 12, reminder_days: [30], first_purchase_percent: 10,
                 perks: [tasting], access: {average_basket: 50, purchases: 3, spend: 200, tag: invited}}
              - {id: baby}
            shop:
              - {id: mug, name: {en: Mug, fr: Tasse}, kind: FREE_ARTICLE, sku: "4006381333931", price: 500,
                 tier_prices: [{tier: gold, price: 400}], stock: 100, per_member: 1, first_day: 2026-01-01,
                 last_day: 2026-06-30, stores: [S001], cost: 3.20, funded_by: [{funder: SUPPLIER, percent: 100}]}
              - {id: five-off, kind: FIXED_AMOUNT, value: 5, price: 250}
            promo_codes:
              - {code: HELLO10, first_day: 2026-01-01, last_day: 2026-01-31, categories: [grocery], percent: 10, uses: 1000, uses_per_member: 1}
              - {code: FIVER, first_day: 2026-01-01, last_day: 2026-01-31, amount: 5.00}
            guards: {never_earn: [tobacco], never_promote: [infant-formula], most_advantage: [{category: books, percent: 5}]}
            objectives:
              - {id: retention-2026, metric: RETENTION_PERCENT, target: 75, first_day: 2026-01-01, last_day: 2026-12-31}
            desk: {adjustment_limit: 5000, approval_above: 500, claim_days: 20}
            notice_days: 30
            last_earn_day: 2027-06-30
            last_burn_day: 2027-12-31
            """;

    private WholeProgramme() {}
}
