package org.assidu.accrual.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import org.assidu.accrual.model.MemberStanding.Expiring;
import org.assidu.accrual.model.MemberStanding.Money;
import org.assidu.accrual.model.ProgrammeDocument;

/** What tills and receipts say about money purses (cagnottes), in one language. A purse is named where there are several. */
final class MoneyLines {
    private static final int MICRO_DIGITS = 6;

    private final boolean french;
    private final Phrases phrases;
    private final String currency;
    private final int digits;
    private final boolean several;

    MoneyLines(ProgrammeDocument programme, String language) {
        french = language.equals("fr");
        phrases = french ? Phrases.french() : Phrases.english();
        currency = programme.currency();
        digits = Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        several = programme.mechanics().moneyPurses().size() > 1;
    }

    /** Whether points can become at least one unit of the currency in a purse. */
    boolean isWorthConverting(Money money) {
        return shown(money.convertibleMicro()).compareTo(BigDecimal.ONE) >= 0;
    }

    String toUse(Money money) {
        return (french ? "Cagnotte" + name(money) + " à utiliser : " : "Purse" + name(money) + " to use: ")
                + amount(money.usableMicro());
    }

    String toConvert(Money money) {
        String worth = amount(money.convertibleMicro());
        return french
                ? "Points échangeables contre " + worth + into(money)
                : "Points can become " + worth + into(money);
    }

    private String into(Money money) {
        return several ? (french ? " (cagnotte" : " (purse") + name(money) + ")" : "";
    }

    /** Lines of a receipt. @param creditedMicro by the receipt, net of what its returns took */
    List<String> receipt(Money money, long creditedMicro) {
        List<String> lines = new ArrayList<>();
        String name = name(money);
        if (creditedMicro > 0) {
            lines.add((french ? "Cagnotte" + name + " de ce ticket : " : "Purse" + name + ", this receipt: ")
                    + amount(creditedMicro));
        } else if (creditedMicro < 0) {
            lines.add((french ? "Cagnotte" + name + ", repris : " : "Purse" + name + ", taken back: ")
                    + amount(-creditedMicro));
        }
        if (creditedMicro != 0 || money.balanceMicro() != 0) {
            lines.add((french ? "Votre cagnotte" : "Your purse")
                    + name
                    + (french ? " : " : ": ")
                    + amount(money.balanceMicro()));
        }
        if (isWorthConverting(money)) {
            lines.add(toConvert(money));
        }
        if (!money.expiring().isEmpty()) {
            Expiring soonest = money.expiring().get(0);
            String day = phrases.day(LocalDate.ofEpochDay(soonest.day()));
            lines.add((french
                            ? "Cagnotte" + name + " à utiliser jusqu'au " + day + " : "
                            : "Purse" + name + ", use by " + day + ": ")
                    + amount(soonest.micro()));
        }
        return lines;
    }

    private String name(Money money) {
        return several ? " " + money.purseId() : "";
    }

    private String amount(long micro) {
        return phrases.money(shown(micro), currency);
    }

    /** Never more than there is. */
    private BigDecimal shown(long micro) {
        return BigDecimal.valueOf(micro, MICRO_DIGITS + digits).setScale(digits, RoundingMode.FLOOR);
    }
}
