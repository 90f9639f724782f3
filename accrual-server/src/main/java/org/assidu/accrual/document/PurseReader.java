package org.assidu.accrual.document;

import java.math.BigDecimal;
import java.util.List;
import org.assidu.accrual.model.Mechanics.MoneyPurse;
import org.assidu.accrual.model.ProgrammeDocument.NegativePolicy;
import org.assidu.accrual.model.ProgrammeDocument.Purse;
import org.assidu.accrual.model.ProgrammeDocument.Rounding;
import org.assidu.accrual.model.ProgrammeDocument.Validity;
import org.assidu.accrual.model.ProgrammeDocument.ValidityEnd;
import org.assidu.accrual.model.ProgrammeDocument.ValidityUnit;
import org.jspecify.annotations.Nullable;

/** Reads purses. */
final class PurseReader {
    private PurseReader() {}

    static Purse points(Fields fields) {
        Purse purse = purse(fields.text("id", "points"), fields);
        fields.end();
        return purse;
    }

    static MoneyPurse money(Fields fields) {
        MoneyPurse read = new MoneyPurse(
                purse(fields.id("cagnotte"), fields),
                fields.decimal("minimum_to_spend", BigDecimal.ZERO),
                fields.plainDecimal("points_per_unit"));
        fields.end();
        return read;
    }

    private static Purse purse(String id, Fields fields) {
        return new Purse(
                id,
                fields.choice("rounding", Rounding.CARRY, Fields.all(Rounding.values())),
                fields.choice("negative", NegativePolicy.ALLOW, Fields.all(NegativePolicy.values())),
                validity(fields),
                fields.integer("pending_days", 0),
                List.copyOf(fields.integers("reminder_days")));
    }

    private static @Nullable Validity validity(Fields fields) {
        if (!fields.has("validity")) {
            return null;
        }
        Fields validity = fields.mapping("validity");
        validity.require("length", "how long points live, such as 12");
        validity.require("unit", "DAYS or MONTHS");
        Validity read = new Validity(
                validity.integer("length", 1),
                validity.choice("unit", ValidityUnit.MONTHS, Fields.all(ValidityUnit.values())),
                validity.choice("end", ValidityEnd.EXACT_DAY, Fields.all(ValidityEnd.values())),
                validity.bool("renewed_by_activity", false));
        validity.end();
        return read;
    }
}
