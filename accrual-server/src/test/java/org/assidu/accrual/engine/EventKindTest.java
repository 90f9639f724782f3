package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.assidu.accrual.model.EventKind;
import org.junit.jupiter.api.Test;

/** Every kind of event that there is comes out of some history: one history a kind. */
class EventKindTest {
    private static final String PROGRAMME = """
            accepted_window: {past_days: 3650}
            earning: {basis: AMOUNT, points: 1}
            purse: {validity: {length: 60, unit: DAYS}, reminder_days: [7]}
            threshold_rewards:
              - {id: coffee, measure: VISITS, reaches: 2, valid_days: 10, reminder_days: [7], reward: {kind: FREE_ARTICLE, sku: C}}
            bonuses:
              - {id: happy, when: {from: "11:00", to: "14:00"}, award: {kind: FIXED_POINTS, value: 1}}
              - {id: third, when: {nth_visit: {n: 3, window: LIFETIME}}, award: {kind: FIXED_POINTS, value: 3}}
              - {id: capped, when: {skus: [X]}, award: {kind: FIXED_POINTS, value: 10}, limits: {per_receipt: 4, budget: 100}}
              - {id: seen, when: {skus: [T]}, award: {kind: TAG, value: 1, target: vip}}
              - {id: spring, when: {first_day: 2026-03-05}, award: {kind: FIXED_POINTS, value: 1}}
              - {id: scarce, when: {skus: [B]}, award: {kind: FIXED_POINTS, value: 10}, limits: {budget: 10}}
            acts:
              - {id: hello, act: WELCOME, points: 1}
              - {id: whole, act: PROFILE_COMPLETED, days: 5, points: 1}
              - {id: birthday, act: BIRTHDAY, points: 1}
              - {id: missed, act: DORMANT, days: 30, points: 1}
              - {id: friend, act: REFERRER, points: 1}
              - {id: newcomer, act: REFERRED, points: 1}
              - {id: stars, act: REVIEW, days: 4, points: 1}
              - {id: opinion, act: SURVEY, points: 1}
            tiers:
              measure: SPEND
              window: ROLLING_MONTHS
              months: 1
              reminder_days: [7]
              downgrade: ONE_DOWN
              levels: [{id: silver, name: {en: Silver, fr: Argent}, reaches: 500}]
            clubs:
              - {id: wine, name: {en: Wine, fr: Vin}, sku: W, fee: 1, months: 1, reminder_days: [7]}
              - {id: closed, name: {en: Closed, fr: Fermé}, sku: K, fee: 1, months: 1, access: {purchases: 100}}
            guards: {receipts_a_day: 2}
            """;

    private static final Map<EventKind, String> HISTORIES = new EnumMap<>(EventKind.class);

    private static void shows(EventKind kind, String history) {
        HISTORIES.put(kind, history);
    }

    static {
        String twoVisits = "2026-03-02 | #1 m1 1.00 | *\n2026-03-03 | #2 m1 1.00 | *\n";
        shows(EventKind.THRESHOLD_REACHED, twoVisits);
        shows(EventKind.REWARD_AVAILABLE, twoVisits);
        shows(EventKind.REWARD_EXPIRING, twoVisits + "2026-03-06 | | *");
        String silver = "2026-03-02 | #1 m1 500.00 | *\n";
        shows(EventKind.TIER_REACHED, silver);
        shows(EventKind.TIER_AT_RISK, silver + "2026-07-01 | | *");
        shows(EventKind.TIER_LOST, silver + "2026-07-01 | | *");
        shows(EventKind.POINTS_EXPIRING, silver + "2026-04-24 | | *");
        shows(EventKind.POINTS_EXPIRED, silver + "2026-05-02 | | *");
        shows(EventKind.WELCOME, "2026-03-02 | #1 m1 1.00 | *");
        shows(EventKind.ENROLMENT_UNFINISHED, "2026-03-02 | join 1 | *\n2026-03-07 | | *");
        shows(EventKind.BIRTHDAY, "2026-03-02 | join 1 | *\n2026-03-02 | fact 1 birthday 310 | *\n2026-03-10 | | *");
        shows(EventKind.DORMANT, "2026-03-02 | #1 m1 1.00 | *\n2026-04-01 | | *");
        shows(EventKind.FIRST_PURCHASE, "2026-03-02 | #1 m1 1.00 | *");
        String referral = "2026-03-02 | join 1 | *\n2026-03-02 | join 2 | *\n2026-03-02 | refer 2 by 1 | *\n";
        shows(EventKind.REFERRAL_INVITED, referral);
        shows(EventKind.REFERRAL_COMPLETED, referral + "2026-03-03 | #1 m2 1.00 | *");
        shows(EventKind.REVIEW_ASKED, "2026-03-02 | #1 m1 1.00 | *\n2026-03-06 | | *");
        shows(EventKind.HAPPY_HOUR_USED, "2026-03-02 | #1 m1 1.00 @2026-03-02T11:00Z | *");
        shows(EventKind.NTH_VISIT, twoVisits + "2026-03-04 | #3 m1 1.00 | *");
        String member = "2026-03-02 | #1 m1 1.00!W | *\n";
        shows(EventKind.CLUB_JOINED, member);
        shows(EventKind.CLUB_ENDING, member + "2026-04-01 | | *");
        shows(EventKind.CLUB_ENDED, member + "2026-04-10 | | *");
        shows(EventKind.CLUB_REFUSED, "2026-03-02 | #1 m1 1.00!K | *");
        shows(EventKind.CAMPAIGN, "2026-03-02 | join 1 | *\n2026-03-05 | | *");
        shows(EventKind.AWARD_LIMITED, "2026-03-02 | #1 m1 1.00!X | *");
        shows(EventKind.BUDGET_NEARLY_USED, "2026-03-02 | #1 m1 1.00!B | *");
        shows(
                EventKind.UNUSUAL_USE,
                "2026-03-02 | #1 m1 1.00 | *\n2026-03-02 | #2 m1 1.00 | *\n2026-03-02 | #3 m1 1.00 | *");
        shows(EventKind.TAGGED, "2026-03-02 | #1 m1 1.00!T | *");
        shows(EventKind.SURVEY_ANSWERED, "2026-03-02 | join 1 | *\n2026-03-02 | act 1 SURVEY k 9 | *");
    }

    @Test
    void everyKindOfEventComesOutOfAHistory() {
        Set<EventKind> never = EnumSet.noneOf(EventKind.class);
        for (EventKind kind : EventKind.values()) {
            String history = HISTORIES.get(kind);
            boolean told = history != null
                    && new ActSteps(TestProgrammes.published(PROGRAMME))
                            .play(history)
                            .kinds
                            .contains(kind);
            if (!told && kind != EventKind.NONE) {
                never.add(kind);
            }
        }
        assertThat(never).as("kinds that no history here shows").isEmpty();
    }
}
