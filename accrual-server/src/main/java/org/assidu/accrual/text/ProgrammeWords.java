package org.assidu.accrual.text;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.ProgrammeDocument.CardRange;
import org.assidu.accrual.model.ProgrammeDocument.NegativePolicy;
import org.assidu.accrual.model.ProgrammeDocument.Rounding;
import org.assidu.accrual.model.ProgrammeDocument.ThresholdReward;

/** What a programme says, in one language. */
sealed interface ProgrammeWords permits EnglishProgrammeWords, FrenchProgrammeWords {
    String title(ProgrammeDocument document);

    String earning(ProgrammeDocument document);

    List<String> exclusions(ProgrammeDocument document);

    String rounding(Rounding rounding);

    List<String> reward(ProgrammeDocument document, ThresholdReward reward);

    String returns(ProgrammeDocument document);

    String negative(NegativePolicy policy);

    String window(ProgrammeDocument document);

    String cards(CardRange range);

    /** First day of validity, in the programme's zone. */
    static String firstDay(ProgrammeDocument document, String pattern, Locale locale) {
        return Instant.ofEpochMilli(document.effectiveFromMillis())
                .atZone(ZoneId.of(document.timeZone()))
                .format(DateTimeFormatter.ofPattern(pattern, locale));
    }

    static String number(BigDecimal value) {
        return value.stripTrailingZeros().toPlainString();
    }

    static boolean isOne(BigDecimal value) {
        return value.compareTo(BigDecimal.ONE) == 0;
    }
}
