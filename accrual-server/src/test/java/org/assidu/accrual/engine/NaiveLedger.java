package org.assidu.accrual.engine;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.assidu.accrual.model.ReceiptColumns;

/**
 * What one programme means, written a second time with decimals and maps and without any of the engine's code: AMOUNT at
 * one point a euro, promoted articles and category "a" excluded, CARRY, a reward at 300 points (KEEP), reward receipts
 * earn nothing, gift card tenders reduce.
 */
final class NaiveLedger {
    private static final BigDecimal REACHES = new BigDecimal("300");

    static final String PROGRAMME = """
            earning:
              points: 1
              promoted_articles_earn: false
              exclude: {categories: [a], tenders: [GIFT_CARD]}
            threshold_rewards:
              - id: ten-percent
                measure: POINTS
                reaches: 300
                reward: {kind: PERCENTAGE_OFF, value: 10}
                reward_receipts_earn: false
            """;

    private static final class Member {
        BigDecimal purse = BigDecimal.ZERO;
        BigDecimal progress = BigDecimal.ZERO;
        int unlocked;
        int receipts;

        void earn(BigDecimal points) {
            purse = purse.add(points);
            count(points);
        }

        void count(BigDecimal points) {
            progress = progress.add(points);
            while (progress.compareTo(REACHES) >= 0) {
                progress = progress.subtract(REACHES);
                unlocked++;
            }
            while (progress.signum() < 0 && unlocked > 0) {
                progress = progress.add(REACHES);
                unlocked--;
            }
        }
    }

    private record Sold(long member, BigDecimal[] points, BigDecimal[] quantity, BigDecimal[] returned) {}

    private final Map<Long, Member> members = new HashMap<>();
    private final Map<Long, Sold> sold = new HashMap<>();

    void record(ReceiptColumns receipt) {
        Member member = receipt.memberKey == 0 ? null : members.computeIfAbsent(receipt.memberKey, key -> new Member());
        boolean used = receipt.usedRewards > 0 && member != null;
        boolean unfunded = false;
        if (used) {
            member.purse = member.purse.subtract(REACHES);
            unfunded = member.unlocked == 0;
            member.unlocked = Math.max(0, member.unlocked - 1);
        }
        BigDecimal[] points = new BigDecimal[receipt.lines];
        BigDecimal[] cents = afterTenders(receipt);
        BigDecimal total = BigDecimal.ZERO;
        for (int line = 0; line < receipt.lines; line++) {
            boolean back = receipt.quantityThousandths[line] < 0;
            boolean linked = back && receipt.originalOfLine[line] >= 0;
            String category = receipt.string(receipt.category[line]);
            boolean excluded = receipt.promoted(line)
                    || receipt.giftCardSale(line)
                    || category.equals("a")
                    || category.startsWith("a/");
            boolean counts = member != null && !excluded && !linked && (back || !used);
            points[line] = counts ? cents[line].movePointLeft(2) : BigDecimal.ZERO;
            total = total.add(points[line]);
            if (back) {
                points[line] = BigDecimal.ZERO;
            }
        }
        if (member != null) {
            member.earn(total);
            member.receipts++;
        }
        takeBack(receipt);
        if (unfunded) {
            member.count(REACHES.negate());
        }
        BigDecimal[] quantity = new BigDecimal[receipt.lines];
        BigDecimal[] returned = new BigDecimal[receipt.lines];
        for (int line = 0; line < receipt.lines; line++) {
            quantity[line] = BigDecimal.valueOf(receipt.quantityThousandths[line], 3);
            returned[line] = BigDecimal.ZERO;
        }
        sold.put(receipt.number, new Sold(receipt.memberKey, points, quantity, returned));
    }

    /** Cents of each line after gift cards: one cent after the other to the line whose exact share is furthest ahead. */
    private static BigDecimal[] afterTenders(ReceiptColumns receipt) {
        BigDecimal[] cents = new BigDecimal[receipt.lines];
        BigDecimal total = BigDecimal.ZERO;
        for (int line = 0; line < receipt.lines; line++) {
            cents[line] = BigDecimal.valueOf(receipt.amountMinor[line]);
            total = total.add(cents[line].max(BigDecimal.ZERO));
        }
        long gift = 0;
        for (int tender = 0; tender < receipt.tenders; tender++) {
            gift += receipt.tenderMinor[tender];
        }
        BigDecimal excluded = BigDecimal.valueOf(gift).min(total);
        BigDecimal left = excluded;
        BigDecimal[] rest = new BigDecimal[receipt.lines];
        for (int line = 0; line < receipt.lines; line++) {
            BigDecimal amount = cents[line].max(BigDecimal.ZERO);
            BigDecimal[] share = total.signum() == 0
                    ? new BigDecimal[] {BigDecimal.ZERO, BigDecimal.ZERO}
                    : amount.multiply(excluded).divideAndRemainder(total);
            cents[line] = cents[line].subtract(share[0]);
            left = left.subtract(share[0]);
            rest[line] = share[1];
        }
        while (left.signum() > 0) {
            int best = 0;
            for (int line = 1; line < receipt.lines; line++) {
                best = rest[line].compareTo(rest[best]) > 0 ? line : best;
            }
            cents[best] = cents[best].subtract(BigDecimal.ONE);
            rest[best] = BigDecimal.ONE.negate();
            left = left.subtract(BigDecimal.ONE);
        }
        return cents;
    }

    private void takeBack(ReceiptColumns receipt) {
        Map<Long, BigDecimal> taken = new TreeMap<>();
        for (int line = 0; line < receipt.lines; line++) {
            int original = receipt.originalOfLine[line];
            if (receipt.quantityThousandths[line] >= 0 || original < 0) {
                continue;
            }
            Sold sale = sold.get(receipt.originalNumber[original]);
            int at = receipt.originalLine[original];
            if (sale == null || at >= sale.quantity.length || sale.quantity[at].signum() <= 0) {
                continue;
            }
            BigDecimal after = sale.returned[at].add(BigDecimal.valueOf(-receipt.quantityThousandths[line], 3));
            if (after.compareTo(sale.quantity[at]) > 0) {
                continue;
            }
            BigDecimal back = share(sale, at, after).subtract(share(sale, at, sale.returned[at]));
            sale.returned[at] = after;
            taken.merge(sale.member, back, BigDecimal::add);
        }
        taken.forEach((key, points) -> {
            if (key != 0) {
                members.get(key).earn(points.negate());
            }
        });
    }

    private static BigDecimal share(Sold sale, int line, BigDecimal returned) {
        return sale.points[line].multiply(returned).divide(sale.quantity[line], 6, RoundingMode.FLOOR);
    }

    BigDecimal purse(long member) {
        return members.containsKey(member) ? members.get(member).purse : BigDecimal.ZERO;
    }

    int unlocked(long member) {
        return members.containsKey(member) ? members.get(member).unlocked : 0;
    }

    int receipts(long member) {
        return members.containsKey(member) ? members.get(member).receipts : 0;
    }
}
