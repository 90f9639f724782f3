package org.assidu.accrual.programme;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.model.LineStatus;
import org.assidu.accrual.model.LotKey;
import org.assidu.accrual.model.Mechanics.Club;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.ReceiptColumns;
import org.jspecify.annotations.Nullable;

/** A club in integers. */
public final class ClubRule {
    private static final int ARTICLE_THOUSANDTHS = 1_000;
    /** Articles of one line that count: more would last for lifetimes. */
    private static final int MOST_ARTICLES = 100;

    private final Club source;
    private final int index;
    private final int rule;
    private final byte @Nullable [] sku;
    private final long averageBasketMinor;
    private final long spendMinor;

    private ClubRule(Club source, int index, int rule, int currencyDigits) {
        this.source = source;
        this.index = index;
        this.rule = rule;
        sku = source.sku() == null ? null : RewardRule.bytes(source.sku());
        averageBasketMinor = minor(source.access().averageBasket(), currencyDigits);
        spendMinor = minor(source.access().spend(), currencyDigits);
    }

    private static long minor(@Nullable BigDecimal amount, int digits) {
        return amount == null ? 0 : amount.movePointRight(digits).longValueExact();
    }

    static List<ClubRule> of(ProgrammeDocument document, int firstRule) {
        List<Club> clubs = document.mechanics().clubs();
        int digits = Math.max(0, ProgrammeCompiler.minorDigits(document.currency()));
        List<ClubRule> rules = new ArrayList<>(clubs.size());
        for (int i = 0; i < clubs.size(); i++) {
            rules.add(new ClubRule(clubs.get(i), i, firstRule + i, digits));
        }
        return List.copyOf(rules);
    }

    /** The club as its owner wrote it. */
    public Club source() {
        return source;
    }

    public String id() {
        return source.id();
    }

    /** Among the programme's clubs, from 0. */
    public int index() {
        return index;
    }

    /** Among the programme's rules. */
    public int rule() {
        return rule;
    }

    /** Whether membership is paid for at the till. */
    public boolean hasFee() {
        return source.fee().signum() > 0;
    }

    /** Whether memberships end by themselves. */
    public boolean ends() {
        return source.months() > 0;
    }

    /** Whether who may join depends on purchases. */
    public boolean asksForPurchases() {
        return averageBasketMinor > 0 || spendMinor > 0 || source.access().purchases() > 0;
    }

    /**
     * Whether purchases meet what the club asks for; an invitation is looked at apart.
     *
     * @param baskets receipts with a purchase
     */
    public boolean isOpenTo(long boughtMinor, long baskets) {
        return baskets >= source.access().purchases()
                && (spendMinor == 0 || boughtMinor >= spendMinor)
                && (averageBasketMinor == 0 || (baskets > 0 && boughtMinor / baskets >= averageBasketMinor));
    }

    /** Last day of a membership that began on a day and has been bought for so many periods. */
    public int lastDay(int sinceDay, long periods) {
        return lastDayOfMonths(sinceDay, Math.toIntExact(periods * source.months()));
    }

    /** Last day of a membership once so many periods more, or less, are bought; before it began = it is over. */
    public int lastDay(int sinceDay, int lastDay, long periodsMore) {
        if (!ends() || lastDay == LotKey.NEVER) {
            return periodsMore > 0 ? LotKey.NEVER : sinceDay - 1;
        }
        long months = CivilDays.month(lastDay) - CivilDays.month(sinceDay) + periodsMore * source.months();
        return months <= 0 ? sinceDay - 1 : lastDayOfMonths(sinceDay, Math.toIntExact(months));
    }

    private int lastDayOfMonths(int sinceDay, int months) {
        return ends() ? Math.min(LotKey.NEVER, CivilDays.plusMonths(sinceDay, months)) : LotKey.NEVER;
    }

    /** Whether a line sells or brings back what joins the club. */
    public boolean isFee(ReceiptColumns receipt, int line) {
        return sku != null && Texts.same(receipt, receipt.sku[line], sku);
    }

    /** Articles of a receipt's sale lines that join the club and have not come back. */
    public long articlesSold(ReceiptColumns receipt, long @Nullable [] returned) {
        long sum = 0;
        for (int line = 0; line < receipt.lines && sku != null; line++) {
            if (!receipt.isReturn(line) && isFee(receipt, line)) {
                long left = receipt.quantityThousandths[line] - (returned == null ? 0 : returned[line]);
                sum += left / ARTICLE_THOUSANDTHS;
            }
        }
        return Math.min(sum, MOST_ARTICLES);
    }

    /** Articles that join the club and come back without their receipt. */
    public long articlesReturned(ReceiptColumns receipt, OutcomeColumns priced) {
        long sum = 0;
        for (int line = 0; line < receipt.lines && sku != null; line++) {
            if (priced.lineStatus[line] == LineStatus.RETURNED_AT_CURRENT_RATE && isFee(receipt, line)) {
                sum -= receipt.quantityThousandths[line] / ARTICLE_THOUSANDTHS;
            }
        }
        return Math.min(sum, MOST_ARTICLES);
    }
}
