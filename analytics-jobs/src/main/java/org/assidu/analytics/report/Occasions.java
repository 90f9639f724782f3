package org.assidu.analytics.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.size;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.assidu.analytics.features.Features;
import org.assidu.analytics.model.CustomerSummary;

/**
 * Purchase occasions of one member: the days with a positive net purchase, in time order.
 *
 * @param days since 1970-01-01
 * @param netMinor of each day
 */
record Occasions(long member, int[] days, long[] netMinor) {

    static final double DAYS_A_WEEK = 7;

    /** Every member who may be profiled with at least one occasion, by member key. */
    static List<Occasions> of(Features features) {
        Iterator<Row> rows = features.profiled(features.memberHistory())
                .selectExpr("member_key", "filter(days, d -> d.net_minor > 0) AS days")
                .filter(size(col("days")).gt(0))
                .selectExpr(
                        "member_key",
                        "transform(days, d -> datediff(d.sold_date, DATE'1970-01-01')) AS days",
                        "transform(days, d -> d.net_minor) AS net")
                .toLocalIterator();
        var members = new ArrayList<Occasions>();
        while (rows.hasNext()) {
            Row row = rows.next();
            List<Integer> days = row.getList(1);
            List<Long> net = row.getList(2);
            members.add(new Occasions(
                    row.getLong(0),
                    days.stream().mapToInt(Integer::intValue).toArray(),
                    net.stream().mapToLong(Long::longValue).toArray()));
        }
        members.sort(Comparator.comparingLong(Occasions::member));
        return members;
    }

    int first() {
        return days[0];
    }

    /** The member as known at the end of a day, in weeks; the first occasion is not after that day. */
    CustomerSummary summary(LocalDate end) {
        int seen = until(end);
        double last = (days[seen - 1] - first()) / DAYS_A_WEEK;
        return new CustomerSummary(seen - 1, last, (end.toEpochDay() - first()) / DAYS_A_WEEK);
    }

    /** Occasions up to a day, that day included. */
    int until(LocalDate end) {
        int at = Arrays.binarySearch(days, (int) end.toEpochDay());
        return at >= 0 ? at + 1 : -at - 1;
    }

    /** Mean net purchase of the occasions after the first; 0 without any. */
    double meanRepeatMinor() {
        long sum = 0;
        for (int i = 1; i < netMinor.length; i++) {
            sum += netMinor[i];
        }
        return netMinor.length > 1 ? (double) sum / (netMinor.length - 1) : 0;
    }
}
