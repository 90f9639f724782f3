package org.assidu.accrual.programme;

import java.util.List;
import org.assidu.accrual.model.ProgrammeDocument.Window;

/**
 * What a bonus asks of the member, in integers; a list that is empty, a number that is negative and a false are no
 * condition.
 *
 * @param tierLevels bit n is set when level n suffices; level 0 is no tier; 0 = no condition
 * @param clubs ids, of which membership in one suffices
 * @param everyNthVisit 0 = no condition
 * @param visitWindow in which visits count; of no meaning without such a condition
 * @param unboughtDays the bonus's lines were not bought for more days than this
 * @param birthdayBefore days before the birthday; negative = no condition
 * @param birthdayAfter days after it
 * @param dormantDays nothing was bought for more days than this
 * @param tags of which one suffices
 * @param newInClub index of a club of which it is the first purchase; negative = no condition
 * @param controlHundredths hundredths of a percent of members who are left out
 */
public record MemberTerms(
        long tierLevels,
        List<String> clubs,
        boolean firstPurchase,
        int everyNthVisit,
        Window visitWindow,
        int unboughtDays,
        int birthdayBefore,
        int birthdayAfter,
        int dormantDays,
        List<String> tags,
        int newInClub,
        int controlHundredths) {

    /** No condition. */
    static final MemberTerms NONE =
            new MemberTerms(0, List.of(), false, 0, Window.LIFETIME, -1, -1, -1, -1, List.of(), -1, 0);

    /** Members of one level alone. */
    static MemberTerms ofLevel(int level) {
        return new MemberTerms(1L << level, List.of(), false, 0, Window.LIFETIME, -1, -1, -1, -1, List.of(), -1, 0);
    }

    /** Members whose first purchase in a club it is. */
    static MemberTerms newIn(int club) {
        return new MemberTerms(0, List.of(), false, 0, Window.LIFETIME, -1, -1, -1, -1, List.of(), club, 0);
    }

    /** Whether any member will do. */
    boolean isNone() {
        return tierLevels == 0
                && clubs.isEmpty()
                && !firstPurchase
                && everyNthVisit == 0
                && unboughtDays < 0
                && birthdayBefore < 0
                && dormantDays < 0
                && tags.isEmpty()
                && newInClub < 0
                && controlHundredths == 0;
    }
}
