package org.assidu.accrual.programme;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.assidu.accrual.model.Bonus;
import org.assidu.accrual.model.Bonus.Combine;
import org.assidu.accrual.model.Bonus.When;

/**
 * What multipliers can reach together on one line. Bonuses that exclude each other by what a line or a moment has only one
 * of (article, category, brand, store, banner, channel, weekday, day, hour, tier) never meet; of all others it is assumed
 * that they do.
 */
final class StackedFactor {
    /** Beyond so many cases the rest counts as able to meet: the answer is then too large rather than too small. */
    private static final int MOST_CASES = 20_000;

    private static final Object ANY_OTHER = new Object();

    /** One thing of which a line or a moment has a single value, and the values that conditions tell apart. */
    private record Dimension(Function<When, Collection<?>> values, Match match) {}

    private interface Match {
        boolean holds(When when, Object value);
    }

    private static final List<Dimension> DIMENSIONS = List.of(
            oneOf(When::skus),
            new Dimension(When::categories, StackedFactor::inCategory),
            oneOf(When::brands),
            oneOf(When::stores),
            oneOf(When::banners),
            oneOf(When::channels),
            oneOf(When::weekdays),
            oneOf(When::tiers),
            new Dimension(
                    when -> List.of(when.firstDay() == null ? LocalDate.MIN : when.firstDay()), StackedFactor::onDay),
            new Dimension(when -> List.of(when.from() == null ? LocalTime.MIN : when.from()), StackedFactor::atTime));

    private final BigDecimal enough;
    private int cases;

    private StackedFactor(BigDecimal enough) {
        this.enough = enough;
    }

    /** The largest product, or at least one that is larger than {@code enough}. */
    static BigDecimal of(List<Bonus> multipliers, BigDecimal enough) {
        return new StackedFactor(enough).largest(multipliers, 0);
    }

    private BigDecimal largest(List<Bonus> bonuses, int dimension) {
        BigDecimal product = product(bonuses);
        if (product.compareTo(enough) <= 0 || dimension == DIMENSIONS.size() || ++cases > MOST_CASES) {
            return product;
        }
        Dimension split = DIMENSIONS.get(dimension);
        Set<Object> values = new LinkedHashSet<>();
        bonuses.forEach(bonus -> values.addAll(split.values().apply(bonus.when())));
        values.add(ANY_OTHER);
        BigDecimal largest = BigDecimal.ONE;
        for (Object value : values) {
            List<Bonus> meeting = new ArrayList<>();
            for (Bonus bonus : bonuses) {
                if (split.match().holds(bonus.when(), value)) {
                    meeting.add(bonus);
                }
            }
            largest = largest.max(largest(meeting, dimension + 1));
            if (largest.compareTo(enough) > 0) {
                return largest;
            }
        }
        return largest;
    }

    private static BigDecimal product(List<Bonus> bonuses) {
        Map<String, BigDecimal> best = new HashMap<>();
        BigDecimal product = BigDecimal.ONE;
        for (Bonus bonus : bonuses) {
            BigDecimal factor = bonus.award().value();
            if (bonus.group() != null && bonus.combine() == Combine.BEST) {
                best.merge(bonus.group(), factor, BigDecimal::max);
            } else {
                product = product.multiply(factor);
            }
        }
        for (BigDecimal factor : best.values()) {
            product = product.multiply(factor);
        }
        return product;
    }

    private static Dimension oneOf(Function<When, Collection<?>> values) {
        return new Dimension(values, (when, value) -> {
            Collection<?> wanted = values.apply(when);
            return wanted.isEmpty() || wanted.contains(value);
        });
    }

    private static boolean inCategory(When when, Object value) {
        return when.categories().isEmpty()
                || (value instanceof String category
                        && when.categories().stream().anyMatch(wanted -> GuardCheck.isWithin(category, wanted)));
    }

    private static boolean onDay(When when, Object value) {
        return value instanceof LocalDate day
                ? (when.firstDay() == null || !day.isBefore(when.firstDay()))
                        && (when.lastDay() == null || !day.isAfter(when.lastDay()))
                : when.firstDay() == null && when.lastDay() == null;
    }

    private static boolean atTime(When when, Object value) {
        if (!(value instanceof LocalTime time)) {
            return when.from() == null && when.to() == null;
        }
        LocalTime from = when.from() == null ? LocalTime.MIN : when.from();
        boolean begun = !time.isBefore(from);
        if (when.to() == null) {
            return begun;
        }
        boolean open = time.isBefore(when.to());
        return when.to().isAfter(from) ? begun && open : begun || open;
    }
}
