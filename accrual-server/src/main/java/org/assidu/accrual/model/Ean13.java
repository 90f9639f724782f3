package org.assidu.accrual.model;

/** EAN-13 article and card numbers as {@code long}: twelve digits and a check digit, leading zeros implied. */
public final class Ean13 {
    private static final long LARGEST = 9_999_999_999_999L;
    private static final int DIGITS = 13;

    private Ean13() {}

    /** Whether the number is 1 to 13 digits long and ends with its check digit. */
    public static boolean isValid(long card) {
        return card > 0 && card <= LARGEST && checkDigit(card / 10) == card % 10;
    }

    /** The check digit of twelve digits: what brings the sum, weighted 1 and 3 in turn, to a multiple of ten. */
    public static int checkDigit(long first12) {
        if (first12 < 0 || first12 > LARGEST / 10) {
            throw new IllegalArgumentException("an EAN-13 has twelve digits before its check digit, not " + first12);
        }
        long rest = first12;
        int sum = 0;
        while (rest != 0) {
            sum += 3 * (int) (rest % 10);
            rest /= 10;
            sum += (int) (rest % 10);
            rest /= 10;
        }
        return (10 - sum % 10) % 10;
    }

    /** The whole number: twelve digits and their check digit. */
    public static long withCheckDigit(long first12) {
        return first12 * 10 + checkDigit(first12);
    }

    /** Thirteen digits, as printed on a card. */
    public static String text(long card) {
        String digits = Long.toString(card);
        return "0".repeat(Math.max(0, DIGITS - digits.length())) + digits;
    }
}
