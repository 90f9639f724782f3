package org.assidu.analytics.report;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.assidu.analytics.report.ProgrammeTerms.PointValue;
import org.jspecify.annotations.Nullable;

/** A measure that objectives name, with its words. */
enum GoalMetric {
    RETENTION_PERCENT("Retention", "Rétention", Unit.SHARE),
    REPURCHASE_PERCENT("Repurchase", "Réachat", Unit.SHARE),
    AVERAGE_BASKET("Average basket", "Panier moyen", Unit.MONEY),
    COST_CEILING("Programme cost", "Coût du programme", Unit.MONEY);

    final Text label;
    final Unit unit;

    GoalMetric(String en, String fr, Unit unit) {
        this.label = Text.of(en, fr);
        this.unit = unit;
    }

    double of(GoalMeasures measures, @Nullable PointValue value, LocalDate firstDate) {
        return switch (this) {
            case RETENTION_PERCENT -> measures.retention(firstDate);
            case REPURCHASE_PERCENT -> measures.repurchase();
            case AVERAGE_BASKET -> measures.averageBasketMinor();
            case COST_CEILING -> measures.costMinor(value);
        };
    }

    /** A target in the unit of the measure. */
    double target(BigDecimal written, int currencyDigits) {
        return unit == Unit.SHARE
                ? written.movePointLeft(2).doubleValue()
                : written.movePointRight(currencyDigits).doubleValue();
    }
}
