package org.assidu.accrual.programme;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.assidu.accrual.model.Problem;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.ProgrammeDocument.Basis;
import org.assidu.accrual.model.ProgrammeDocument.CardRange;
import org.assidu.accrual.model.ProgrammeDocument.Earning;
import org.assidu.accrual.model.PublishedProgramme;
import org.jspecify.annotations.Nullable;

/** Turns a programme document into integers that price receipts, or says everything that is wrong with it. */
public final class ProgrammeCompiler {
    static final Pattern ID = Pattern.compile("[a-z][a-z0-9_-]{0,63}");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    private final ProgrammeDocument document;
    private final List<Problem> problems = new ArrayList<>();

    private ProgrammeCompiler(ProgrammeDocument document) {
        this.document = document;
    }

    /**
     * What came of compiling.
     *
     * @param programme null when there are problems
     * @param problems with paths, without lines
     */
    public record Compilation(@Nullable Programme programme, List<Problem> problems) {}

    /** @param version number the programme has or would have, from 1 */
    public static Compilation compile(int version, ProgrammeDocument document) {
        return new ProgrammeCompiler(document).compile(version);
    }

    /** @throws IllegalStateException when a published document does not compile: it was compiled before publication */
    public static Programme compile(PublishedProgramme published) {
        Compilation compilation = compile(published.version(), published.document());
        if (compilation.programme() == null) {
            throw new IllegalStateException("programme version " + published.version() + " (sha256 "
                    + published.sha256() + ") does not compile: " + compilation.problems());
        }
        return compilation.programme();
    }

    private Compilation compile(int version) {
        checkHeader();
        ZoneId zone = zone();
        int digits = currencyDigits();
        EarningRule earning = digits < 0 ? null : earning(digits);
        List<RewardRule> rewards = new RewardCompiler(document, problems).compile(Math.max(digits, 0));
        checkCards();
        new MechanicsCheck(document, problems, digits < 0 ? 2 : digits).check();
        if (!problems.isEmpty() || zone == null || earning == null) {
            return new Compilation(null, List.copyOf(problems));
        }
        BonusTable bonuses = new BonusCompiler(document, digits).compile();
        return new Compilation(new Programme(version, document, earning, rewards, bonuses, zone), List.of());
    }

    private void problem(String path, String message) {
        problems.add(Problem.at(path, message));
    }

    private void checkHeader() {
        checkId("id", document.id());
        checkId("purse.id", document.purse().id());
        checkRange("accepted_window.past_days", document.acceptedPastDays(), 0, 3_650);
        checkRange("accepted_window.ahead_minutes", document.acceptedAheadMinutes(), 0, 1_440);
        checkRange("return_window_days", document.returnWindowDays(), 0, 36_500);
        checkRange("open_receipt_timeout_minutes", document.openReceiptTimeoutMinutes(), 1, 10_080);
        if (document.largestAmountMinor() < 1 || document.largestAmountMinor() > Limits.AMOUNT_MINOR) {
            problem(
                    "largest_amount",
                    "is " + document.largestAmountMinor() + " minor units; write an amount from 1 to "
                            + Limits.AMOUNT_MINOR + " minor units");
        }
    }

    private void checkId(String path, String id) {
        if (!ID.matcher(id).matches()) {
            problem(
                    path,
                    "\"" + id
                            + "\" is no id; write up to 64 lower-case letters, digits, - and _, a letter first, such as points");
        }
    }

    private void checkRange(String path, int value, int least, int most) {
        if (value < least || value > most) {
            problem(path, "is " + value + "; write a whole number from " + least + " to " + most);
        }
    }

    private @Nullable ZoneId zone() {
        try {
            return ZoneId.of(document.timeZone());
        } catch (DateTimeException e) {
            problem(
                    "time_zone",
                    "\"" + document.timeZone() + "\" is no time zone; write an IANA name such as Europe/Paris");
            return null;
        }
    }

    /** Decimals of the currency's minor unit; -1 when the currency is unknown. */
    private int currencyDigits() {
        int digits = minorDigits(document.currency());
        if (digits < 0) {
            problem(
                    "currency",
                    "\"" + document.currency() + "\" is no ISO 4217 currency; write three capitals such as EUR");
        }
        return digits;
    }

    /** Decimals of a currency's minor unit, such as 2 for EUR and 0 for JPY; -1 for a code that no currency has. */
    public static int minorDigits(String currency) {
        if (!CURRENCY.matcher(currency).matches()) {
            return -1;
        }
        try {
            return Currency.getInstance(currency).getDefaultFractionDigits();
        } catch (IllegalArgumentException e) {
            return -1;
        }
    }

    private @Nullable EarningRule earning(int digits) {
        Earning earning = document.earning();
        checkTexts("earning.exclude.categories", earning.excludedCategories());
        checkTexts("earning.exclude.stores", earning.excludedStores());
        if (!earning.excludedTenders().isEmpty() && earning.basis() != Basis.AMOUNT) {
            problem(
                    "earning.exclude.tenders",
                    "tenders reduce amounts, and " + earning.basis() + " counts none; remove it, or use basis AMOUNT");
        }
        Rates.Rate rate = Rates.of(earning.basis(), earning.points(), digits);
        if (rate.problem() != null) {
            problem("earning.points", rate.problem());
            return null;
        }
        long most = Rates.largestMicro(earning.basis(), document.largestAmountMinor());
        boolean bounded = document.largestAmountMinor() <= Limits.AMOUNT_MINOR;
        if (bounded && most < rate.micro()) {
            problem(
                    "earning.points",
                    "one receipt could earn more than 2^61 micropoints; write at most "
                            + Rates.points(earning.basis(), BigDecimal.valueOf(most), digits)
                            + (earning.basis() == Basis.AMOUNT ? ", or a smaller largest_amount" : ""));
            return null;
        }
        return new EarningRule(earning, document.mechanics().guards().neverEarn(), rate.micro());
    }

    private void checkTexts(String path, List<String> texts) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            String at = path + "[" + i + "]";
            if (text.isBlank() || RewardRule.bytes(text).length > 64) {
                problem(at, "\"" + text + "\" has " + RewardRule.bytes(text).length + " bytes; write 1 to 64");
            } else if (!seen.add(text)) {
                problem(at, "\"" + text + "\" is listed twice; remove one");
            }
        }
    }

    private void checkCards() {
        List<CardRange> cards = document.cards();
        for (int i = 0; i < cards.size(); i++) {
            CardRange range = cards.get(i);
            String path = "cards[" + i + "]";
            boolean wellFormed = checkCard(path + ".from", range.first()) & checkCard(path + ".to", range.last());
            if (wellFormed && range.last() < range.first()) {
                problem(path + ".to", range.last() + " is below from = " + range.first() + "; exchange them");
            }
            for (int earlier = 0; earlier < i; earlier++) {
                CardRange other = cards.get(earlier);
                if (range.first() <= other.last() && other.first() <= range.last()) {
                    problem(
                            path,
                            "overlaps cards[" + earlier + "], " + other.first() + " to " + other.last()
                                    + "; give each card to one range");
                }
            }
        }
    }

    private boolean checkCard(String path, long card) {
        if (card < 0 || card > 9_999_999_999_999L) {
            problem(path, card + " is no EAN-13; write 13 digits");
            return false;
        }
        int expected = ean13CheckDigit(card / 10);
        if (card % 10 != expected) {
            problem(
                    path,
                    String.format("%013d has check digit %d; write %012d%d", card, card % 10, card / 10, expected));
            return false;
        }
        return true;
    }

    /** GS1 General Specifications 7.9: weights 3 and 1 alternating from the right, up to the next ten. */
    private static int ean13CheckDigit(long twelveDigits) {
        int sum = 0;
        int weight = 3;
        for (long rest = twelveDigits; rest > 0; rest /= 10) {
            sum += (int) (rest % 10) * weight;
            weight = 4 - weight;
        }
        return (10 - sum % 10) % 10;
    }
}
