package org.assidu.accrual.text;

import java.math.BigDecimal;
import java.util.List;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.ProgrammeDocument.CardRange;
import org.assidu.accrual.model.ProgrammeDocument.NegativePolicy;
import org.assidu.accrual.model.ProgrammeDocument.Rounding;
import org.assidu.accrual.model.ProgrammeDocument.ThresholdReward;

/** What a programme says, in one language. */
sealed interface ProgrammeWords permits EnglishProgrammeWords, FrenchProgrammeWords {
    String earning(ProgrammeDocument document);

    List<String> exclusions(ProgrammeDocument document);

    String rounding(Rounding rounding);

    List<String> reward(ProgrammeDocument document, ThresholdReward reward);

    /** What a threshold reward gives, such as "10 % off". */
    String unlocked(ProgrammeDocument document, ThresholdReward reward);

    String returns(ProgrammeDocument document);

    String negative(NegativePolicy policy);

    String window(ProgrammeDocument document);

    String cards(CardRange range);

    static String number(BigDecimal value) {
        return value.stripTrailingZeros().toPlainString();
    }

    static boolean isOne(BigDecimal value) {
        return value.compareTo(BigDecimal.ONE) == 0;
    }
}
