package org.assidu.accrual.programme;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assidu.accrual.model.Problem;
import org.jspecify.annotations.Nullable;

/** Checks of single fields, all into one list of problems. */
final class FieldChecks {
    static final LocalDate FIRST_DAY = LocalDate.of(1970, 1, 1);
    static final LocalDate LAST_DAY = LocalDate.of(2199, 12, 31);
    /** Most of one award, points: small enough that a receipt can get it from every rule. */
    static final long MOST_POINTS = 1_000_000_000L;
    /** Most that a limit or budget can say, points: a quarter of what a long of micropoints holds. */
    static final long MOST_LIMIT_POINTS = 1_000_000_000_000L;

    private static final int MOST_TEXT_BYTES = 64;

    private final List<Problem> problems;
    private final String currency;
    private final int currencyDigits;

    FieldChecks(List<Problem> problems, String currency, int currencyDigits) {
        this.problems = problems;
        this.currency = currency;
        this.currencyDigits = currencyDigits;
    }

    void problem(String path, String message) {
        problems.add(Problem.at(path, message));
    }

    String currency() {
        return currency;
    }

    /** Decimals of the currency's minor unit. */
    int currencyDigits() {
        return currencyDigits;
    }

    void id(String path, String id, String example) {
        if (!ProgrammeCompiler.ID.matcher(id).matches()) {
            problem(
                    path,
                    "\"" + id
                            + "\" is no id; write up to 64 lower-case letters, digits, - and _, a letter first, such as "
                            + example);
        }
    }

    /** An id that is to be unique among {@code taken}, to which it is added. */
    void newId(String path, String id, String example, Set<String> taken, String what) {
        if (!ProgrammeCompiler.ID.matcher(id).matches()) {
            id(path, id, example);
        } else if (!taken.add(id)) {
            problem(path, "\"" + id + "\" is the id of another " + what + "; give each " + what + " an id of its own");
        }
    }

    void known(String path, String id, Collection<String> known, String what, String section) {
        if (!known.contains(id)) {
            problem(
                    path,
                    "\"" + id + "\" is no " + what + " of this programme; "
                            + (known.isEmpty()
                                    ? "add it under " + section
                                    : "write one of " + String.join(", ", known)));
        }
    }

    /** A segment tag, of a form that systems exchange, and none of a protected attribute. */
    void tag(String path, String tag) {
        id(path, tag, "fruit-lover");
        String attribute = ProtectedAttributes.namedBy(tag);
        if (attribute != null) {
            problem(path, "\"" + tag + "\" names " + attribute + "; " + ProtectedAttributes.ADVICE);
        }
    }

    void tags(String path, List<String> tags) {
        unique(path, tags);
        for (int i = 0; i < tags.size(); i++) {
            tag(path + "[" + i + "]", tags.get(i));
        }
    }

    /** Texts of a receipt, such as stores or categories, to compare with. */
    void texts(String path, List<String> texts) {
        unique(path, texts);
        for (int i = 0; i < texts.size(); i++) {
            text(path + "[" + i + "]", texts.get(i));
        }
    }

    void text(String path, String text) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (text.isBlank() || bytes > MOST_TEXT_BYTES) {
            problem(path, "\"" + text + "\" has " + bytes + " bytes; write 1 to " + MOST_TEXT_BYTES);
        }
    }

    void unique(String path, List<?> items) {
        Set<Object> seen = new HashSet<>();
        for (int i = 0; i < items.size(); i++) {
            if (!seen.add(items.get(i))) {
                problem(path + "[" + i + "]", "\"" + items.get(i) + "\" is listed twice; remove one");
            }
        }
    }

    void count(String path, List<?> items, int most) {
        if (items.size() > most) {
            problem(path, "has " + items.size() + " entries; write at most " + most);
        }
    }

    void range(String path, long value, long least, long most) {
        if (value < least || value > most) {
            problem(path, "is " + value + "; write a whole number from " + least + " to " + most);
        }
    }

    /** Points to be counted in micropoints. */
    void points(String path, @Nullable BigDecimal points, boolean zero, long most) {
        decimal(path, points, zero, 6, BigDecimal.valueOf(most), "points");
    }

    /** An amount to be counted in minor units. */
    void amount(String path, @Nullable BigDecimal amount, boolean zero) {
        decimal(path, amount, zero, currencyDigits, BigDecimal.valueOf(Limits.AMOUNT_MINOR, currencyDigits), currency);
    }

    /** Percent, in hundredths of it. */
    void percent(String path, @Nullable BigDecimal percent, boolean zero) {
        decimal(path, percent, zero, 2, BigDecimal.valueOf(100), "percent");
    }

    /** A value in units of 10^-decimals; null is none. */
    boolean decimal(String path, @Nullable BigDecimal value, boolean zero, int decimals, BigDecimal most, String what) {
        if (value == null) {
            return true;
        }
        boolean exact = value.stripTrailingZeros().scale() <= decimals;
        boolean positive = zero ? value.signum() >= 0 : value.signum() > 0;
        if (exact && positive && value.compareTo(most) <= 0) {
            return true;
        }
        problem(
                path,
                "is " + value.toPlainString() + "; write " + what + (zero ? " from 0" : " above 0") + ", at most "
                        + Exact.plain(most).toPlainString()
                        + (decimals == 0 ? ", a whole number" : ", with at most " + decimals + " decimals"));
        return false;
    }

    /** A span of days, either end open. */
    void days(String path, @Nullable LocalDate first, @Nullable LocalDate last) {
        day(path + ".first_day", first);
        day(path + ".last_day", last);
        if (first != null && last != null && last.isBefore(first)) {
            problem(path + ".last_day", last + " is before first_day = " + first + "; exchange them");
        }
    }

    void day(String path, @Nullable LocalDate day) {
        if (day != null && (day.isBefore(FIRST_DAY) || day.isAfter(LAST_DAY))) {
            problem(path, day + " is no day of a programme; write one from " + FIRST_DAY + " to " + LAST_DAY);
        }
    }
}
