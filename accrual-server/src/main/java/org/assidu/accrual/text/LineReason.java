package org.assidu.accrual.text;

import java.math.BigDecimal;
import java.util.Currency;
import org.assidu.accrual.model.Mechanics;
import org.assidu.accrual.model.Mechanics.Tiers;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.Points;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.ProgrammeDocument.Basis;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.ReceiptStatus;
import org.jspecify.annotations.Nullable;

/** Why a line of a recorded receipt earned what it did, as one English sentence. */
public final class LineReason {
    private final @Nullable ProgrammeDocument programme;
    private final ReceiptColumns receipt;
    private final OutcomeColumns outcome;

    /** @param programme that priced the receipt; null when none did */
    public LineReason(@Nullable ProgrammeDocument programme, ReceiptColumns receipt, OutcomeColumns outcome) {
        this.programme = programme;
        this.receipt = receipt;
        this.outcome = outcome;
    }

    public String of(int line) {
        String points = Points.format(Math.abs(outcome.linePointsMicro[line])) + " points";
        return switch (outcome.lineStatus[line]) {
            case EARNED -> earned(line, points);
            case NOT_ELIGIBLE, NONE -> notEligible(line);
            case RETURNED -> "A return: it took back " + points + ", what its original line still credited for it.";
            case RETURNED_AT_CURRENT_RATE ->
                "A return without its receipt: it took back " + points + ", at the rate of the day.";
            case ORIGINAL_NOT_FOUND ->
                "A return of a receipt or line that is not known here: the points stay as they are.";
            case RETURN_EXCEEDS_SALE -> "More articles came back than were sold: the points stay as they are.";
        };
    }

    private String earned(int line, String points) {
        if (programme == null) {
            return "Earned " + points + ".";
        }
        String sign = outcome.linePointsMicro[line] < 0 ? "Took " : "Earned ";
        return switch (programme.earning().basis()) {
            case AMOUNT -> sign + points + " on " + counted(line) + bonuses(line) + ".";
            case ARTICLE ->
                sign + points + " on " + decimal(outcome.eligible[line], 3) + " articles" + bonuses(line) + ".";
            case VISIT -> "Takes part in the visit, which earns once for the whole receipt.";
        };
    }

    /** What bonuses added, such as {@code , of which 10 points as Double points on Tuesdays}. */
    private String bonuses(int line) {
        StringBuilder text = new StringBuilder();
        for (int s = 0; s < outcome.shares; s++) {
            if (outcome.shareLine[s] == line) {
                text.append(text.isEmpty() ? ", of which " : " and ")
                        .append(Points.format(outcome.shareMicro[s]))
                        .append(" points as ")
                        .append(name(outcome.shareRule[s]));
            }
        }
        return text.toString();
    }

    /** Name of a bonus or, after the bonuses, of a tier. */
    private String name(int rule) {
        if (programme == null) {
            return "";
        }
        Mechanics mechanics = programme.mechanics();
        int bonus = rule - 1 - programme.thresholdRewards().size();
        int tier = bonus - mechanics.bonuses().size();
        if (tier < 0) {
            return mechanics.bonuses().get(bonus).nameEn();
        }
        Tiers tiers = mechanics.tiers();
        return tiers == null ? "" : tiers.levels().get(tier).nameEn();
    }

    private String counted(int line) {
        String eligible = money(outcome.eligible[line]);
        if (outcome.eligible[line] == receipt.amountMinor[line]) {
            return eligible;
        }
        for (int p = 0; p < outcome.prices; p++) {
            if (outcome.priceLine[p] == line) {
                return eligible + " of " + money(receipt.amountMinor[line]) + " (without the discount for members)";
            }
        }
        boolean exclusive = programme != null && programme.earning().tax() == ProgrammeDocument.Tax.EXCLUDED;
        return eligible + " of " + money(receipt.amountMinor[line])
                + (exclusive
                        ? " (without VAT, and without what was paid in a way that does not earn)"
                        : " (without what was paid in a way that does not earn)");
    }

    private String notEligible(int line) {
        String whole = wholeReceipt();
        if (whole != null) {
            return whole;
        }
        if (receipt.giftCardSale(line)) {
            return "Selling a gift card earns nothing; using it may.";
        }
        if (programme == null) {
            return "The programme leaves this line out.";
        }
        ProgrammeDocument.Earning earning = programme.earning();
        String store = receipt.string(receipt.store);
        if (earning.excludedStores().contains(store)) {
            return "The programme leaves store " + store + " out.";
        }
        String category = receipt.string(receipt.category[line]);
        for (String excluded : earning.excludedCategories()) {
            if (category.equals(excluded) || category.startsWith(excluded + "/")) {
                return "The programme leaves category " + excluded + " out.";
            }
        }
        if (receipt.promoted(line) && !earning.promotedArticlesEarn() && earning.basis() != Basis.VISIT) {
            return "On promotion: the programme lets promoted articles earn nothing.";
        }
        if (receipt.usedRewards > 0) {
            return "A reward was used on this receipt, which then earns nothing.";
        }
        return "The programme leaves this line out.";
    }

    /** What keeps the whole receipt from earning; null when nothing does. */
    private @Nullable String wholeReceipt() {
        ReceiptStatus status = outcome.status;
        return switch (status) {
            case SOLD_TOO_LONG_AGO ->
                "Sold before the time that the programme still accepts: the receipt earns nothing.";
            case MEMBER_UNKNOWN -> "The identifier belongs to nobody: the receipt earns nothing.";
            case MEMBER_CLOSED -> "The membership has ended: the receipt earns nothing.";
            case CARD_BLOCKED -> "The card was reported lost: the receipt earns nothing.";
            case NO_PROGRAMME -> "No programme was in force when this was sold, or its last day to earn was over.";
            case ACCRUED,
                    PROVISIONAL,
                    ALREADY_ACCRUED,
                    VOIDED,
                    REWARD_UNFUNDED,
                    RECEIPT_CONFLICT,
                    CHUNK_GAP,
                    MALFORMED_IDENTITY,
                    MALFORMED_LINE,
                    MALFORMED_TOTAL,
                    MALFORMED_IDENTIFIER,
                    CURRENCY_NOT_ACCEPTED,
                    AMOUNT_OUT_OF_RANGE,
                    SOLD_IN_THE_FUTURE,
                    OVERLOADED -> receipt.memberKey == 0 ? "No member was named on the receipt." : null;
        };
    }

    private String money(long minor) {
        String code = ReceiptColumns.currencyCode(receipt.currency);
        int digits = code.isEmpty() ? 2 : Math.max(0, Currency.getInstance(code).getDefaultFractionDigits());
        return BigDecimal.valueOf(minor, digits).toPlainString() + " " + code;
    }

    private static String decimal(long value, int digits) {
        return BigDecimal.valueOf(value, digits).stripTrailingZeros().toPlainString();
    }
}
