package org.assidu.accrual.text;

import static org.assidu.accrual.text.ProgrammeWords.number;

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

/** English. */
final class EnglishProgrammeWords implements ProgrammeWords {
    @Override
    public String earning(ProgrammeDocument document) {
        Earning earning = document.earning();
        String points = points(earning.points());
        return switch (earning.basis()) {
            case AMOUNT ->
                "You earn " + points + " for each 1 " + document.currency() + " you spend, after discounts, VAT "
                        + (earning.tax() == Tax.INCLUDED ? "included." : "excluded.");
            case ARTICLE ->
                "You earn " + points + " for each article you buy; weighed goods count "
                        + (earning.weighedGoods() == WeighedGoods.PER_LINE
                                ? "as one article each time."
                                : "by their weight or volume.");
            case VISIT -> "You earn " + points + " for each visit on which you buy something, once a receipt.";
        };
    }

    @Override
    public List<String> exclusions(ProgrammeDocument document) {
        Earning earning = document.earning();
        List<String> sentences = new ArrayList<>();
        sentences.add("Buying a gift card earns nothing.");
        if (!earning.excludedCategories().isEmpty()) {
            sentences.add("These categories earn nothing: " + String.join(", ", earning.excludedCategories()) + ".");
        }
        if (!earning.excludedStores().isEmpty()) {
            sentences.add("These stores take no part: " + String.join(", ", earning.excludedStores()) + ".");
        }
        if (!earning.excludedTenders().isEmpty()) {
            List<String> tenders = earning.excludedTenders().stream()
                    .map(EnglishProgrammeWords::tender)
                    .toList();
            sentences.add("What you pay with the following earns nothing: " + String.join(", ", tenders) + ".");
        }
        if (!earning.promotedArticlesEarn() && earning.basis() != Basis.VISIT) {
            sentences.add("Articles on promotion earn nothing.");
        }
        return sentences;
    }

    private static String tender(TenderKind kind) {
        return switch (kind) {
            case UNSPECIFIED, OTHER -> "other means of payment";
            case CASH -> "cash";
            case BANK_CARD -> "bank cards";
            case GIFT_CARD -> "gift cards";
            case VOUCHER -> "vouchers";
            case LOYALTY_REWARD -> "loyalty rewards";
            case MEAL_VOUCHER -> "meal vouchers";
            case CREDIT -> "credit";
        };
    }

    @Override
    public String rounding(Rounding rounding) {
        return switch (rounding) {
            case CARRY -> "Fractions of a point are kept and add up from receipt to receipt.";
            case FLOOR_PER_RECEIPT -> "The points of a receipt are rounded down to whole points.";
            case HALF_UP_PER_RECEIPT -> "The points of a receipt are rounded to the nearest whole point.";
        };
    }

    @Override
    public List<String> reward(ProgrammeDocument document, ThresholdReward reward) {
        List<String> sentences = new ArrayList<>();
        String category = reward.category() == null ? "" : " in the category " + reward.category();
        String each = reward.surplus() == Surplus.KEEP ? "Each time you reach " : "Whenever you reach ";
        sentences.add(each + measure(document, reward) + category + window(reward) + ", you unlock "
                + unlocked(document, reward) + ", to use from your next visit on.");
        if (reward.surplus() == Surplus.RESET) {
            sentences.add("What goes beyond the threshold does not count towards the next one.");
        }
        if (reward.autoApply()) {
            sentences.add("The till applies it by itself.");
        }
        if (reward.measure() == Measure.POINTS) {
            sentences.add("Using it takes " + points(reward.reaches()) + " from your balance.");
        }
        if (!reward.rewardReceiptsEarn()) {
            sentences.add("A receipt on which you use it earns nothing.");
        }
        return sentences;
    }

    private static String measure(ProgrammeDocument document, ThresholdReward reward) {
        boolean one = ProgrammeWords.isOne(reward.reaches());
        return switch (reward.measure()) {
            case POINTS -> points(reward.reaches());
            case SPEND -> number(reward.reaches()) + " " + document.currency() + " of purchases";
            case ARTICLES -> number(reward.reaches()) + (one ? " article" : " articles");
            case VISITS -> number(reward.reaches()) + (one ? " visit" : " visits");
        };
    }

    private static String window(ThresholdReward reward) {
        return switch (reward.window()) {
            case LIFETIME -> "";
            case CALENDAR_MONTH -> " within a calendar month";
            case CALENDAR_YEAR -> " within a calendar year";
        };
    }

    @Override
    public String unlocked(ProgrammeDocument document, ThresholdReward reward) {
        String value = number(reward.value());
        return switch (reward.kind()) {
            case PERCENTAGE_OFF -> value + " % off";
            case FIXED_AMOUNT -> value + " " + document.currency() + " off";
            case GIFT_VOUCHER -> "a gift voucher of " + value + " " + document.currency();
            case FREE_ARTICLE -> "a free article (" + reward.sku() + ")";
            case UNSPECIFIED -> "a reward";
        };
    }

    @Override
    public String returns(ProgrammeDocument document) {
        return "Returning an article takes back what it earned; keep the receipt for up to "
                + document.returnWindowDays() + " days."
                + (document.returnsRestoreRewards()
                        ? " When all of a receipt comes back, the rewards used on it are given back."
                        : "");
    }

    @Override
    public String negative(NegativePolicy policy) {
        return switch (policy) {
            case ALLOW -> "Returns may take your balance below zero.";
            case FLOOR_AT_ZERO -> "Returns never take your balance below zero.";
            case DEBT -> "Returns never take your balance below zero; what is missing is taken from your next points.";
        };
    }

    @Override
    public String window(ProgrammeDocument document) {
        return "Receipts that reach us more than " + document.acceptedPastDays()
                + " days after the purchase earn nothing.";
    }

    @Override
    public String cards(CardRange range) {
        return String.format(
                "Cards %013d to %013d belong to the programme%s.",
                range.first(), range.last(), range.autoEnrol() ? " and join it when first scanned" : "");
    }

    private static String points(BigDecimal points) {
        return number(points) + (ProgrammeWords.isOne(points) ? " point" : " points");
    }
}
