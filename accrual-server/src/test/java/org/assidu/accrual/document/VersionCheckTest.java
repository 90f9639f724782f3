package org.assidu.accrual.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.ProgrammePart;
import org.assidu.accrual.programme.VersionCheck;
import org.assidu.accrual.programme.WorseForMembers;
import org.junit.jupiter.api.Test;

class VersionCheckTest {
    private static final String BASE = WholeProgramme.HEADER.replace("earning: {points: 1}\n", "");

    /** {@code old lines | new lines | parts that are worse for members}. */
    private static final String CHANGES = """
            earning: {points: 2} | earning: {points: 2.1} |
            earning: {points: 2} | earning: {points: 1.9} | earning
            earning: {points: 2} | earning: {points: 2, tax: EXCLUDED} | earning
            earning: {points: 2, tax: EXCLUDED} | earning: {points: 2} |
            earning: {points: 2} | earning: {points: 2, exclude: {categories: [books]}} | earning
            earning: {points: 2, exclude: {categories: [books]}} | earning: {points: 2} |
            earning: {points: 2} | earning: {points: 2, promoted_articles_earn: false} | earning
            purse: {rounding: CARRY} | purse: {rounding: FLOOR_PER_RECEIPT} | purse
            purse: {rounding: FLOOR_PER_RECEIPT} | purse: {rounding: CARRY} |
            purse: {} | purse: {validity: {length: 12, unit: MONTHS}} | purse
            purse: {validity: {length: 12, unit: MONTHS}} | purse: {validity: {length: 24, unit: MONTHS}} |
            purse: {validity: {length: 12, unit: MONTHS, end: END_OF_YEAR}} | purse: {validity: {length: 12, unit: MONTHS}} | purse
            purse: {} | purse: {pending_days: 14} | purse
            bonuses: [{id: a, award: {kind: MULTIPLIER, value: 2}}] | bonuses: [] | bonuses a
            bonuses: [{id: a, award: {kind: MULTIPLIER, value: 2}, when: {last_day: 2025-12-31}}] | bonuses: [] |
            bonuses: [] | bonuses: [{id: a, award: {kind: MULTIPLIER, value: 2}}] |
            bonuses: [{id: a, award: {kind: MULTIPLIER, value: 2}}] | bonuses: [{id: a, award: {kind: MULTIPLIER, value: 3}}] |
            bonuses: [{id: a, award: {kind: MULTIPLIER, value: 2}}] | bonuses: [{id: a, award: {kind: MULTIPLIER, value: 1.5}}] | bonuses a
            bonuses: [{id: a, award: {kind: MULTIPLIER, value: 2}}] | bonuses: [{id: a, award: {kind: MULTIPLIER, value: 2}, limits: {budget: 5}}] | bonuses a
            bonuses: [{id: a, award: {kind: MULTIPLIER, value: 2}, limits: {budget: 5}}] | bonuses: [{id: a, award: {kind: MULTIPLIER, value: 2}, limits: {budget: 6}}] |
            bonuses: [{id: a, award: {kind: MULTIPLIER, value: 2}}] | bonuses: [{id: a, award: {kind: MULTIPLIER, value: 2}, control_percent: 10}] | bonuses a
            bonuses: [{id: a, award: {kind: MULTIPLIER, value: 2}, when: {weekdays: [MONDAY, TUESDAY]}}] | bonuses: [{id: a, award: {kind: MULTIPLIER, value: 2}, when: {weekdays: [MONDAY]}}] | bonuses a
            bonuses: [{id: a, award: {kind: MULTIPLIER, value: 2}, when: {weekdays: [MONDAY]}}] | bonuses: [{id: a, award: {kind: MULTIPLIER, value: 2}}] |
            bonuses: [{id: a, award: {kind: MULTIPLIER, value: 2}, when: {from: "08:00", to: "12:00"}}] | bonuses: [{id: a, award: {kind: MULTIPLIER, value: 2}, when: {from: "07:00", to: "13:00"}}] |
            bonuses: [{id: a, award: {kind: MULTIPLIER, value: 2}, when: {from: "08:00", to: "12:00"}}] | bonuses: [{id: a, award: {kind: MULTIPLIER, value: 2}, when: {from: "08:00", to: "11:00"}}] | bonuses a
            bonuses: [{id: a, award: {kind: MULTIPLIER, value: 2}, when: {birthday: {days_before: 3}}}] | bonuses: [{id: a, award: {kind: MULTIPLIER, value: 2}, when: {birthday: {days_before: 2, days_after: 5}}}] | bonuses a
            bonuses: [{id: a, award: {kind: MULTIPLIER, value: 2}, when: {amount_at_least: 30}}] | bonuses: [{id: a, award: {kind: MULTIPLIER, value: 2}, when: {amount_at_least: 20}}] |
            acts: [{id: a, act: WELCOME, points: 50}] | acts: [{id: a, act: WELCOME, points: 40}] | acts a
            acts: [{id: a, act: WELCOME, points: 50}] | acts: [{id: a, act: WELCOME, points: 50, times: 1}] | acts a
            tiers: {measure: SPEND, window: CALENDAR_YEAR, levels: [{id: gold, reaches: 500, perks: [lounge]}]} | tiers: {measure: SPEND, window: CALENDAR_YEAR, levels: [{id: gold, reaches: 500}]} | tiers.levels gold
            tiers: {measure: SPEND, window: CALENDAR_YEAR, levels: [{id: gold, reaches: 500}]} | tiers: {measure: SPEND, window: CALENDAR_YEAR, downgrade: REQUALIFY, levels: [{id: gold, reaches: 500}, {id: top, reaches: 900}]} | tiers
            clubs: [{id: wine, months: 0}] | clubs: [{id: wine, months: 12}] | clubs wine
            clubs: [{id: wine}] | clubs: [{id: wine, first_purchase_percent: 10}] |
            shop: [{id: m, kind: VOUCHER, value: 5, price: 100}] | shop: [{id: m, kind: VOUCHER, value: 5, price: 90}] |
            shop: [{id: m, kind: VOUCHER, value: 5, price: 100}] | shop: [{id: m, kind: VOUCHER, value: 5, price: 110}] | shop m
            shop: [{id: m, kind: VOUCHER, value: 5, price: 100}] | shop: [{id: m, kind: VOUCHER, value: 5, price: 100, stock: 10}] | shop m
            guards: {} | guards: {never_earn: [tobacco], most_advantage: [{category: books, percent: 5}]} | guards
            guards: {most_advantage: [{category: books, percent: 5}]} | guards: {most_advantage: [{category: books, percent: 6}]} |
            notice_days: 30 | notice_days: 10 | notice_days
            returns_restore_rewards: true | notice_days: 0 | return_window_days
            returns_restore_rewards: false | returns_restore_rewards: true |
            last_earn_day: 2027-01-01 | last_earn_day: 2027-02-01 |
            last_earn_day: 2027-01-01 | last_earn_day: 2026-12-01 | last_earn_day
            threshold_rewards: [{id: t, measure: POINTS, reaches: 300, reward: {kind: PERCENTAGE_OFF, value: 10}}] | threshold_rewards: [{id: t, measure: POINTS, reaches: 200, reward: {kind: PERCENTAGE_OFF, value: 12}}] |
            threshold_rewards: [{id: t, measure: POINTS, reaches: 300, reward: {kind: PERCENTAGE_OFF, value: 10}}] | threshold_rewards: [{id: t, measure: POINTS, reaches: 301, reward: {kind: PERCENTAGE_OFF, value: 12}}] | threshold_rewards t
            """;

    private static ProgrammeDocument read(String lines) {
        String text = BASE + (lines.startsWith("earning") ? "" : "earning: {points: 1}\n") + lines + "\n";
        ParsedProgramme parsed = ProgrammeParser.parse(text);
        assertThat(parsed.problems()).as(lines).isEmpty();
        return parsed.document();
    }

    @Test
    void eachChangeThatGivesAMemberLessIsWorse() {
        CHANGES.lines().forEach(row -> {
            String[] cells = row.split(" \\|( |$)");
            String worse = WorseForMembers.parts(read(cells[0]), read(cells[1])).stream()
                    .map(ProgrammePart::toString)
                    .collect(Collectors.joining(", "));
            assertThat(worse).as(row).isEqualTo(cells.length > 2 ? cells[2] : "");
        });
    }

    @Test
    void noVersionIsWorseThanItself() {
        ProgrammeDocument whole = ProgrammeParser.parse(WholeProgramme.TEXT).document();

        assertThat(WorseForMembers.parts(whole, whole)).isEmpty();
        assertThat(VersionCheck.problemsOf(List.of(whole), whole)).isEmpty();
    }

    /** {@code old lines | new lines | problem}. */
    private static final String REFUSED = """
            money_purses: [{id: cagnotte}] | money_purses: [] | money_purses: "cagnotte" is missing; it holds members' money: keep it
            clubs: [{id: wine}] | clubs: [{id: beer}] | clubs: "wine" is missing; it has members
            tiers: {measure: SPEND, window: CALENDAR_YEAR, levels: [{id: gold, reaches: 500}]} | notice_days: 0 | tiers: "gold" is missing; it is held by members: keep it
            tiers: {measure: SPEND, window: CALENDAR_YEAR, levels: [{id: gold, reaches: 500}]} | tiers: {measure: POINTS_EARNED, window: CALENDAR_YEAR, levels: [{id: gold, reaches: 500}]} | tiers.measure: is POINTS_EARNED; members are counted by SPEND
            tiers: {measure: SPEND, window: CALENDAR_YEAR, levels: [{id: silver, reaches: 1}, {id: gold, reaches: 500}]} | tiers: {measure: SPEND, window: CALENDAR_YEAR, levels: [{id: silver, reaches: 1}, {id: mid, reaches: 2}, {id: gold, reaches: 500}]} | tiers.levels[2].id: "gold" is level 2, counted from the lowest, and members hold it as that; keep the order, and add levels above the highest
            tiers: {measure: SPEND, window: CALENDAR_YEAR, levels: [{id: gold, reaches: 500}]} | tiers: {measure: SPEND, window: LIFETIME, levels: [{id: gold, reaches: 500}]} | tiers.window: is LIFETIME; members are counted over CALENDAR_YEAR and would start anew: write CALENDAR_YEAR
            tiers: {measure: SPEND, window: ROLLING_MONTHS, months: 6, levels: [{id: gold, reaches: 500}]} | tiers: {measure: SPEND, window: ROLLING_MONTHS, months: 12, levels: [{id: gold, reaches: 500}]} | tiers.months: is 12; what members did more than 6 months ago is no longer known: write at most 6
            shop: [{id: m, kind: VOUCHER, value: 5, price: 100}] | shop: [] | shop: "m" is missing; it may be held by members; write a last_day
            bonuses: [{id: a, award: {kind: MULTIPLIER, value: 2}}] | bonuses: [{id: a, award: {kind: TAG, target: vip}}] | bonuses[0].id: "a" was a bonus of points and is now a bonus of tag vip
            bonuses: [{id: a, award: {kind: MULTIPLIER, value: 2}}] | acts: [{id: a, act: WELCOME, points: 5}] | acts[0].id: "a" was a bonus of points and is now an act WELCOME
            """;

    @Test
    void whatMembersHoldIsNotTakenAwayAndNoIdChangesItsMeaning() {
        REFUSED.lines().forEach(row -> {
            String[] cells = row.split(" \\| ");
            assertThat(VersionCheck.problemsOf(List.of(read(cells[0])), read(cells[1])))
                    .as(row)
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.toString()).startsWith(cells[2]));
        });
    }

    @Test
    void anOfferOfTheShopThatHasEndedMayGo() {
        String ended = "shop: [{id: m, kind: VOUCHER, value: 5, price: 100, last_day: 2025-12-31}]";

        assertThat(VersionCheck.problemsOf(List.of(read(ended)), read("shop: []")))
                .isEmpty();
    }

    @Test
    void anIdKeepsItsMeaningWhileItIsAway() {
        ProgrammeDocument first = read("bonuses: [{id: a, award: {kind: MULTIPLIER, value: 2}}]");
        ProgrammeDocument second = read("bonuses: []");
        ProgrammeDocument third = read("acts: [{id: a, act: WELCOME, points: 5}]");

        assertThat(VersionCheck.problemsOf(List.of(first, second), third)).hasSize(1);
    }

    @Test
    void whatIsWorseNeedsItsNoticeAndWhatIsBetterDoesNot() {
        ProgrammeDocument old = read("notice_days: 30\npurse: {pending_days: 5}");
        ProgrammeDocument worse = read("notice_days: 30\npurse: {pending_days: 6}");
        ProgrammeDocument better = read("notice_days: 30\npurse: {pending_days: 4}");
        // The header's first day, 1 January 2026 in Paris.
        long late = Instant.parse("2025-12-02T22:59:59Z").toEpochMilli();
        long tooLate = Instant.parse("2025-12-02T23:00:00Z").toEpochMilli();

        assertThat(VersionCheck.noticeProblems(old, worse, late)).isEmpty();
        assertThat(VersionCheck.noticeProblems(old, worse, tooLate))
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .isEqualTo("effective_from: is worse for members (purse), who must know 30 days before: write"
                                + " 2026-01-02 or later, or leave these as they are"));
        assertThat(VersionCheck.noticeProblems(old, better, tooLate)).isEmpty();
        assertThat(VersionCheck.noticeProblems(read("notice_days: 0"), worse, tooLate))
                .isEmpty();
    }
}
