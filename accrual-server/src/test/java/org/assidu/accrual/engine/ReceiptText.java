package org.assidu.accrual.engine;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assidu.accrual.model.Channel;
import org.assidu.accrual.model.MemberFact;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.ReceiptPhase;
import org.assidu.accrual.model.TenderKind;

/**
 * Receipts as one line of text, for tables in tests.
 *
 * <p>Words: {@code #7} number · {@code m5} member 5, {@code unknown}, {@code closed}, {@code blocked} · {@code
 * @2026-01-02T10:00Z} sold at · {@code OPEN:2}, {@code CLOSING:3}, {@code VOID} · {@code uses=reward}, {@code
 * uses=reward*2}, {@code uses=cagnotte:5.00} with what was taken off · {@code pays=GIFT_CARD:5.00} · {@code total=12.00}, {@code lines=3} · {@code USD} · {@code historical} ·
 * {@code store=Nice} · {@code channel=WEB} · {@code date=20260102}. Lines: {@code 10.00}, {@code 3x10.00} (quantity x amount), with {@code p}
 * promoted, {@code w} weighed, {@code g} gift card, {@code /category}, {@code !sku}, {@code ~brand}, {@code %20} VAT, {@code <7:1} line 1 of receipt 7.
 */
final class ReceiptText {
    static final long SOLD_AT =
            OffsetDateTime.parse("2026-03-02T10:00:00Z").toInstant().toEpochMilli();

    private static final Pattern LINE = Pattern.compile("(?:(-?[0-9.]+)x)?(-?[0-9]+(?:\\.[0-9]+)?)([pwg]*)"
            + "(?:/([a-z/]+))?(?:!([A-Za-z0-9-]+))?(?:~([a-z]+))?(?:%([0-9.]+))?(?:<([0-9]+):([0-9]+))?");

    private ReceiptText() {}

    static ReceiptColumns receipt(String text) {
        ReceiptColumns receipt = new ReceiptColumns();
        receipt.store = receipt.addText("Lyon");
        receipt.till = receipt.addText("1");
        receipt.currency = ReceiptColumns.packCurrency("EUR");
        receipt.soldAtMillis = SOLD_AT;
        for (String word : text.trim().split("\\s+")) {
            word(receipt, word);
        }
        return receipt;
    }

    private static void word(ReceiptColumns receipt, String word) {
        if (word.startsWith("#")) {
            receipt.number = Long.parseLong(word.substring(1));
        } else if (word.matches("m[0-9]+")) {
            receipt.memberKey = Long.parseLong(word.substring(1));
            receipt.memberFact = MemberFact.KNOWN;
        } else if (word.equals("unknown") || word.equals("closed") || word.equals("blocked")) {
            receipt.memberKey = 0;
            receipt.memberFact = MemberFact.valueOf(word.toUpperCase(Locale.ROOT));
        } else if (word.startsWith("@")) {
            receipt.soldAtMillis =
                    OffsetDateTime.parse(word.substring(1)).toInstant().toEpochMilli();
        } else if (word.startsWith("OPEN:") || word.startsWith("CLOSING:")) {
            receipt.phase = ReceiptPhase.valueOf(word.substring(0, word.indexOf(':')));
            receipt.chunk = Integer.parseInt(word.substring(word.indexOf(':') + 1));
        } else if (word.equals("VOID")) {
            receipt.phase = ReceiptPhase.VOID;
        } else if (word.startsWith("uses=")) {
            String[] discount = word.substring(5).split(":");
            String[] use = discount[0].split("\\*");
            receipt.addUsedReward(
                    receipt.addText(use[0]),
                    use.length == 1 ? 0 : Integer.parseInt(use[1]),
                    discount.length == 1 ? 0 : minor(discount[1]));
        } else if (word.startsWith("pays=")) {
            String[] tender = word.substring(5).split(":");
            receipt.addTender(TenderKind.valueOf(tender[0]), minor(tender[1]));
        } else if (word.startsWith("total=")) {
            receipt.totalPresent = true;
            receipt.declaredTotalMinor = minor(word.substring(6));
        } else if (word.startsWith("lines=")) {
            receipt.declaredLines = Integer.parseInt(word.substring(6));
        } else if (word.startsWith("store=")) {
            receipt.store = receipt.addText(word.substring(6));
        } else if (word.startsWith("channel=")) {
            receipt.channel = Channel.valueOf(word.substring(8));
        } else if (word.startsWith("date=")) {
            receipt.businessDate = Integer.parseInt(word.substring(5));
        } else if (word.equals("historical")) {
            receipt.historical = true;
        } else if (word.matches("[A-Z]{3}")) {
            receipt.currency = ReceiptColumns.packCurrency(word);
        } else {
            line(receipt, word);
        }
    }

    private static void line(ReceiptColumns receipt, String word) {
        Matcher matcher = LINE.matcher(word);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no word of a receipt: " + word);
        }
        int line = receipt.addLine();
        receipt.sku[line] = receipt.addText("A" + line);
        receipt.quantityThousandths[line] = matcher.group(1) == null
                ? 1000
                : new BigDecimal(matcher.group(1)).movePointRight(3).longValueExact();
        receipt.amountMinor[line] = minor(matcher.group(2));
        receipt.flags[line] = (byte) ((matcher.group(3).contains("p") ? ReceiptColumns.PROMOTED : 0)
                | (matcher.group(3).contains("w") ? ReceiptColumns.WEIGHED : 0)
                | (matcher.group(3).contains("g") ? ReceiptColumns.GIFT_CARD_SALE : 0));
        if (matcher.group(4) != null) {
            receipt.category[line] = receipt.addText(matcher.group(4));
        }
        if (matcher.group(5) != null) {
            receipt.sku[line] = receipt.addText(matcher.group(5));
        }
        if (matcher.group(6) != null) {
            receipt.brand[line] = receipt.addText(matcher.group(6));
        }
        if (matcher.group(7) != null) {
            receipt.vatRateHundredths[line] =
                    new BigDecimal(matcher.group(7)).movePointRight(2).intValueExact();
        }
        if (matcher.group(8) != null) {
            int original = receipt.addOriginal(line);
            receipt.originalStore[original] = receipt.addText("Lyon");
            receipt.originalTill[original] = receipt.addText("1");
            receipt.originalNumber[original] = Long.parseLong(matcher.group(8));
            receipt.originalLine[original] = Integer.parseInt(matcher.group(9)) - 1;
        }
    }

    private static long minor(String amount) {
        return new BigDecimal(amount).movePointRight(2).longValueExact();
    }
}
