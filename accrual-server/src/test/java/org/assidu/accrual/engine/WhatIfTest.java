package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.model.Points;
import org.assidu.accrual.replay.WhatIf;
import org.assidu.accrual.replay.WhatIfQuestion;
import org.assidu.accrual.replay.WhatIfReport;
import org.assidu.accrual.replay.WhatIfReport.Change;
import org.assidu.accrual.replay.WhatIfReport.GiverChange;
import org.assidu.accrual.replay.WhatIfReport.MemberGroup;
import org.assidu.accrual.replay.WhatIfReport.MoneyChange;
import org.assidu.accrual.replay.WhatIfReport.PurseChange;
import org.junit.jupiter.api.Test;

/** What other rules would have changed in small histories, with every figure worked out by hand. */
final class WhatIfTest {
    private static final String ONE = "earning: {points: 1}\n";
    private static final String TWO = "earning: {points: 2}\n";
    private static final String GIFT =
            "threshold_rewards: [{id: gift, measure: POINTS, reaches: 100, reward: {kind: GIFT_VOUCHER, value: 5}}]\n";
    private static final String MUG =
            "shop: [{id: mug, name: {en: Mug, fr: Tasse}, kind: FREE_ARTICLE, sku: \"42\", price: %d, cost: 3.20}]\n";

    private static final class Silence implements WhatIf.Progress {
        @Override
        public void surveyed(long position) {}

        @Override
        public void decided(long position, long records) {}
    }

    private static String text(String programme) {
        return TestProgrammes.published(programme).sourceText();
    }

    private static WhatIfReport ask(JournalTill till, String programme) {
        return ask(till, programme, null, null);
    }

    private static WhatIfReport ask(JournalTill till, String programme, String from, String to) {
        return WhatIf.answer(
                new WhatIfQuestion(
                        programme == null ? null : text(programme),
                        from == null ? null : LocalDate.parse(from),
                        to == null ? null : LocalDate.parse(to),
                        null),
                till::reader,
                new Silence());
    }

    private static String points(Change change) {
        return Points.format(change.before()) + " -> " + Points.format(change.after());
    }

    private static String givers(List<GiverChange> givers) {
        return givers.stream()
                .map(giver -> giver.name() + " " + points(giver.given()))
                .collect(Collectors.joining(", "));
    }

    private static String group(MemberGroup group) {
        return (group.name() + " +" + group.better() + " -" + group.worse() + " =" + group.same()).trim();
    }

    private static String money(List<MoneyChange> rows) {
        return rows.stream()
                .map(row -> row.key() + " "
                        + (row.minor() == null
                                ? "?"
                                : row.minor().before() + " -> " + row.minor().after()))
                .collect(Collectors.joining(", "));
    }

    @Test
    void actsAreWorthWhatTheOtherRulesSayAndAWelcomeIsGivenToWhoeverJoined() {
        String acts = "acts: [{id: hello, act: WELCOME, points: 50}, {id: opinion, act: SURVEY, points: 10}]\n";
        JournalTill till = new JournalTill(ONE + acts);
        till.enrol(1);
        till.operate(OperationKind.ACT, 1, "SURVEY", "k", 9, till.now());
        till.sell("#1 m1 10.00");
        WhatIfReport same = ask(till, null);
        assertThat(same.nothingChanged()).isTrue();
        assertThat(same.sameState()).isTrue();
        assertThat(givers(ask(till, ONE + acts.replace("50", "70")).rules())).contains("hello 50 -> 70");
        assertThat(givers(ask(till, ONE).rules())).contains("hello 50 -> 0").contains("opinion 10 -> 0");

        JournalTill plain = new JournalTill(ONE);
        plain.enrol(1);
        plain.sell("#1 m1 10.00");
        assertThat(ask(plain, null).sameState()).isTrue();
        assertThat(givers(ask(plain, ONE + acts).rules())).contains("hello 0 -> 50");
    }

    @Test
    void anotherRateGivesMoreToTheMembersOfTheStoresThatSold() {
        JournalTill till = new JournalTill(ONE + GIFT);
        till.sell("#1 m1 10.00");
        till.sell("#2 m2 store=Nice 20.00");
        till.sell("#3 m3 store=Nice 5.00");
        till.sell("#4 m3 -1x-5.00 store=Nice");
        till.sell("#5 7.00");
        WhatIfReport report = ask(till, TWO + GIFT);
        // The return names no original: it is taken at the base rate.
        assertThat(givers(report.rules())).isEqualTo("base 30 -> 60");
        assertThat(givers(report.stores())).isEqualTo("Nice 20 -> 40, Lyon 10 -> 20");
        PurseChange purse = report.purses().get(0);
        assertThat(points(purse.outstanding())).isEqualTo("30 -> 60");
        assertThat(report.storeMembers().stream()
                        .sorted(Comparator.comparing(MemberGroup::name))
                        .map(WhatIfTest::group))
                .containsExactly("Lyon +1 -0 =0", "Nice +1 -0 =1");
        assertThat(group(report.members())).isEqualTo("+2 -0 =1");
        // Five euros for a hundred points.
        assertThat(money(report.cost())).isEqualTo("points 150 -> 300, member_prices 0 -> 0, total 150 -> 300");
        assertThat(money(report.liability())).isEqualTo("points 150 -> 300, total 150 -> 300");
        assertThat(report.stretch().receipts()).isEqualTo(5);
        assertThat(report.stretch().otherwise()).isEqualTo(4);
        assertThat(report.sameState()).isFalse();
        assertThat(report.nothingChanged()).isFalse();
    }

    @Test
    void aReturnTakesBackWhatTheOtherRulesGaveForIt() {
        JournalTill till = new JournalTill(ONE);
        till.sell("#1 m1 3x30.00");
        till.sell("#2 m1 -1x-10.00<1:1");
        WhatIfReport report = ask(till, TWO + "bonuses: [{id: ten, award: {kind: FIXED_POINTS, value: 10}}]\n");
        assertThat(points(report.purses().get(0).outstanding())).isEqualTo("20 -> 50");
        till.sell("#3 m1 -2x-20.00<1:1");
        report = ask(till, TWO + "bonuses: [{id: ten, award: {kind: FIXED_POINTS, value: 10}}]\n");
        assertThat(points(report.purses().get(0).outstanding())).isEqualTo("0 -> 0");
        assertThat(report.nothingChanged()).as("the way there was another").isFalse();
    }

    @Test
    void whatATillGaveForARewardIsAFactAlsoWhereTheRulesWouldNotHaveUnlockedIt() {
        JournalTill till = new JournalTill(ONE + GIFT);
        till.sell("#1 m1 120.00");
        till.sell("#2 m1 uses=gift 30.00");
        WhatIfReport report = ask(till, "earning: {points: 0.5}\n" + GIFT);
        assertThat(report.redemptions().receipts()).isEqualTo(1);
        assertThat(report.redemptions().unfundedReceipts()).isEqualTo(new Change(0, 1));
        PurseChange purse = report.purses().get(0);
        assertThat(points(purse.spent())).isEqualTo("-100 -> -100");
        // 120 - 100 + 30, and 60 - 100 + 15.
        assertThat(points(purse.outstanding())).isEqualTo("50 -> -25");
        assertThat(purse.belowZeroMembers()).isEqualTo(new Change(0, 1));
        assertThat(group(report.members())).isEqualTo("+0 -1 =0");
    }

    @Test
    void aRewardOfTheShopIsPaidAtTheOtherPriceAndHadAlsoWithoutThePoints() {
        JournalTill till = new JournalTill(ONE + MUG.formatted(40));
        till.sell("#1 m1 50.00");
        till.sell("#2 m2 70.00");
        for (long member = 1; member <= 2; member++) {
            String key = "mug-" + member;
            assertThat(till.operate(OperationKind.RESERVE, member, "mug", key, 1, till.now() + 60_000))
                    .isEqualTo(OperationStatus.DONE);
            till.operate(OperationKind.COMMIT, member, "", key, 0, 0);
        }
        WhatIfReport report = ask(till, ONE + MUG.formatted(60).replace("3.20", "4.00"));
        PurseChange purse = report.purses().get(0);
        assertThat(points(purse.spent())).isEqualTo("-80 -> -120");
        assertThat(points(purse.outstanding())).isEqualTo("40 -> 0");
        assertThat(purse.belowZeroMembers()).isEqualTo(new Change(0, 1));
        assertThat(report.redemptions().unfundedRewards()).isEqualTo(1);
        assertThat(report.redemptions().shopCostMinor()).isEqualTo(new Change(640, 800));
        assertThat(report.redemptions().refused())
                .singleElement()
                .hasToString("Refused[kind=RESERVE, status=INSUFFICIENT_POINTS, forced=true, count=1]");
    }

    @Test
    void aRewardThatTheOtherProgrammeDoesNotHaveCostsWhatItCost() {
        JournalTill till = new JournalTill(ONE + MUG.formatted(40));
        till.sell("#1 m1 100.00");
        till.operate(OperationKind.RESERVE, 1, "mug", "a", 1, till.now() + 60_000);
        till.operate(OperationKind.COMMIT, 1, "", "a", 0, 0);
        till.operate(OperationKind.RESERVE, 1, "mug", "b", 1, till.now() + 60_000);
        till.operate(OperationKind.CANCEL, 1, "", "b", 0, 0);
        WhatIfReport report = ask(till, TWO);
        PurseChange purse = report.purses().get(0);
        assertThat(points(purse.spent())).isEqualTo("-40 -> -40");
        assertThat(points(purse.outstanding())).isEqualTo("60 -> 160");
        assertThat(report.redemptions().shopCostMinor()).isEqualTo(new Change(320, 320));
        assertThat(report.redemptions().unfundedRewards()).isZero();
    }

    @Test
    void anAdjustmentIsAFactWhateverTheDeskOfTheOtherProgrammeMayDo() {
        JournalTill till = new JournalTill(ONE);
        till.sell("#1 m1 100.00");
        till.operate(OperationKind.ADJUST, 1, "points", "", 500_000_000, till.now());
        WhatIfReport report = ask(till, ONE + "desk: {adjustment_limit: 100, approval_above: 50}\n");
        assertThat(points(report.purses().get(0).desk())).isEqualTo("500 -> 500");
        assertThat(points(report.purses().get(0).outstanding())).isEqualTo("600 -> 600");
        assertThat(report.redemptions().refused())
                .singleElement()
                .satisfies(refused -> assertThat(refused.forced()).isTrue());
    }

    @Test
    void daysPassUnderRulesThatNeedThemThoughTheJournalHasNoTicks() {
        JournalTill till = new JournalTill(ONE);
        till.sell("#1 m1 10.00");
        till.passDays(5);
        till.sell("#2 m2 20.00");
        till.passDays(7);
        till.sell("#3 m2 40.00");
        WhatIfReport report = ask(till, ONE + "purse: {validity: {length: 10, unit: DAYS}}\n");
        PurseChange purse = report.purses().get(0);
        assertThat(points(purse.expired())).isEqualTo("0 -> -10");
        assertThat(points(purse.outstanding())).isEqualTo("70 -> 60");
        // As of a later day, what was earned before is gone too.
        report = ask(till, ONE + "purse: {validity: {length: 10, unit: DAYS}}\n", null, "2026-01-25");
        assertThat(points(report.purses().get(0).outstanding())).isEqualTo("70 -> 40");
    }

    @Test
    void ticksAndSettlementsOfTheOldRulesAreMadeAgainForTheNew() {
        JournalTill till = new JournalTill(ONE + "purse: {validity: {length: 10, unit: DAYS}}\n");
        till.sell("#1 m1 10.00");
        till.passDays(11);
        till.tick(Integer.MAX_VALUE);
        till.sell("#2 m2 20.00");
        till.passDays(20);
        till.tick(Integer.MAX_VALUE);
        WhatIfReport report = ask(till, ONE + "purse: {validity: {length: 25, unit: DAYS}}\n");
        assertThat(points(report.purses().get(0).expired())).isEqualTo("-30 -> -10");
        assertThat(points(report.purses().get(0).outstanding())).isEqualTo("0 -> 20");
        report = ask(till, ONE);
        assertThat(points(report.purses().get(0).expired())).isEqualTo("-30 -> 0");
    }

    @Test
    void onlyTheVersionsFromTheFirstDayOnAreReplaced() {
        JournalTill till = new JournalTill(ONE);
        till.sell("#1 m1 10.00");
        till.passDays(10);
        till.publish(TWO + "effective_from: 2026-01-10\n");
        till.sell("#2 m1 10.00");
        till.passDays(10);
        till.sell("#3 m2 10.00");
        WhatIfReport report = ask(till, "earning: {points: 4}\n", "2026-01-20", null);
        assertThat(points(report.purses().get(0).given()))
                .as("of the stretch alone")
                .isEqualTo("20 -> 40");
        assertThat(points(report.purses().get(0).outstanding())).isEqualTo("50 -> 70");
        assertThat(group(report.members())).isEqualTo("+1 -0 =1");
        // From the beginning, both versions are.
        report = ask(till, "earning: {points: 4}\n");
        assertThat(points(report.purses().get(0).given())).isEqualTo("50 -> 120");
        // Up to the tenth day there is the first sale alone.
        report = ask(till, "earning: {points: 4}\n", null, "2026-01-14");
        assertThat(points(report.purses().get(0).given())).isEqualTo("10 -> 40");
        assertThat(report.stretch().receipts()).isEqualTo(1);
    }

    @Test
    void rulesAndPursesThatOnlyOneSideHasAreCounted() {
        JournalTill till = new JournalTill(ONE + "bonuses: [{id: five, award: {kind: FIXED_POINTS, value: 5}}]\n");
        till.sell("#1 m1 10.00");
        WhatIfReport report = ask(
                till,
                ONE
                        + "money_purses: [{id: cagnotte}]\n"
                        + "bonuses: [{id: cash, award: {kind: CASHBACK_PERCENT, target: cagnotte, value: 5}}]\n");
        assertThat(report.rules().stream()
                        .filter(rule -> !rule.money())
                        .map(rule -> rule.name() + " " + points(rule.given())))
                .containsExactly("five 5 -> 0", "base 10 -> 10");
        assertThat(report.purses().get(1).given()).isEqualTo(new Change(0, 50_000_000));
        assertThat(report.members().mixed()).isEqualTo(1);
        assertThat(money(report.liability()))
                .as("nothing says what a point is worth")
                .isEqualTo("points ?, cagnotte 0 -> 50, total ?");
    }

    @Test
    void aRewardThatVisitsUnlockCostsItsAmount() {
        String stamps = "threshold_rewards: [{id: coffee, measure: VISITS, reaches: %d,"
                + " reward: {kind: GIFT_VOUCHER, value: %s}}]\n";
        JournalTill till = new JournalTill("earning: {points: 0.01}\n" + stamps.formatted(3, "2.00"));
        for (int visit = 1; visit <= 6; visit++) {
            till.sell("#" + visit + " m1 1.00" + (visit == 4 ? " uses=coffee" : ""));
        }
        WhatIfReport report = WhatIf.answer(
                new WhatIfQuestion(
                        text("earning: {points: 0.01}\n" + stamps.formatted(2, "1.50")), null, null, BigDecimal.ZERO),
                till::reader,
                new Silence());
        assertThat(report.rewards())
                .singleElement()
                .hasToString("RewardChange[rewardId=coffee, reached=Change[before=2, after=3],"
                        + " open=Change[before=1, after=2], reachedMinor=Change[before=400, after=450],"
                        + " openMinor=Change[before=200, after=300]]");
        assertThat(money(report.cost())).startsWith("points 0 -> 0, rewards 400 -> 450, ");
        assertThat(money(report.liability())).isEqualTo("points 0 -> 0, rewards 200 -> 300, total 200 -> 300");
    }

    @Test
    void aWelcomeIsGivenToEveryoneWhoEnrolledThoughTheJournalHoldsNone() {
        String fifty = ONE + "acts: [{id: welcome, act: WELCOME, points: 50, times: 1}]\n";
        JournalTill till = new JournalTill(ONE);
        till.enrol(1);
        till.sell("#1 m1 10.00");
        till.enrol(2);
        WhatIfReport report = ask(till, fifty);
        assertThat(givers(report.rules())).isEqualTo("welcome 0 -> 100, base 10 -> 10");
        assertThat(group(report.members())).isEqualTo("+2 -0 =0");

        JournalTill welcoming = new JournalTill(fifty);
        welcoming.enrol(1);
        welcoming.passDays(1);
        welcoming.enrol(1);
        report = ask(welcoming, null);
        assertThat(report.nothingChanged()).isTrue();
        assertThat(givers(report.rules())).isEqualTo("welcome 50 -> 50");
        assertThat(report.redemptions().refused()).isEmpty();
        report = ask(welcoming, ONE);
        assertThat(givers(report.rules())).isEqualTo("welcome 50 -> 0");
    }

    @Test
    void aClaimedReceiptEarnsByTheOtherRulesAndItsReturnTakesThatBack() {
        JournalTill till = new JournalTill(ONE);
        till.sell("#1 m1 1.00");
        long soldAt = till.now();
        till.sell("#2 3x30.00");
        till.pass(60_000);
        assertThat(till.operate(new Operation(
                        OperationKind.CLAIM,
                        1,
                        0,
                        "",
                        "",
                        0,
                        soldAt,
                        "anna",
                        "no card",
                        List.of("Lyon", "1", "0", "2", "0"))))
                .isEqualTo(OperationStatus.DONE);
        assertThat(ask(till, null).nothingChanged()).isTrue();
        assertThat(ask(till, null).sameState()).isTrue();
        assertThat(points(ask(till, TWO).purses().get(0).outstanding())).isEqualTo("31 -> 62");
        till.sell("#3 -1x-10.00<2:1");
        assertThat(points(ask(till, TWO).purses().get(0).outstanding())).isEqualTo("21 -> 42");
        assertThat(ask(till, null).sameState()).isTrue();
    }

    @Test
    void aHouseholdCountsOnceAndItsPurseIsThatOfAllItsMembers() {
        JournalTill till = new JournalTill(ONE);
        for (long member = 1; member <= 3; member++) {
            till.sell("#" + member + " m" + member + " 10.00");
        }
        for (long member = 1; member <= 2; member++) {
            assertThat(till.operate(new Operation(
                            OperationKind.JOIN_HOUSEHOLD,
                            member,
                            99,
                            "",
                            "",
                            0,
                            till.now(),
                            "anna",
                            "asked",
                            List.of())))
                    .isEqualTo(OperationStatus.DONE);
        }
        till.sell("#4 m2 5.00");
        WhatIfReport report = ask(till, TWO);
        assertThat(points(report.purses().get(0).outstanding())).isEqualTo("35 -> 70");
        assertThat(report.members().differenceMicro()).containsEntry("points", 35_000_000L);
        assertThat(group(report.members())).isEqualTo("+2 -0 =0");
        assertThat(ask(till, null).sameState()).isTrue();
    }

    @Test
    void aPointIsWorthWhatOneIsTold() {
        JournalTill till = new JournalTill(ONE);
        till.sell("#1 m1 10.00");
        WhatIfReport report = WhatIf.answer(
                new WhatIfQuestion(text(TWO), null, null, new BigDecimal("0.02")), till::reader, new Silence());
        assertThat(money(report.cost())).isEqualTo("points 20 -> 40, member_prices 0 -> 0, total 20 -> 40");
    }

    @Test
    void aProgrammeThatCannotBeReplayedIsRefusedWithItsReasons() {
        JournalTill till = new JournalTill(ONE);
        till.sell("#1 m1 10.00");
        WhatIfQuestion broken = new WhatIfQuestion("id: points\nearning: {points: many}\n", null, null, null);
        assertThatThrownBy(() -> WhatIf.answer(broken, till::reader, new Silence()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2:19 earning.points")
                .hasMessageContaining("currency");
        assertThatThrownBy(() -> ask(till, ONE + "currency: USD\n"))
                .hasMessageContaining("currency")
                .hasMessageContaining("EUR");
        assertThatThrownBy(() -> ask(till, ONE + "numbering: DAILY\n")).hasMessageContaining("CONTINUOUS");
        assertThatThrownBy(() -> ask(till, ONE, "2027-01-01", null))
                .hasMessageContaining("2027-01-01")
                .hasMessageContaining("--from");
        assertThatThrownBy(() -> ask(till, ONE, "2026-02-01", "2026-01-01")).hasMessageContaining("before the first");
    }
}
