package org.assidu.accrual.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.assidu.accrual.model.Bonus;
import org.assidu.accrual.model.Bonus.AwardKind;
import org.assidu.accrual.model.Mechanics;
import org.assidu.accrual.model.Mechanics.Desk;
import org.assidu.accrual.model.Problem;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.ProgrammeDocument.Validity;
import org.assidu.accrual.model.ProgrammeDocument.ValidityEnd;
import org.assidu.accrual.model.ProgrammeDocument.ValidityUnit;
import org.junit.jupiter.api.Test;

class MechanicsReaderTest {
    private static ProgrammeDocument read(String text) {
        ParsedProgramme parsed = ProgrammeParser.parse(text);
        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.document()).isNotNull();
        return parsed.document();
    }

    @Test
    void everySectionIsRead() {
        ProgrammeDocument document = read(WholeProgramme.TEXT);
        Mechanics mechanics = document.mechanics();

        assertThat(document.purse().validity())
                .isEqualTo(new Validity(12, ValidityUnit.MONTHS, ValidityEnd.END_OF_MONTH, true));
        assertThat(document.purse().pendingDays()).isEqualTo(14);
        assertThat(document.purse().reminderDays()).containsExactly(30, 7);
        assertThat(mechanics.moneyPurses()).singleElement().satisfies(purse -> {
            assertThat(purse.purse().id()).isEqualTo("cagnotte");
            assertThat(purse.minimumToSpend()).isEqualTo(BigDecimal.valueOf(5));
        });
        assertThat(mechanics.bonuses())
                .extracting(bonus -> bonus.award().kind())
                .containsExactly(
                        AwardKind.MULTIPLIER,
                        AwardKind.EXTRA_RATE,
                        AwardKind.FIXED_POINTS,
                        AwardKind.CASHBACK_PERCENT,
                        AwardKind.CASHBACK_AMOUNT,
                        AwardKind.REWARD,
                        AwardKind.TAG,
                        AwardKind.MEMBER_PRICE_PERCENT,
                        AwardKind.MEMBER_PRICE_AMOUNT);
        Bonus bonus = mechanics.bonuses().get(0);
        assertThat(bonus.nameFr()).isEqualTo("Points doublés le mardi");
        assertThat(bonus.when().weekdays()).containsExactly(DayOfWeek.TUESDAY);
        assertThat(bonus.when().from()).isEqualTo(LocalTime.of(8, 0));
        assertThat(bonus.when().lastDay()).isEqualTo(LocalDate.of(2026, 12, 31));
        assertThat(bonus.when().birthday()).isEqualTo(new Bonus.BirthdayWindow(3, 4));
        assertThat(bonus.limits().budget()).isEqualTo(BigDecimal.valueOf(10_000));
        assertThat(bonus.controlPercent()).isEqualTo(BigDecimal.TEN);
        assertThat(mechanics.acts())
                .extracting(act -> act.kind() + " " + act.code() + " " + act.number())
                .containsExactly(
                        "WELCOME null 0",
                        "BIRTHDAY null 0",
                        "CUSTOM app 0",
                        "EVERY_MONTHS null 6",
                        "DORMANT null 90",
                        "TIER_ENTRY gold 0");
        assertThat(mechanics.tiers().levels()).hasSize(2);
        assertThat(mechanics.clubs().get(0).access().spend()).isEqualByComparingTo("200");
        assertThat(mechanics.clubs().get(1).access()).isEqualTo(Mechanics.ClubAccess.OPEN);
        assertThat(mechanics.shop().get(0).stock()).isEqualTo(100L);
        assertThat(mechanics.shop().get(1).stock()).isNull();
        assertThat(mechanics.promoCodes()).hasSize(2);
        assertThat(mechanics.guards().neverEarn()).containsExactly("tobacco");
        assertThat(mechanics.objectives()).hasSize(1);
        assertThat(mechanics.desk().claimDays()).isEqualTo(20);
        assertThat(mechanics.noticeDays()).isEqualTo(30);
        assertThat(mechanics.lastBurnDay()).isEqualTo(LocalDate.of(2027, 12, 31));
    }

    @Test
    void theCanonicalTextReadsAsTheSameDocument() {
        ParsedProgramme parsed = ProgrammeParser.parse(WholeProgramme.TEXT);
        ParsedProgramme again = ProgrammeParser.parse(parsed.canonicalText());

        assertThat(again.problems()).isEmpty();
        assertThat(again.document()).isEqualTo(parsed.document());
        assertThat(again.canonicalText()).isEqualTo(parsed.canonicalText());
        assertThat(again.sha256()).isEqualTo(parsed.sha256());
    }

    @Test
    void whatSaysNothingHasNoPlaceInTheCanonicalText() {
        String empty = WholeProgramme.HEADER + """
                purse: {pending_days: 0, reminder_days: []}
                money_purses: []
                bonuses: []
                acts: []
                clubs: []
                shop: []
                promo_codes: []
                guards: {never_earn: []}
                objectives: []
                desk: {adjustment_limit: 10000.00, approval_above: 1e3}
                notice_days: 0
                """.replace("1e3", "1000.0");

        assertThat(read(empty).mechanics()).isEqualTo(Mechanics.NONE);
        assertThat(ProgrammeParser.parse(empty).canonicalText())
                .isEqualTo(ProgrammeParser.parse(WholeProgramme.HEADER).canonicalText());
        assertThat(Mechanics.NONE.desk()).isEqualTo(Desk.DEFAULT);
    }

    /** Journals hold these hashes: a new section must not change them. */
    @Test
    void hashesOfProgrammesWithoutMechanicsStayAsTheyWere() throws Exception {
        assertThat(ProgrammeParser.parse(ProgrammeParserTest.resource("points")).sha256())
                .isEqualTo("ef88384b63a57f2dd552bc31ec47aa4b0fb7842896353c32ccacbd0174684bd6");
        assertThat(ProgrammeParser.parse(ProgrammeParserTest.resource("online-retail"))
                        .sha256())
                .isEqualTo("076e85a224c839d8865e3b197894568bde9b7c3ed9a0075c39d90524e4585c76");
    }

    @Test
    void everyMistakeIsReportedAtOnceWithItsLineAndAHint() {
        String text = WholeProgramme.HEADER + """
                purse: {validity: {lenght: 12, unit: MONTH}, reminder_days: [a, 7]}
                bonuses:
                  - id: a
                    when: {weekdays: [TEUSDAY], from: 8h, first_day: 2026-02-30, nth_visit: {window: CALENDAR_MONTH}}
                    award: {kind: MULTIPLYER, value: 2}
                    budget: 100
                  - {id: b, award: {kind: CASHBACK_PERCENT, vlaue: 3}}
                  - {id: c}
                acts:
                  - {id: d, act: CUSTOM, points: 5}
                  - {id: e, act: DORMANT, point: 5}
                  - {id: f, points: 5}
                tiers: {measure: SPEND, window: CALENDAR_YEAR, levels: [{id: gold, name: Gold}]}
                shop:
                  - {id: g, kind: FREE_ARTICEL, price: 5}
                  - {id: h, kind: VOUCHER, price: 5, stock: many}
                promo_codes: [{code: XY}]
                objectives: [{id: o, metric: RETENTION, target: 75, first_day: 2026-01-01, last_day: 2026-12-31}]
                gaurds: {never_earn: [tobacco]}
                """;

        List<Problem> problems = ProgrammeParser.parse(text).problems();

        assertThat(problems.stream().map(Problem::toString).toList())
                .containsExactlyElementsOf(EXPECTED.lines().toList());
    }

    private static final String EXPECTED = """
            7:20 purse.validity.lenght: is no key here; did you mean length?
            7:38 purse.validity.unit: is "MONTH"; write one of DAYS, MONTHS, perhaps MONTHS
            7:62 purse.reminder_days[0]: is "a"; write a whole number
            10:23 bonuses[0].when.weekdays[0]: is "TEUSDAY"; write one of MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY, perhaps TUESDAY
            10:39 bonuses[0].when.from: "8h" is no time; write hours and minutes such as "08:00", 00:00 for midnight
            10:54 bonuses[0].when.first_day: "2026-02-30" is no day; write one such as 2026-01-31
            10:77 bonuses[0].when.nth_visit.n: is missing; write which visit, such as 10 for every tenth
            11:19 bonuses[0].award.kind: is "MULTIPLYER"; write one of EXTRA_RATE, FIXED_POINTS, MULTIPLIER, CASHBACK_PERCENT, CASHBACK_AMOUNT, REWARD, TAG, MEMBER_PRICE_PERCENT, MEMBER_PRICE_AMOUNT, perhaps MULTIPLIER
            12:5 bonuses[0].budget: is no key here; the keys are award, combine, control_percent, exclusive_group, funded_by, group, id, limits, name, programme, when
            13:20 bonuses[1].award.target: is missing; write the id of the money purse
            13:45 bonuses[1].award.vlaue: is no key here; did you mean value?
            14:5 bonuses[2].award: is missing; write what it gives: kind: MULTIPLIER and value: 2 below it
            16:5 acts[0].code: is missing; write the code that the event carries, such as app
            17:5 acts[1].days: is missing; write how many days without a purchase, such as 90
            17:27 acts[1].point: is no key here; did you mean points?
            18:5 acts[2].act: is missing; write what is rewarded, such as WELCOME
            19:57 tiers.levels[0].reaches: is missing; write the measure that qualifies, such as 500
            19:74 tiers.levels[0].name: is "Gold"; write keys and values below it
            21:19 shop[0].kind: is "FREE_ARTICEL"; write one of PERCENTAGE_OFF, FIXED_AMOUNT, FREE_ARTICLE, GIFT_CARD, VOUCHER, EARLY_ACCESS, EVENT_SEAT, DONATION, PARTNER, perhaps FREE_ARTICLE
            22:5 shop[1].value: is missing; write an amount such as 5
            22:45 shop[1].stock: is "many"; write a whole number
            23:15 promo_codes[0].first_day: is missing; write the first day, such as 2026-01-01
            23:15 promo_codes[0].last_day: is missing; write the last day, such as 2026-12-31
            24:30 objectives[0].metric: is "RETENTION"; write one of RETENTION_PERCENT, REPURCHASE_PERCENT, AVERAGE_BASKET, COST_CEILING
            25:1 gaurds: is no key here; did you mean guards?
            """;
}
