package org.assidu.accrual.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.assidu.accrual.document.ProgrammeParser;
import org.assidu.accrual.model.ProgrammeDocument;
import org.junit.jupiter.api.Test;

class ProgrammeDescriptionTest {
    private static final ProgrammeDocument DOCUMENT = ProgrammeParser.parse("""
                    format: 1
                    id: points
                    name: {en: Points Club, fr: Club Points}
                    effective_from: 2026-01-01
                    time_zone: Europe/Paris
                    currency: EUR
                    purse: {negative: DEBT}
                    earning:
                      points: 1.5
                      exclude: {categories: [tobacco], tenders: [GIFT_CARD]}
                      promoted_articles_earn: false
                    threshold_rewards:
                      - {id: ten, measure: POINTS, reaches: 300, auto_apply: true, reward_receipts_earn: false,
                         reward: {kind: PERCENTAGE_OFF, value: 10}}
                    cards:
                      - {from: 2990000000002, to: 2999999999991, auto_enrol: true}
                    """).document();

    @Test
    void englishSaysEveryRule() {
        assertThat(ProgrammeDescription.describe(DOCUMENT, "en")).isEqualTo("""
                        Points Club, for purchases from 1 January 2026.
                        You earn 1.5 points for each 1 EUR you spend, after discounts, VAT included.
                        Buying a gift card earns nothing.
                        These categories earn nothing: tobacco.
                        What you pay with the following earns nothing: gift cards.
                        Articles on promotion earn nothing.
                        Fractions of a point are kept and add up from receipt to receipt.
                        Each time you reach 300 points, you unlock 10 % off, to use from your next visit on.
                        The till applies it by itself.
                        Using it takes 300 points from your balance.
                        A receipt on which you use it earns nothing.
                        Returning an article takes back what it earned; keep the receipt for up to 365 days.
                        Returns never take your balance below zero; what is missing is taken from your next points.
                        Receipts that reach us more than 45 days after the purchase earn nothing.
                        If you forgot your card, you can claim the receipt within 30 days.
                        Cards 2990000000002 to 2999999999991 belong to the programme and join it when first scanned.
                        """);
    }

    @Test
    void frenchSaysEveryRule() {
        assertThat(ProgrammeDescription.describe(DOCUMENT, "fr")).isEqualTo("""
                        Club Points, pour les achats à partir du 1er janvier 2026.
                        Vous gagnez 1,5 point par tranche de 1 EUR dépensé, remises déduites, TVA comprise.
                        L'achat d'une carte cadeau ne rapporte rien.
                        Ces rayons ne rapportent rien : tobacco.
                        Ce que vous payez ainsi ne rapporte rien : carte cadeau.
                        Les articles en promotion ne rapportent rien.
                        Les fractions de point sont conservées et s'additionnent d'un ticket à l'autre.
                        Chaque fois que vous atteignez 300 points, vous débloquez une remise de 10 %, à utiliser dès votre prochaine visite.
                        La caisse l'applique d'elle-même.
                        Son utilisation retire 300 points de votre solde.
                        Un ticket sur lequel vous l'utilisez ne rapporte rien.
                        Le retour d'un article reprend ce qu'il avait rapporté ; gardez le ticket jusqu'à 365 jours.
                        Un retour ne rend jamais votre solde négatif ; ce qui manque est pris sur vos prochains points.
                        Un ticket qui nous parvient plus de 45 jours après l'achat ne rapporte rien.
                        Si vous avez oublié votre carte, vous pouvez faire valoir le ticket pendant 30 jours.
                        Les cartes 2990000000002 à 2999999999991 appartiennent au programme et y adhèrent au premier passage.
                        """);
    }

    @Test
    void whatReturnsRestoreIsSaid() {
        ProgrammeDocument document = ProgrammeParser.parse("""
                        format: 1
                        id: points
                        effective_from: 2026-01-01
                        time_zone: Europe/Paris
                        currency: EUR
                        earning: {points: 1}
                        returns_restore_rewards: true
                        """).document();
        assertThat(ProgrammeDescription.describe(document, "en"))
                .contains("up to 365 days. When all of a receipt comes back, the rewards used on it are given back.\n");
        assertThat(ProgrammeDescription.describe(document, "fr"))
                .contains("365 jours. Si tout le ticket est rendu, les avantages utilisés sont rendus aussi.\n");
    }
}
