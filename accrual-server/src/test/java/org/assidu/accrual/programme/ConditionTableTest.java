package org.assidu.accrual.programme;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.assidu.accrual.model.Bonus.When;
import org.assidu.accrual.model.Channel;
import org.assidu.accrual.model.ReceiptColumns;
import org.junit.jupiter.api.Test;

/** The compiled sets of bits against each condition looked at by itself. */
class ConditionTableTest {
    private static final long SEED = 20261122;
    private static final int TABLES = 300;
    private static final int RECEIPTS = 20;

    private static final String[] SKUS = {"1", "12", "1234567", "12345678", "123456789", "abcdefgh1234", "x".repeat(64)
    };
    private static final String[] CATEGORIES = {
        "", "a", "a/b", "a/bc", "a/b/c", "ab", "food/fresh/fish", "y".repeat(62) + "/z", "y".repeat(62)
    };
    private static final String[] BRANDS = {"", "acme", "Ümlaut", "other"};
    private static final String[] STORES = {"Lyon", "Nice", "store-0001"};
    private static final String[] BANNERS = {"city", "hyper"};

    private final SplittableRandom random = new SplittableRandom(SEED);

    @Test
    void theTableSelectsWhatEachConditionSays() {
        for (int t = 0; t < TABLES; t++) {
            List<When> conditions = new ArrayList<>();
            int count = 1 + random.nextInt(150);
            for (int i = 0; i < count; i++) {
                conditions.add(random.nextInt(20) == 0 ? null : when());
            }
            List<String> never = random.nextInt(3) == 0 ? List.of("a/b") : List.of();
            ConditionTable table = new ConditionTable(conditions, never);
            for (int r = 0; r < RECEIPTS; r++) {
                check(table, conditions, never);
            }
        }
    }

    private void check(ConditionTable table, List<When> conditions, List<String> never) {
        ReceiptColumns receipt = receipt();
        String banner = random.nextInt(3) == 0 ? null : pick(BANNERS);
        int day = 20_500 + random.nextInt(20);
        int minute = random.nextInt(1_440);
        long[] moment = new long[table.words];
        boolean any = table.moment(receipt, banner, day, minute, moment);
        long[] lines = new long[table.words * receipt.lines];
        for (int line = 0; line < receipt.lines; line++) {
            table.line(receipt, line, lines);
        }
        boolean expectedAny = false;
        for (int i = 0; i < conditions.size(); i++) {
            When when = conditions.get(i);
            boolean now = when != null && isNow(when, receipt, banner, LocalDate.ofEpochDay(day), minute);
            expectedAny |= now;
            assertThat(bit(moment, 0, i))
                    .as("%s at day %s minute %s", when, day, minute)
                    .isEqualTo(now);
            for (int line = 0; line < receipt.lines; line++) {
                boolean meets = when != null && meets(when, receipt, line, never);
                assertThat(bit(lines, line * table.words, i))
                        .as("%s line %s", when, line)
                        .isEqualTo(meets);
            }
        }
        assertThat(any).isEqualTo(expectedAny);
    }

    private static boolean bit(long[] set, int at, int bit) {
        return (set[at + bit / 64] >>> bit % 64 & 1) != 0;
    }

    private static boolean isNow(When when, ReceiptColumns receipt, String banner, LocalDate day, int minute) {
        int from = when.from() == null ? 0 : when.from().toSecondOfDay() / 60;
        int to = when.to() == null ? 1_440 : when.to().toSecondOfDay() / 60;
        boolean inHours = from < to ? minute >= from && minute < to : minute >= from || minute < to;
        return inHours
                && (when.weekdays().isEmpty() || when.weekdays().contains(day.getDayOfWeek()))
                && (when.firstDay() == null || !day.isBefore(when.firstDay()))
                && (when.lastDay() == null || !day.isAfter(when.lastDay()))
                && (when.stores().isEmpty() || when.stores().contains(receipt.string(receipt.store)))
                && (when.banners().isEmpty() || when.banners().contains(banner == null ? "" : banner))
                && (when.channels().isEmpty() || when.channels().contains(receipt.channel));
    }

    private static boolean meets(When when, ReceiptColumns receipt, int line, List<String> never) {
        String category = receipt.string(receipt.category[line]);
        return !receipt.isReturn(line)
                && !receipt.giftCardSale(line)
                && never.stream().noneMatch(protectedOne -> isBelow(category, protectedOne))
                && (when.skus().isEmpty() || when.skus().contains(receipt.string(receipt.sku[line])))
                && (when.brands().isEmpty() || when.brands().contains(receipt.string(receipt.brand[line])))
                && (when.categories().isEmpty()
                        || when.categories().stream().anyMatch(named -> isBelow(category, named)));
    }

    private static boolean isBelow(String path, String ancestor) {
        return (path + "/").startsWith(ancestor + "/");
    }

    private ReceiptColumns receipt() {
        ReceiptColumns receipt = new ReceiptColumns();
        receipt.store = receipt.addText(pick(STORES));
        receipt.channel = Channel.values()[random.nextInt(Channel.values().length)];
        int lines = 1 + random.nextInt(4);
        for (int i = 0; i < lines; i++) {
            int line = receipt.addLine();
            receipt.sku[line] =
                    receipt.addText(random.nextInt(4) == 0 ? "9" + pick(SKUS).substring(1) : pick(SKUS));
            receipt.category[line] = receipt.addText(pick(CATEGORIES));
            receipt.brand[line] = receipt.addText(pick(BRANDS));
            receipt.quantityThousandths[line] = random.nextInt(8) == 0 ? -1000 : 1000;
            receipt.flags[line] = random.nextInt(8) == 0 ? ReceiptColumns.GIFT_CARD_SALE : 0;
        }
        return receipt;
    }

    private When when() {
        LocalTime from = random.nextInt(3) == 0 ? LocalTime.of(random.nextInt(24), random.nextInt(60)) : null;
        LocalTime to = random.nextInt(3) == 0 ? LocalTime.of(1 + random.nextInt(23), random.nextInt(60)) : null;
        return new When(
                some(() -> pick(STORES)),
                some(() -> pick(BANNERS)),
                some(() -> Channel.values()[1 + random.nextInt(Channel.values().length - 1)]),
                some(() -> pick(SKUS)),
                some(() -> CATEGORIES[1 + random.nextInt(CATEGORIES.length - 1)]),
                some(() -> BRANDS[1 + random.nextInt(BRANDS.length - 1)]),
                some(() -> DayOfWeek.of(1 + random.nextInt(7))),
                from,
                to != null && to.equals(from) ? null : to,
                random.nextInt(3) == 0 ? LocalDate.ofEpochDay(20_500 + random.nextInt(20)) : null,
                random.nextInt(3) == 0 ? LocalDate.ofEpochDay(20_500 + random.nextInt(20)) : null,
                List.of(),
                List.of(),
                null,
                false,
                null,
                null,
                null,
                null,
                List.of());
    }

    private String pick(String[] choices) {
        return choices[random.nextInt(choices.length)];
    }

    private <T> List<T> some(Supplier<T> draw) {
        List<T> drawn = new ArrayList<>();
        for (int n = random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 0; n > 0; n--) {
            drawn.add(draw.get());
        }
        return drawn;
    }
}
