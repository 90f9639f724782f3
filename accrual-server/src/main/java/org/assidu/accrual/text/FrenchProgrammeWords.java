package org.assidu.accrual.text;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.ProgrammeDocument.Basis;
import org.assidu.accrual.model.ProgrammeDocument.CardRange;
import org.assidu.accrual.model.ProgrammeDocument.Earning;
import org.assidu.accrual.model.ProgrammeDocument.Measure;
import org.assidu.accrual.model.ProgrammeDocument.NegativePolicy;
import org.assidu.accrual.model.ProgrammeDocument.Rounding;
import org.assidu.accrual.model.ProgrammeDocument.Surplus;
import org.assidu.accrual.model.ProgrammeDocument.Tax;
import org.assidu.accrual.model.ProgrammeDocument.ThresholdReward;
import org.assidu.accrual.model.ProgrammeDocument.WeighedGoods;
import org.assidu.accrual.model.TenderKind;

/** French; decimals with a comma. */
final class FrenchProgrammeWords implements ProgrammeWords {
    @Override
    public String earning(ProgrammeDocument document) {
        Earning earning = document.earning();
        String points = points(earning.points());
        return switch (earning.basis()) {
            case AMOUNT ->
                "Vous gagnez " + points + " par tranche de 1 " + document.currency()
                        + " dépensé, remises déduites, TVA "
                        + (earning.tax() == Tax.INCLUDED ? "comprise." : "non comprise.");
            case ARTICLE ->
                "Vous gagnez " + points + " par article acheté ; les produits pesés comptent "
                        + (earning.weighedGoods() == WeighedGoods.PER_LINE
                                ? "chaque fois pour un article."
                                : "selon leur poids ou leur volume.");
            case VISIT -> "Vous gagnez " + points + " par visite avec achat, une fois par ticket.";
        };
    }

    @Override
    public List<String> exclusions(ProgrammeDocument document) {
        Earning earning = document.earning();
        List<String> sentences = new ArrayList<>();
        sentences.add("L'achat d'une carte cadeau ne rapporte rien.");
        if (!earning.excludedCategories().isEmpty()) {
            sentences.add("Ces rayons ne rapportent rien : " + String.join(", ", earning.excludedCategories()) + ".");
        }
        if (!earning.excludedStores().isEmpty()) {
            sentences.add("Ces magasins ne participent pas : " + String.join(", ", earning.excludedStores()) + ".");
        }
        if (!earning.excludedTenders().isEmpty()) {
            List<String> tenders = earning.excludedTenders().stream()
                    .map(FrenchProgrammeWords::tender)
                    .toList();
            sentences.add("Ce que vous payez ainsi ne rapporte rien : " + String.join(", ", tenders) + ".");
        }
        if (!earning.promotedArticlesEarn() && earning.basis() != Basis.VISIT) {
            sentences.add("Les articles en promotion ne rapportent rien.");
        }
        return sentences;
    }

    private static String tender(TenderKind kind) {
        return switch (kind) {
            case UNSPECIFIED, OTHER -> "autres moyens de paiement";
            case CASH -> "espèces";
            case BANK_CARD -> "carte bancaire";
            case GIFT_CARD -> "carte cadeau";
            case VOUCHER -> "bon d'achat";
            case LOYALTY_REWARD -> "avantage fidélité";
            case MEAL_VOUCHER -> "titre-restaurant";
            case CREDIT -> "crédit";
        };
    }

    @Override
    public String rounding(Rounding rounding) {
        return switch (rounding) {
            case CARRY -> "Les fractions de point sont conservées et s'additionnent d'un ticket à l'autre.";
            case FLOOR_PER_RECEIPT -> "Les points d'un ticket sont arrondis au point inférieur.";
            case HALF_UP_PER_RECEIPT -> "Les points d'un ticket sont arrondis au point le plus proche.";
        };
    }

    @Override
    public List<String> reward(ProgrammeDocument document, ThresholdReward reward) {
        List<String> sentences = new ArrayList<>();
        String category = reward.category() == null ? "" : " dans le rayon " + reward.category();
        String each = reward.surplus() == Surplus.KEEP ? "Chaque fois que" : "Dès que";
        sentences.add(each + " vous atteignez " + measure(document, reward) + category + window(reward)
                + ", vous débloquez " + unlocked(document, reward) + ", à utiliser dès votre prochaine visite.");
        if (reward.surplus() == Surplus.RESET) {
            sentences.add("Ce qui dépasse le seuil ne compte pas pour le suivant.");
        }
        if (reward.autoApply()) {
            sentences.add("La caisse l'applique d'elle-même.");
        }
        if (reward.measure() == Measure.POINTS) {
            sentences.add("Son utilisation retire " + points(reward.reaches()) + " de votre solde.");
        }
        if (!reward.rewardReceiptsEarn()) {
            sentences.add("Un ticket sur lequel vous l'utilisez ne rapporte rien.");
        }
        return sentences;
    }

    private static String measure(ProgrammeDocument document, ThresholdReward reward) {
        boolean few = isSingular(reward.reaches());
        return switch (reward.measure()) {
            case POINTS -> points(reward.reaches());
            case SPEND -> number(reward.reaches()) + " " + document.currency() + " d'achats";
            case ARTICLES -> number(reward.reaches()) + (few ? " article" : " articles");
            case VISITS -> number(reward.reaches()) + (few ? " visite" : " visites");
        };
    }

    private static String window(ThresholdReward reward) {
        return switch (reward.window()) {
            case LIFETIME -> "";
            case CALENDAR_MONTH -> " dans un mois civil";
            case CALENDAR_YEAR -> " dans une année civile";
        };
    }

    @Override
    public String unlocked(ProgrammeDocument document, ThresholdReward reward) {
        String value = number(reward.value());
        return switch (reward.kind()) {
            case PERCENTAGE_OFF -> "une remise de " + value + " %";
            case FIXED_AMOUNT -> "une remise de " + value + " " + document.currency();
            case GIFT_VOUCHER -> "un chèque cadeau de " + value + " " + document.currency();
            case FREE_ARTICLE -> "un article offert (" + reward.sku() + ")";
            case UNSPECIFIED -> "un avantage";
        };
    }

    @Override
    public String returns(ProgrammeDocument document) {
        return "Le retour d'un article reprend ce qu'il avait rapporté ; gardez le ticket jusqu'à "
                + document.returnWindowDays() + " jours."
                + (document.returnsRestoreRewards()
                        ? " Si tout le ticket est rendu, les avantages utilisés sont rendus aussi."
                        : "");
    }

    @Override
    public String negative(NegativePolicy policy) {
        return switch (policy) {
            case ALLOW -> "Un retour peut rendre votre solde négatif.";
            case FLOOR_AT_ZERO -> "Un retour ne rend jamais votre solde négatif.";
            case DEBT ->
                "Un retour ne rend jamais votre solde négatif ; ce qui manque est pris sur vos prochains points.";
        };
    }

    @Override
    public String window(ProgrammeDocument document) {
        return "Un ticket qui nous parvient plus de " + document.acceptedPastDays()
                + " jours après l'achat ne rapporte rien.";
    }

    @Override
    public String cards(CardRange range) {
        return String.format(
                "Les cartes %013d à %013d appartiennent au programme%s.",
                range.first(), range.last(), range.autoEnrol() ? " et y adhèrent au premier passage" : "");
    }

    private static String points(BigDecimal points) {
        return number(points) + (isSingular(points) ? " point" : " points");
    }

    /** French counts anything below two as one. */
    private static boolean isSingular(BigDecimal value) {
        return value.compareTo(BigDecimal.valueOf(2)) < 0;
    }

    private static String number(BigDecimal value) {
        return ProgrammeWords.number(value).replace('.', ',');
    }
}
