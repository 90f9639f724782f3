package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** Points for acts, each heading as a table: one step a row, what comes of it last. */
final class ActTest {
    private static final String EARNING = """
            earning: {basis: AMOUNT, points: 1}
            """;

    private static ActSteps steps(String rest) {
        return new ActSteps(TestProgrammes.published(EARNING + rest));
    }

    @Test
    void aWelcomeIsGivenOnceAtTheEnrolmentOrWithACardsFirstReceipt() {
        steps("""
                acts:
                  - {id: hello, act: WELCOME, points: 50}
                """).play("""
                2026-03-02 | join 1                        | m1 +50 hello
                2026-03-02 | join 1                        |
                2026-03-02 | #1 m1 10.00                   |
                2026-03-02 | #2 m2 10.00                   | m2 +50 hello
                2026-03-02 | #3 m2 10.00                   |
                # Chunks: with the receipt that closes
                2026-03-03 | #4 m3 OPEN:1 10.00            |
                2026-03-03 | #4 m3 CLOSING:2 lines=1 total=10.00 | m3 +50 hello
                # Nothing of it is taken back with the goods
                2026-03-04 | #5 m2 -1x-10.00<2:1              |
                """);
    }

    @Test
    void membersOfBeforeTheActAreNotWelcomedAfterwards() {
        ActSteps steps = steps("");
        steps.play("2026-03-02 | join 1 |\n2026-03-02 | #1 m2 1.00 |");
        steps.recording.publish(TestProgrammes.published(2, "effective_from: 2026-03-03\n" + EARNING + """
                acts: [{id: hello, act: WELCOME, points: 50}]
                """));
        steps.play("""
                2026-03-05 | #2 m1 1.00 |
                2026-03-05 | #3 m2 1.00 |
                2026-03-05 | join 1     |
                2026-03-05 | join 3     | m3 +50 hello
                """);
    }

    @Test
    void aReferralRewardsBothWhenTheReferredMemberFirstBuys() {
        steps("""
                acts:
                  - {id: friend, act: REFERRER, points: 20, times: 2}
                  - {id: newcomer, act: REFERRED, points: 5}
                """).play("""
                2026-03-02 | join 1         |
                2026-03-02 | join 2         |
                2026-03-02 | join 3         |
                2026-03-02 | join 4         |
                2026-03-02 | refer 2 by 2   | NOT_ALLOWED
                2026-03-02 | refer 2 by 9   | MEMBER_UNKNOWN
                2026-03-02 | refer 9 by 1   | MEMBER_UNKNOWN
                2026-03-02 | refer 2 by 1   | m1 REFERRAL_INVITED 0
                2026-03-02 | refer 2 by 1   | NOTHING_TO_DO
                2026-03-02 | refer 2 by 3   | NOT_ALLOWED
                2026-03-02 | refer 1 by 2   | NOT_ALLOWED
                2026-03-02 | refer 3 by 1   | m1 REFERRAL_INVITED 0
                2026-03-02 | refer 4 by 1   | m1 REFERRAL_INVITED 0
                2026-03-03 | #1 m2 10.00    | m1 +20 friend, m2 +5 newcomer, m1 REFERRAL_COMPLETED friend 20, m2 REFERRAL_COMPLETED newcomer 5
                2026-03-03 | #2 m2 10.00    |
                2026-03-04 | #3 m3 10.00    | m1 +20 friend, m3 +5 newcomer, m1 REFERRAL_COMPLETED friend 20, m3 REFERRAL_COMPLETED newcomer 5
                # The third is beyond what the referrer may have
                2026-03-05 | #4 m4 10.00    | m4 +5 newcomer, m4 REFERRAL_COMPLETED newcomer 5, m1 REFERRAL_COMPLETED 0
                2026-03-05 | #5 m5 10.00    |
                2026-03-05 | refer 5 by 1   | TOO_LATE
                """);
    }

    @Test
    void aReferralWhoseFirstPurchaseComesBackWhollyIsOpenAgain() {
        steps("""
                acts:
                  - {id: friend, act: REFERRER, points: 20, times: 1}
                  - {id: newcomer, act: REFERRED, points: 5}
                """).play("""
                2026-03-02 | join 1                 |
                2026-03-02 | join 2                 |
                2026-03-02 | refer 2 by 1           | m1 REFERRAL_INVITED 0
                2026-03-03 | #1 m2 10.00 20.00      | m1 +20 friend, m2 +5 newcomer, m1 REFERRAL_COMPLETED friend 20, m2 REFERRAL_COMPLETED newcomer 5
                2026-03-04 | #2 m2 -1x-10.00<1:1       |
                2026-03-05 | #3 m2 -1x-20.00<1:2       | m1 -20 friend, m2 -5 newcomer
                2026-03-06 | #4 m2 7.00             | m1 +20 friend, m2 +5 newcomer, m1 REFERRAL_COMPLETED friend 20, m2 REFERRAL_COMPLETED newcomer 5
                """);
    }

    @Test
    void aReferralFollowsAReferrerWhoTurnsOutToBeAnotherMember() {
        steps("""
                acts:
                  - {id: friend, act: REFERRER, points: 20}
                  - {id: newcomer, act: REFERRED, points: 5}
                """).play("""
                2026-03-02 | join 1              |
                2026-03-02 | join 2              |
                2026-03-02 | join 3              |
                2026-03-02 | join 4              |
                2026-03-02 | refer 2 by 3        | m3 REFERRAL_INVITED 0
                2026-03-02 | refer 4 by 1        | m1 REFERRAL_INVITED 0
                2026-03-03 | merge 1 of 3        |
                2026-03-04 | #1 m2 10.00         | m1 +20 friend, m2 +5 newcomer, m1 REFERRAL_COMPLETED friend 20, m2 REFERRAL_COMPLETED newcomer 5
                2026-03-05 | #2 m4 10.00         | m1 +20 friend, m4 +5 newcomer, m1 REFERRAL_COMPLETED friend 20, m4 REFERRAL_COMPLETED newcomer 5
                2026-03-06 | join 5              |
                2026-03-06 | #3 m5 1.00          |
                2026-03-06 | merge 5 of 1        | m1 -40, m5 +40
                2026-03-07 | #4 m2 -1x-10.00<1:1 | m5 -20 friend, m2 -5 newcomer
                """);
    }

    @Test
    void surveysReviewsAndCodedActsCountOncePerKeyAndAsOftenAsTheyMay() {
        steps("""
                acts:
                  - {id: opinion, act: SURVEY, points: 10, times: 1}
                  - {id: stars, act: REVIEW, points: 4}
                  - {id: app, act: CUSTOM, code: app, points: 20, times: 1}
                """).play("""
                2026-03-02 | act 1 SURVEY k1 9      | MEMBER_UNKNOWN
                2026-03-02 | join 1                 |
                2026-03-02 | act 1 SURVEY k1 9      | m1 +10 opinion, m1 SURVEY_ANSWERED 9
                2026-03-02 | act 1 SURVEY k1 9      | ALREADY_DONE
                2026-03-02 | act 1 SURVEY k2 0      | m1 SURVEY_ANSWERED 0
                2026-03-02 | act 1 SURVEY k3 11     | MALFORMED
                2026-03-02 | act 1 SURVEY - 5       | MALFORMED
                2026-03-02 | act 1 REVIEW r1 0      | m1 +4 stars
                2026-03-02 | act 1 REVIEW r2 0      | m1 +4 stars
                2026-03-02 | act 1 CUSTOM c1 0 app  | m1 +20 app
                2026-03-02 | act 1 CUSTOM c2 0 app  | LIMIT_EXCEEDED
                2026-03-02 | act 1 CUSTOM c3 0 web  | SUBJECT_UNKNOWN
                2026-03-02 | act 1 BIRTHDAY b 0     | MALFORMED
                """);
    }

    @Test
    void actsGrantRewardsAndTheirPointsCountTowardsThresholds() {
        steps("""
                threshold_rewards:
                  - {id: ten, measure: POINTS, reaches: 100, reward: {kind: PERCENTAGE_OFF, value: 10}}
                shop:
                  - {id: mug, name: {en: Mug, fr: Tasse}, kind: FREE_ARTICLE, sku: "42", price: 40, cost: 3.20}
                acts:
                  - {id: app, act: CUSTOM, code: app, points: 60}
                  - {id: gift, act: CUSTOM, code: gift, reward: ten, times: 1}
                  - {id: cup, act: CUSTOM, code: cup, reward: mug, times: 1}
                """).play("""
                2026-03-02 | join 1                  |
                2026-03-02 | act 1 CUSTOM a 0 app    | m1 +60 app
                2026-03-02 | act 1 CUSTOM b 0 app    | m1 +60 app, m1 THRESHOLD_REACHED ten 1, m1 REWARD_AVAILABLE ten 1
                2026-03-02 | act 1 CUSTOM c 0 gift   | m1 REWARD_AVAILABLE ten 2
                2026-03-02 | act 1 CUSTOM d 0 cup    |
                """);
    }

    @Test
    void aCompletedProfileIsRewardedOnceAndAnUnfinishedOneIsRemindedOf() {
        steps("""
                acts: [{id: profile, act: PROFILE_COMPLETED, points: 15, days: 7}]
                """).play("""
                2026-03-01 |                    |
                2026-03-02 | join 1             |
                2026-03-02 | join 2             |
                2026-03-04 | fact 1 profile 1   | m1 +15 profile
                2026-03-05 | fact 1 profile 1   | NOTHING_TO_DO
                2026-03-06 | fact 1 profile 0   |
                2026-03-06 | fact 1 profile 1   |
                2026-03-08 |                    |
                2026-03-09 |                    | m2 ENROLMENT_UNFINISHED profile 7
                2026-06-01 |                    |
                """);
    }

    @Test
    void birthdaysAreAnnouncedAndCelebratedOnceAYearAlsoThoseOfTheLeapDay() {
        steps("""
                acts: [{id: cake, act: BIRTHDAY, points: 30, days_before: 5}]
                """).play("""
                2026-02-01 |                      |
                2026-02-02 | join 1               |
                2026-02-02 | fact 1 birthday 1332 | MALFORMED
                2026-02-02 | fact 1 birthday 229  |
                2026-02-02 | fact 1 birthday 229  | NOTHING_TO_DO
                2026-02-22 |                      |
                2026-02-23 |                      | m1 BIRTHDAY cake 2026-02-28
                2026-02-27 |                      |
                2026-02-28 |                      | m1 +30 cake, m1 BIRTHDAY cake 2026-02-28
                2027-02-22 |                      |
                # Three years at once: 2028 has the day
                2028-03-01 |                      | m1 BIRTHDAY cake 2027-02-28, m1 +30 cake, m1 BIRTHDAY cake 2027-02-28, m1 BIRTHDAY cake 2028-02-29, m1 +30 cake, m1 BIRTHDAY cake 2028-02-29
                # Corrected after the party: no second one this year
                2028-03-02 | fact 1 birthday 310  |
                2028-03-11 |                      | m1 BIRTHDAY cake 2028-03-10, m1 BIRTHDAY cake 2028-03-10
                # No longer to be used
                2028-03-12 | fact 1 birthday 0    |
                2030-01-01 |                      |
                """);
    }

    @Test
    void everySoManyMonthsAndAfterDaysWithoutAPurchase() {
        steps("""
                acts:
                  - {id: half, act: EVERY_MONTHS, months: 6, points: 10, times: 2}
                  - {id: miss-30, act: DORMANT, days: 30}
                  - {id: miss-60, act: DORMANT, days: 60, points: 25, times: 1}
                """).play("""
                2026-08-01 |                      |
                2026-08-31 | join 1               |
                2026-09-10 | #1 m1 10.00          |
                2026-10-09 |                      |
                2026-10-10 |                      | m1 DORMANT miss-30 30
                2026-10-20 | #2 m1 10.00          |
                2026-12-18 |                      | m1 DORMANT miss-30 30
                2026-12-19 | #3 m1 5.00           | m1 +25 miss-60, m1 DORMANT miss-60 60
                2027-02-27 |                      | m1 DORMANT miss-30 30, m1 DORMANT miss-60 60
                # Six months after 31 August end with February
                2027-02-28 |                      | m1 +10 half
                2027-08-31 |                      | m1 +10 half
                2028-08-31 |                      |
                """);
    }

    @Test
    void reachingALevelIsWorthWhatItsActsSayAlsoThoseOfLevelsPassed() {
        steps("""
                tiers:
                  measure: SPEND
                  window: LIFETIME
                  levels:
                    - {id: silver, name: {en: Silver, fr: Argent}, reaches: 100}
                    - {id: gold, name: {en: Gold, fr: Or}, reaches: 200}
                acts:
                  - {id: to-silver, act: TIER_ENTRY, tier: silver, points: 10}
                  - {id: to-gold, act: TIER_ENTRY, tier: gold, points: 25}
                """).play("""
                2026-03-01 |                |
                2026-03-02 | #1 m1 99.00    |
                2026-03-03 | #2 m1 1.00     | m1 +10 to-silver, m1 TIER_REACHED silver 1
                2026-03-04 | #3 m1 100.00   | m1 +25 to-gold, m1 TIER_REACHED gold 2
                2026-03-04 | #4 m2 250.00   | m2 +10 to-silver, m2 +25 to-gold, m2 TIER_REACHED gold 2
                """);
    }

    @Test
    void aReviewIsAskedForAfterAPurchaseWhileItIsStillRewarded() {
        steps("""
                acts: [{id: stars, act: REVIEW, points: 4, days: 7, times: 1}]
                """).play("""
                2026-03-01 |                    |
                2026-03-02 | #1 m1 10.00        |
                2026-03-05 | #2 m1 10.00        |
                2026-03-11 |                    |
                2026-03-12 |                    | m1 REVIEW_ASKED stars 7
                2026-03-13 | act 1 REVIEW r 0   | m1 +4 stars
                2026-03-20 | #3 m1 10.00        |
                2026-05-01 |                    |
                """);
    }

    @Test
    void daysBeforeAVersionIsInForceAndAfterItsLastDayOfEarningBringNothing() {
        ActSteps steps = steps("""
                acts: [{id: old, act: DORMANT, days: 10, points: 1}]
                """);
        steps.recording.publish(TestProgrammes.published(2, "effective_from: 2026-03-10\n" + EARNING + """
                last_earn_day: 2026-03-31
                last_burn_day: 2026-04-30
                acts:
                  - {id: app, act: CUSTOM, code: app, points: 20}
                  - {id: old, act: DORMANT, days: 10, points: 2}
                """));
        steps.play("""
                2026-02-01 |                      |
                2026-02-27 | #1 m1 10.00          |
                2026-03-01 | #2 m2 10.00          |
                2026-03-09 |                      | m1 +1 old, m1 DORMANT old 10
                2026-03-11 |                      | m2 +2 old, m2 DORMANT old 10
                2026-03-21 | #3 m1 10.00          |
                2026-03-22 | #4 m2 10.00          |
                2026-03-31 | act 1 CUSTOM k 0 app | m1 +2 old, m1 DORMANT old 10, m1 +20 app
                2026-04-01 | act 1 CUSTOM l 0 app | TOO_LATE
                2026-05-01 |                      |
                """);
    }

    @Test
    void aCardThatIsUsedTooOftenOnADayIsToldOnce() {
        steps("guards: {receipts_a_day: 2}\n").play("""
                2026-03-02 | #1 m1 1.00                        |
                2026-03-02 | #2 m1 1.00                        |
                2026-03-02 | #3 m2 1.00                        |
                2026-03-02 | #4 m1 1.00                        | m1 UNUSUAL_USE 3
                2026-03-02 | #5 m1 1.00                        |
                2026-03-03 | #6 m1 1.00                        |
                2026-03-03 | #7 m1 1.00 @2026-03-02T12:00Z     |
                2026-03-03 | #8 m1 1.00                        |
                2026-03-03 | #9 m1 1.00                        | m1 UNUSUAL_USE 3
                """);
    }

    @Test
    void aDatedBonusIsToldWhenItBeginsWhereDaysPass() {
        steps("""
                bonuses:
                  - {id: spring, name: {en: Spring, fr: Printemps}, when: {first_day: 2026-03-20, last_day: 2026-04-20}, award: {kind: MULTIPLIER, value: 2}}
                acts: [{id: miss, act: DORMANT, days: 300}]
                """).play("""
                2026-03-01 |  |
                2026-03-19 |  |
                2026-03-20 |  | m0 CAMPAIGN spring 2026-04-20
                2026-05-01 |  |
                """);
    }

    /** Days that are made up for under a newer version are told of by the ids of the one that was in force. */
    @Test
    void whatIsMadeUpForIsNamedAsInTheVersionOfItsDay() {
        ActSteps steps = steps("""
                acts: [{id: old, act: DORMANT, days: 10, points: 1}]
                """);
        steps.recording.publish(TestProgrammes.published(2, "effective_from: 2026-04-01\n" + EARNING + """
                acts: [{id: app, act: CUSTOM, code: app, points: 20}, {id: old, act: DORMANT, days: 10, points: 2}]
                """));
        steps.play("""
                2026-03-01 |             |
                2026-03-02 | #1 m1 10.00 |
                2026-03-02 | #2 m2 10.00 |
                """);
        steps.recording.sweeping = false;
        steps.play("""
                2026-04-02 |             | m1 +1 old, m1 DORMANT old 10, m2 +1 old, m2 DORMANT old 10
                """);
    }

    @Test
    void tagsThatAreBroughtInHoldUpToTheirLastDay() {
        ActSteps steps = steps("""
                bonuses:
                  - {id: vip, name: {en: Vip, fr: Vip}, when: {tags: [vip]}, award: {kind: FIXED_POINTS, value: 3}}
                """);
        steps.play("""
                2026-03-02 | tag 1 vip               | MEMBER_UNKNOWN
                2026-03-02 | #1 m1 10.00             |
                2026-03-02 | tag 1 vip 2026-03-05    | m1 TAGGED 2026-03-05
                2026-03-02 | tag 1 vip 2026-03-05    | NOTHING_TO_DO
                2026-03-02 | tag 1 new 2026-03-01    | TOO_LATE
                2026-03-05 | #2 m1 10.00             | m1 +3 vip
                2026-03-06 | #3 m1 10.00             |
                2026-03-06 | tag 1 vip               | m1 TAGGED 0
                2026-03-06 | tag 1 other             | m1 TAGGED 0
                2026-03-07 | #4 m1 10.00             | m1 +3 vip
                2026-03-07 | untag 1 vip             |
                2026-03-07 | untag 1 vip             | NOTHING_TO_DO
                2026-03-07 | #5 m1 10.00             |
                2026-03-08 | tag 1 vip 2027-01-01    | m1 TAGGED 2027-01-01
                2026-03-08 | untag 1                 |
                2026-03-08 | #6 m1 10.00             |
                """);
        assertThat(steps.recording.engine.counter(1, "tag/other/until")).isZero();
    }

    @Test
    void aBonusOnTheBirthdayHoldsOnceTheFactIsKnown() {
        steps("""
                bonuses:
                  - {id: cake, name: {en: Cake, fr: G}, when: {birthday: {days_before: 1, days_after: 1}}, award: {kind: FIXED_POINTS, value: 3}}
                """).play("""
                2026-03-02 | #1 m1 10.00          |
                2026-03-02 | fact 1 birthday 302  |
                2026-03-02 | #2 m1 10.00          | m1 +3 cake
                2026-03-03 | #3 m1 10.00          | m1 +3 cake
                2026-03-04 | #4 m1 10.00          |
                2027-03-01 | #5 m1 10.00          | m1 +3 cake
                """);
    }

    @Test
    void whatDaysBringDoesNotDependOnWhenMembersAreSettled() {
        String programme = EARNING + """
                purse: {id: points, validity: {length: 2, unit: MONTHS}}
                acts:
                  - {id: cake, act: BIRTHDAY, points: 30, days_before: 3}
                  - {id: month, act: EVERY_MONTHS, months: 1, points: 10}
                  - {id: miss, act: DORMANT, days: 20, points: 5}
                """;
        String history = """
                2026-02-01 |                      |
                2026-02-10 | join 1               |
                2026-02-11 | fact 1 birthday 1231 |
                2026-02-12 | #1 m1 10.00          |
                """;
        ActSteps swept = new ActSteps(TestProgrammes.published(programme)).play(history);
        ActSteps touched = new ActSteps(TestProgrammes.published(programme)).play(history);
        touched.recording.sweeping = false;
        swept.recording.day(LocalDate.parse("2027-01-15"));
        touched.recording.tickUntil(LocalDate.parse("2027-01-15"));
        assertThat(touched.recording.engine.balanceMicro(1, 0))
                .as("seen as settled before it is")
                .isEqualTo(swept.recording.engine.balanceMicro(1, 0));
        touched.recording.sweep(Integer.MAX_VALUE);
        assertThat(touched.recording.engine.stateHash()).isEqualTo(swept.recording.engine.stateHash());
        assertThat(touched.recording.replayed().stateHash()).isEqualTo(swept.recording.engine.stateHash());
    }
}
