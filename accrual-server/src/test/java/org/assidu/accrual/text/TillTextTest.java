package org.assidu.accrual.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import org.assidu.accrual.document.ParsedProgramme;
import org.assidu.accrual.document.ProgrammeParser;
import org.assidu.accrual.model.MemberStanding;
import org.assidu.accrual.model.MemberStanding.Expiring;
import org.assidu.accrual.model.MemberStanding.Progress;
import org.assidu.accrual.model.MemberStanding.Usable;
import org.assidu.accrual.model.ProgrammeDocument;
import org.junit.jupiter.api.Test;

/** What cashiers and members read, word for word. */
class TillTextTest {
    private static final long POINT = 1_000_000;
    private static final int TODAY = (int) LocalDate.of(2026, 3, 2).toEpochDay();
    private static final TillPerson KNOWN = new TillPerson(null, false);

    private static final ProgrammeDocument PROGRAMME = programme("""
            format: 1
            id: points
            name: {en: Points Club, fr: Club Points}
            effective_from: 2026-01-01
            time_zone: Europe/Paris
            currency: EUR
            earning: {basis: AMOUNT, points: 1}
            threshold_rewards:
              - {id: ten-off, measure: POINTS, reaches: 300, auto_apply: true, reward: {kind: PERCENTAGE_OFF, value: 10}}
              - {id: coffee, measure: VISITS, reaches: 10, reward: {kind: FREE_ARTICLE, sku: COFFEE}}
              - {id: spend, measure: SPEND, reaches: 1000, reward: {kind: GIFT_VOUCHER, value: 12.5}}
            tiers:
              measure: SPEND
              window: LIFETIME
              downgrade: ONE_DOWN
              levels: [{id: gold, name: {en: Gold, fr: Or}, reaches: 500}]
            """);

    private static ProgrammeDocument programme(String text) {
        ParsedProgramme parsed = ProgrammeParser.parse(text);
        if (parsed.document() == null) {
            throw new IllegalArgumentException(parsed.problems().toString());
        }
        return parsed.document();
    }

    private static MemberStanding standing(
            long points, long visits, long spend, List<Usable> usable, List<Expiring> expiring, String tier) {
        return new MemberStanding(
                7,
                PROGRAMME,
                TODAY,
                302_533_333,
                4,
                usable,
                List.of(
                        new Progress("ten-off", points, 300 * POINT),
                        new Progress("coffee", visits, 10),
                        new Progress("spend", spend, 100_000)),
                expiring,
                tier);
    }

    private static MemberStanding plain() {
        return standing(2_533_333, 1, 100, List.of(), List.of(), null);
    }

    private static String prompts(MemberStanding standing, TillPerson person, String language) {
        return TillPrompts.choose(standing, person, language).stream()
                .map(prompt -> prompt.code() + ": " + prompt.text())
                .collect(Collectors.joining("\n"));
    }

    private static String receipt(long points, MemberStanding standing, String language) {
        List<String> lines = ReceiptMessage.lines(points, standing, language);
        assertThat(lines).allMatch(line -> line.length() <= ReceiptMessage.COLUMNS);
        return String.join("\n", lines) + "\n";
    }

    @Test
    void theThreeMostImportantThingsAreSaid() {
        MemberStanding all = standing(
                250 * POINT,
                1,
                0,
                List.of(new Usable("ten-off", 2)),
                List.of(new Expiring(TODAY + 5, 20 * POINT)),
                "gold");
        assertThat(prompts(all, new TillPerson(0, true), "en")).isEqualTo("""
                REWARD_TO_OFFER: The till will take off: 10 % off × 2
                BIRTHDAY: Birthday today: wish them well
                TIER: Status Gold""");
        assertThat(prompts(all, new TillPerson(0, true), "fr")).isEqualTo("""
                REWARD_TO_OFFER: Sera déduit par la caisse : une remise de 10 % × 2
                BIRTHDAY: C'est son anniversaire : souhaitez-le
                TIER: Statut Or""");
    }

    @Test
    void whatIsLessImportantIsSaidWhenThereIsRoom() {
        MemberStanding near =
                standing(250_500_000, 1, 0, List.of(), List.of(new Expiring(TODAY + 5, 20 * POINT)), null);
        assertThat(prompts(near, new TillPerson(40, true), "en")).isEqualTo("""
                NEXT_REWARD: 49.5 points to go: 10 % off
                POINTS_EXPIRING: 20 points to use by 7 March 2026
                EMAIL_MISSING: Ask for an e-mail address""");
        assertThat(prompts(near, new TillPerson(40, true), "fr")).isEqualTo("""
                NEXT_REWARD: Plus que 49,5 points : une remise de 10 %
                POINTS_EXPIRING: 20 points à utiliser jusqu'au 7 mars 2026
                EMAIL_MISSING: Demandez une adresse e-mail""");
    }

    @Test
    void nothingIsSaidWhereThereIsNothingToSay() {
        assertThat(prompts(plain(), KNOWN, "en")).isEmpty();
        MemberStanding none = new MemberStanding(7, null, 0, 0, 0, List.of(), List.of(), List.of(), null);
        assertThat(prompts(none, new TillPerson(2, true), "en"))
                .isEqualTo("BIRTHDAY: Birthday in 2 days\nEMAIL_MISSING: Ask for an e-mail address");
        assertThat(prompts(standing(-5 * POINT, 0, 0, List.of(), List.of(), null), KNOWN, "en"))
                .isEmpty();
    }

    @Test
    void theRewardThatIsNearestIsNamedWithWhatIsMissing() {
        assertThat(prompts(standing(POINT, 9, 0, List.of(), List.of(), null), KNOWN, "en"))
                .isEqualTo("NEXT_REWARD: 1 visit to go: a free article (COFFEE)");
        assertThat(prompts(standing(POINT, 8, 0, List.of(), List.of(), null), KNOWN, "fr"))
                .isEqualTo("NEXT_REWARD: Plus que 2 visites : un article offert (COFFEE)");
        assertThat(prompts(standing(POINT, 1, 95_050, List.of(), List.of(), null), KNOWN, "en"))
                .isEqualTo("NEXT_REWARD: 49.50 EUR of purchases to go: a gift voucher of 12.5 EUR");
        assertThat(prompts(standing(299_999_999, 1, 0, List.of(), List.of(), null), KNOWN, "en"))
                .as("what is missing is never rounded away")
                .isEqualTo("NEXT_REWARD: 0.01 points to go: 10 % off");
    }

    @Test
    void birthdaysAreKnownAcrossTheYearsEndAndOnLeapDays() {
        int newYear = (int) LocalDate.of(2027, 1, 1).toEpochDay();
        assertThat(TillPerson.of("1990-12-31", "a@b", newYear).daysToBirthday()).isEqualTo(-1);
        assertThat(TillPerson.of("1990-01-02", "a@b", newYear - 1).daysToBirthday())
                .isEqualTo(2);
        int feb28 = (int) LocalDate.of(2027, 2, 28).toEpochDay();
        assertThat(TillPerson.of("2000-02-29", "a@b", feb28).daysToBirthday()).isZero();
        assertThat(TillPerson.of(null, " ", TODAY)).isEqualTo(new TillPerson(null, true));
        assertThat(TillPerson.of("soon", "a@b", TODAY)).isEqualTo(KNOWN);
        assertThat(prompts(plain(), new TillPerson(-1, false), "fr")).isEqualTo("BIRTHDAY: Anniversaire hier");
        assertThat(prompts(plain(), new TillPerson(1, false), "fr")).isEqualTo("BIRTHDAY: Anniversaire demain");
        assertThat(prompts(plain(), new TillPerson(-3, false), "en")).isEqualTo("BIRTHDAY: Birthday 3 days ago");
        assertThat(prompts(plain(), new TillPerson(4, false), "en")).isEmpty();
    }

    @Test
    void aReceiptTellsPointsBalanceRewardsAndWhatEnds() {
        MemberStanding standing = standing(
                252_533_333,
                1,
                100,
                List.of(new Usable("coffee", 1)),
                List.of(new Expiring(TODAY + 28, 20 * POINT), new Expiring(TODAY + 29, POINT)),
                null);
        assertThat(receipt(12_500_000, standing, "en")).isEqualTo("""
                Points Club
                Points of this receipt: 12.5
                Your balance: 302.53 points
                On your next visit: a free article
                  (COFFEE)
                47.47 points to go: 10 % off
                Use by 30 March 2026: 20 points
                """);
        assertThat(receipt(12_500_000, standing, "fr")).isEqualTo("""
                Club Points
                Points de ce ticket : 12,5
                Votre solde : 302,53 points
                À votre prochaine visite : un article
                  offert (COFFEE)
                Plus que 47,47 points : une remise de
                  10 %
                À utiliser jusqu'au 30 mars 2026 :
                  20 points
                """);
    }

    @Test
    void aReturnSaysWhatItTook() {
        assertThat(receipt(-5 * POINT, plain(), "en")).startsWith("Points Club\nPoints taken back: 5\n");
        assertThat(receipt(-5 * POINT, plain(), "fr")).startsWith("Club Points\nPoints repris : 5\n");
    }

    private static MemberStanding cagnotte(String purses, MemberStanding.Money... money) {
        ProgrammeDocument programme = programme("""
                format: 1
                id: points
                name: {en: Points Club, fr: Club Points}
                effective_from: 2026-01-01
                time_zone: Europe/Paris
                currency: EUR
                earning: {basis: AMOUNT, points: 1}
                money_purses: [%s]
                """.formatted(purses));
        return new MemberStanding(
                7, programme, TODAY, 40 * POINT, 4, List.of(), List.of(), List.of(), null, List.of(money));
    }

    @Test
    void aMoneyPurseIsSaidInMoney() {
        MemberStanding one = cagnotte(
                "{id: cagnotte}",
                new MemberStanding.Money(
                        "cagnotte",
                        1,
                        520_900_000,
                        520_900_000,
                        80_000_000,
                        List.of(new Expiring(TODAY + 5, 120_000_000))));
        assertThat(prompts(one, KNOWN, "en")).isEqualTo("MONEY_TO_USE: Purse to use: 5.20 EUR");
        assertThat(prompts(one, KNOWN, "fr")).isEqualTo("MONEY_TO_USE: Cagnotte à utiliser : 5,20 EUR");
        assertThat(String.join("\n", ReceiptMessage.lines(POINT, new long[] {45_000_000}, one, "fr")))
                .isEqualTo("""
                        Club Points
                        Points de ce ticket : 1
                        Votre solde : 40 points
                        Cagnotte de ce ticket : 0,45 EUR
                        Votre cagnotte : 5,20 EUR
                        Cagnotte à utiliser jusqu'au 7 mars
                          2026 : 1,20 EUR""");
        assertThat(String.join("\n", ReceiptMessage.lines(POINT, new long[] {-45_000_000}, one, "en")))
                .isEqualTo("""
                        Points Club
                        Points of this receipt: 1
                        Your balance: 40 points
                        Purse, taken back: 0.45 EUR
                        Your purse: 5.20 EUR
                        Purse, use by 7 March 2026: 1.20 EUR""");
    }

    @Test
    void severalPursesAreNamedAndPointsThatCanBecomeMoneyAreSaid() {
        MemberStanding two = cagnotte(
                "{id: cagnotte, points_per_unit: 10}, {id: gifts}",
                new MemberStanding.Money("cagnotte", 1, 100_000_000, 0, 400_000_000, List.of()),
                new MemberStanding.Money("gifts", 2, 0, 0, 0, List.of()));
        assertThat(prompts(two, KNOWN, "en")).isEqualTo("POINTS_TO_CONVERT: Points can become 4 EUR (purse cagnotte)");
        assertThat(prompts(two, KNOWN, "fr"))
                .isEqualTo("POINTS_TO_CONVERT: Points échangeables contre 4 EUR (cagnotte cagnotte)");
        assertThat(receipt(POINT, two, "en")).isEqualTo("""
                Points Club
                Points of this receipt: 1
                Your balance: 40 points
                Your purse cagnotte: 1 EUR
                Points can become 4 EUR (purse cagnotte)
                """);
    }

    @Test
    void aRewardOfTheShopThatWasGrantedIsOfferedByItsName() {
        ProgrammeDocument shop = programme("""
                format: 1
                id: points
                name: {en: Points Club, fr: Club Points}
                effective_from: 2026-01-01
                time_zone: Europe/Paris
                currency: EUR
                earning: {basis: AMOUNT, points: 1}
                shop:
                  - {id: mug, name: {en: Mug, fr: Tasse}, kind: FREE_ARTICLE, sku: "42", price: 40, cost: 3.20}
                """);
        MemberStanding granted = new MemberStanding(
                7, shop, TODAY, 40 * POINT, 4, List.of(new Usable("mug", 2)), List.of(), List.of(), null);
        assertThat(prompts(granted, KNOWN, "en")).isEqualTo("REWARD_TO_OFFER: Offer: Mug × 2");
        assertThat(prompts(granted, KNOWN, "fr")).isEqualTo("REWARD_TO_OFFER: À proposer : Tasse × 2");
        assertThat(receipt(POINT, granted, "fr")).endsWith("À votre prochaine visite : Tasse × 2\n");
    }
}
