package org.assidu.accrual.programme;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.assidu.accrual.model.Bonus.When;
import org.assidu.accrual.model.Channel;
import org.assidu.accrual.model.ReceiptColumns;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of all bonuses on moment, place and lines, as sets of bits: bit i of a set is bonus i. What a receipt asks
 * of fifty bonuses is a look-up for each of its texts and a few ANDs, whatever the number of bonuses that do not match.
 */
final class ConditionTable {
    private static final int MINUTES = 1_440;

    final int words;
    private final long[][] byWeekday = new long[7][];
    private final long[][] byChannel = new long[Channel.values().length][];
    /** Set of each stretch of the day between two bounds. */
    private final long[][] byStretch;

    private final short[] stretchOfMinute = new short[MINUTES];
    /** First days of stretches of days, ascending; the set before the first is at index 0. */
    private final int[] dayBounds;

    private final long[][] byDays;
    private final TextMasks stores;
    private final Map<String, long[]> banners;
    private final long[] anyBanner;
    private final TextMasks skus;
    private final TextMasks categories;
    private final TextMasks brands;
    private final byte[][] neverPromoted;

    /** @param conditions by bonus; null where a bonus can never apply */
    ConditionTable(List<@Nullable When> conditions, List<String> neverPromoted) {
        words = (conditions.size() + 63) / 64;
        for (DayOfWeek day : DayOfWeek.values()) {
            byWeekday[day.ordinal()] = where(
                    conditions,
                    when -> when.weekdays().isEmpty() || when.weekdays().contains(day));
        }
        for (Channel channel : Channel.values()) {
            byChannel[channel.ordinal()] = where(
                    conditions,
                    when -> when.channels().isEmpty() || when.channels().contains(channel));
        }
        byStretch = stretches(conditions);
        dayBounds = dayBounds(conditions);
        byDays = new long[dayBounds.length + 1][];
        for (int i = 0; i < byDays.length; i++) {
            long day = i == 0 ? Integer.MIN_VALUE : dayBounds[i - 1];
            byDays[i] = where(conditions, when -> isWithin(when, day));
        }
        stores = texts(conditions, When::stores, false);
        banners = entries(conditions, When::banners);
        anyBanner = where(conditions, when -> when.banners().isEmpty());
        skus = texts(conditions, When::skus, false);
        categories = texts(conditions, When::categories, true);
        brands = texts(conditions, When::brands, false);
        this.neverPromoted = neverPromoted.stream().map(RewardRule::bytes).toArray(byte[][]::new);
    }

    private static long[] where(List<@Nullable When> conditions, Function<When, Boolean> holds) {
        long[] mask = new long[(conditions.size() + 63) / 64];
        for (int i = 0; i < conditions.size(); i++) {
            When when = conditions.get(i);
            if (when != null && holds.apply(when)) {
                mask[i >>> 6] |= 1L << i;
            }
        }
        return mask;
    }

    private static TextMasks texts(List<@Nullable When> conditions, Function<When, List<String>> named, boolean paths) {
        long[] any = where(conditions, when -> named.apply(when).isEmpty());
        return new TextMasks(entries(conditions, named), any, paths);
    }

    private static Map<String, long[]> entries(List<@Nullable When> conditions, Function<When, List<String>> texts) {
        Map<String, long[]> entries = new LinkedHashMap<>();
        for (int i = 0; i < conditions.size(); i++) {
            When when = conditions.get(i);
            for (String text : when == null ? List.<String>of() : texts.apply(when)) {
                long[] mask = entries.computeIfAbsent(text, key -> new long[(conditions.size() + 63) / 64]);
                mask[i >>> 6] |= 1L << i;
            }
        }
        return entries;
    }

    private long[][] stretches(List<@Nullable When> conditions) {
        List<long[]> sets = new ArrayList<>();
        for (int minute = 0; minute < MINUTES; minute++) {
            int at = minute;
            long[] mask = where(conditions, when -> isWithin(when, LocalTime.of(at / 60, at % 60)));
            if (sets.isEmpty() || !Arrays.equals(sets.get(sets.size() - 1), mask)) {
                sets.add(mask);
            }
            stretchOfMinute[minute] = (short) (sets.size() - 1);
        }
        return sets.toArray(long[][]::new);
    }

    private static boolean isWithin(When when, LocalTime time) {
        LocalTime from = when.from() == null ? LocalTime.MIN : when.from();
        LocalTime to = when.to();
        boolean begun = !time.isBefore(from);
        if (to == null) {
            return begun;
        }
        return from.isBefore(to) ? begun && time.isBefore(to) : begun || time.isBefore(to);
    }

    private static int[] dayBounds(List<@Nullable When> conditions) {
        List<Integer> bounds = new ArrayList<>();
        for (When when : conditions) {
            if (when == null) {
                continue;
            }
            if (when.firstDay() != null) {
                bounds.add(day(when.firstDay()));
            }
            if (when.lastDay() != null) {
                bounds.add(day(when.lastDay()) + 1);
            }
        }
        return bounds.stream().mapToInt(day -> day).sorted().distinct().toArray();
    }

    private static boolean isWithin(When when, long day) {
        return (when.firstDay() == null || day >= day(when.firstDay()))
                && (when.lastDay() == null || day <= day(when.lastDay()));
    }

    private static int day(LocalDate date) {
        return Math.toIntExact(date.toEpochDay());
    }

    /** Whether a bonus asks for a banner. */
    boolean asksForBanners() {
        return !banners.isEmpty();
    }

    /**
     * The bonuses that may apply at this moment and place, whatever the lines and the member are.
     *
     * @param banner of the receipt's store; null = unknown
     * @param day epoch day in the programme's zone
     * @return whether there is one
     */
    boolean moment(ReceiptColumns receipt, @Nullable String banner, int day, int minute, long[] target) {
        int found = Arrays.binarySearch(dayBounds, day);
        long[] days = byDays[found >= 0 ? found + 1 : -found - 1];
        long[] weekday = byWeekday[Math.floorMod(day + 3, 7)];
        long[] stretch = byStretch[stretchOfMinute[minute]];
        long[] channel = byChannel[receipt.channel.ordinal()];
        int store = find(stores, receipt, receipt.store);
        long[] named = banner == null ? null : banners.get(banner);
        long union = 0;
        for (int w = 0; w < words; w++) {
            long banned = named == null ? anyBanner[w] : anyBanner[w] | named[w];
            target[w] = stores.masks[store + w] & days[w] & weekday[w] & stretch[w] & channel[w] & banned;
            union |= target[w];
        }
        return union != 0;
    }

    private static int find(TextMasks table, ReceiptColumns receipt, int reference) {
        return table.find(receipt.text, ReceiptColumns.textOffset(reference), ReceiptColumns.textLength(reference));
    }

    /**
     * Writes the bonuses whose conditions on articles a line meets at {@code line × words}; none for a line that no bonus may
     * promote.
     */
    void line(ReceiptColumns receipt, int line, long[] target) {
        int at = line * words;
        if (receipt.isReturn(line) || receipt.giftCardSale(line) || isNeverPromoted(receipt, line)) {
            for (int w = 0; w < words; w++) {
                target[at + w] = 0;
            }
            return;
        }
        int sku = find(skus, receipt, receipt.sku[line]);
        int brand = find(brands, receipt, receipt.brand[line]);
        int path = receipt.category[line];
        int category =
                categories.findPath(receipt.text, ReceiptColumns.textOffset(path), ReceiptColumns.textLength(path));
        for (int w = 0; w < words; w++) {
            target[at + w] = skus.masks[sku + w] & categories.masks[category + w] & brands.masks[brand + w];
        }
    }

    private boolean isNeverPromoted(ReceiptColumns receipt, int line) {
        for (byte[] category : neverPromoted) {
            if (Texts.within(receipt, receipt.category[line], category)) {
                return true;
            }
        }
        return false;
    }
}
