package org.assidu.accrual.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Phrases of one language by key, with numbers, amounts and days as the language writes them. */
final class Phrases {
    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    private static final Phrases ENGLISH = new Phrases(false);
    private static final Phrases FRENCH = new Phrases(true);

    private final boolean french;
    private final Properties phrases = new Properties();
    private final DateTimeFormatter days;

    private Phrases(boolean french) {
        this.french = french;
        days = DateTimeFormatter.ofPattern("d MMMM uuuu", french ? Locale.FRANCE : Locale.UK);
        String file = french ? "words_fr.properties" : "words_en.properties";
        try (InputStream in = Phrases.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing beside this class");
            }
            phrases.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    static Phrases english() {
        return ENGLISH;
    }

    static Phrases french() {
        return FRENCH;
    }

    Set<String> keys() {
        return phrases.stringPropertyNames();
    }

    /** The phrase with {@code {0}}, {@code {1}} … replaced. */
    String say(String key, Object... values) {
        String phrase = phrases.getProperty(key);
        if (phrase == null) {
            throw new IllegalStateException("no phrase " + key + " in " + (french ? "French" : "English"));
        }
        StringBuilder said = new StringBuilder();
        int from = 0;
        for (int open = phrase.indexOf('{'); open >= 0; open = phrase.indexOf('{', from)) {
            int value = phrase.charAt(open + 1) - '0';
            said.append(phrase, from, open).append(values[value]);
            from = open + 3;
        }
        return said.append(phrase, from, phrase.length()).toString();
    }

    /** The phrase for one or for many; French counts anything below two as one. */
    String count(String key, BigDecimal number) {
        boolean one = french ? number.compareTo(TWO) < 0 : number.compareTo(BigDecimal.ONE) == 0;
        return say(key + (one ? ".one" : ".many"), number(number));
    }

    String count(String key, long number) {
        return count(key, BigDecimal.valueOf(number));
    }

    /** The phrase for one item or for many, which it lists. */
    String items(String key, List<String> items) {
        return say(key + (items.size() == 1 ? ".one" : ".many"), list(items));
    }

    String points(BigDecimal points) {
        return count("points", points);
    }

    String number(BigDecimal number) {
        String plain = number.stripTrailingZeros().toPlainString();
        return french ? plain.replace('.', ',') : plain;
    }

    /** An amount: with all decimals of its currency, or none where it is whole. */
    String money(BigDecimal amount, String currency) {
        if (amount.stripTrailingZeros().scale() <= 0) {
            return number(amount) + " " + currency;
        }
        String plain = amount.setScale(
                        Math.max(
                                Currency.getInstance(currency).getDefaultFractionDigits(),
                                amount.stripTrailingZeros().scale()),
                        RoundingMode.UNNECESSARY)
                .toPlainString();
        return (french ? plain.replace('.', ',') : plain) + " " + currency;
    }

    String day(LocalDate day) {
        String text = day.format(days);
        return french && day.getDayOfMonth() == 1 ? text.replaceFirst("^1 ", "1er ") : text;
    }

    String time(LocalTime time) {
        return time.toString();
    }

    /** A span of days; null when both ends are open. */
    @Nullable
    String days(@Nullable LocalDate first, @Nullable LocalDate last) {
        if (first == null) {
            return last == null ? null : say("when.days.to", day(last));
        }
        if (first.equals(last)) {
            return say("when.day", day(first));
        }
        return last == null ? say("when.days.from", day(first)) : say("when.days", day(first), day(last));
    }

    String ordinal(int number) {
        if (french) {
            return number + "e";
        }
        int tens = number % 100;
        if (tens >= 11 && tens <= 13) {
            return number + "th";
        }
        return number
                + switch (number % 10) {
                    case 1 -> "st";
                    case 2 -> "nd";
                    case 3 -> "rd";
                    default -> "th";
                };
    }

    /** Such as "a, b and c". */
    String list(List<String> items) {
        int last = items.size() - 1;
        return last <= 0
                ? String.join("", items)
                : say("and", String.join(", ", items.subList(0, last)), items.get(last));
    }
}
