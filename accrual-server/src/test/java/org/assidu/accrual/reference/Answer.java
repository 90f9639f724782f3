package org.assidu.accrual.reference;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/**
 * What is told about a receipt or operation, and what it moved. Lists are in order but for {@code events}, which is sorted.
 *
 * @param lines status and points of each line
 * @param movements sum by member, purse, kind, rule, version and lot; none of zero, none that time alone made
 */
public record Answer(
        String status,
        BigInteger points,
        BigInteger balance,
        List<String> lines,
        List<String> alerts,
        List<String> prices,
        List<String> events,
        Map<String, BigInteger> movements) {

    static Answer of(Enum<?> status) {
        return of(status, Exact.ZERO, Exact.ZERO);
    }

    static Answer of(Enum<?> status, BigInteger points, BigInteger balance) {
        return new Answer(status.name(), points, balance, List.of(), List.of(), List.of(), List.of(), Map.of());
    }
}
