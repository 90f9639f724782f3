package org.assidu.accrual.pipeline;

import java.util.List;
import org.assidu.accrual.directory.Identifier;
import org.assidu.accrual.model.Channel;
import org.assidu.accrual.model.MemberEnrolment;
import org.assidu.accrual.model.OpeningLot;
import org.jspecify.annotations.Nullable;

/**
 * A member as another system had them.
 *
 * @param enrolledAtMillis 0 = now
 * @param store where; null when none
 * @param tierId empty = none
 * @param tierReviewDay epoch day; 0 = as if the tier had been reached today
 * @param lots their purse may be empty for the points purse
 */
public record MigratingMember(
        String externalId,
        List<Identifier> identifiers,
        long enrolledAtMillis,
        Channel channel,
        @Nullable String store,
        String termsVersion,
        List<MemberEnrolment.Consent> consents,
        String tierId,
        int tierReviewDay,
        List<OpeningLot> lots) {}
