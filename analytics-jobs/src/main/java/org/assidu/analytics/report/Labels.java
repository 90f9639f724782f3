package org.assidu.analytics.report;

import java.time.DayOfWeek;
import java.time.YearMonth;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.assidu.analytics.features.Scope;

/** Names of months, weekdays and hours, and months as whole numbers. */
final class Labels {

    static final Text PARTIAL_MONTH = Text.of(
            "Hatched: the data begin or end inside that month, so its figures are not final.",
            "Hachuré : les données commencent ou s'arrêtent dans ce mois, ses chiffres ne sont pas définitifs.");

    private Labels() {}

    /** Months since year 0, for arithmetic in SQL and here. */
    static String monthSql(String dateSql) {
        return "(year(" + dateSql + ") * 12 + month(" + dateSql + ") - 1)";
    }

    static int index(YearMonth month) {
        return month.getYear() * 12 + month.getMonthValue() - 1;
    }

    static YearMonth month(int index) {
        return YearMonth.of(Math.floorDiv(index, 12), Math.floorMod(index, 12) + 1);
    }

    static List<Text> months(Scope scope) {
        List<Text> labels = new ArrayList<>();
        for (YearMonth month : scope.months()) {
            labels.add(Text.same(month.toString()));
        }
        return labels;
    }

    /** The plot's points of months that are not whole are marked. */
    static XyPlot.Series markPartial(Scope scope, XyPlot.Series series) {
        List<YearMonth> months = scope.months();
        List<XyPlot.Point> points = new ArrayList<>();
        for (XyPlot.Point point : series.points()) {
            boolean partial = scope.isPartial(months.get((int) point.x()));
            points.add(new XyPlot.Point(point.x(), point.y(), point.incomplete() || partial));
        }
        return new XyPlot.Series(series.name(), series.mark(), points, series.reference());
    }

    static List<Text> weekdays() {
        List<Text> labels = new ArrayList<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            labels.add(Text.of(
                    day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH),
                    day.getDisplayName(TextStyle.SHORT, Locale.FRENCH)));
        }
        return labels;
    }

    static List<Text> hours() {
        List<Text> labels = new ArrayList<>();
        for (int hour = 0; hour < 24; hour++) {
            labels.add(Text.of(hour + ":00", hour + " h"));
        }
        return labels;
    }
}
