package org.assidu.accrual.pipeline;

import java.util.List;

/**
 * Balances and usable rewards of a member.
 *
 * @param known whether any record names the member; a member just enrolled in the directory may have none
 * @param position last journal position that this reflects
 */
public record MemberAnswer(
        long memberKey,
        boolean known,
        List<PurseBalance> purses,
        List<UsableReward> rewards,
        long receipts,
        long position) {

    public record PurseBalance(String purseId, long balanceMicro) {}

    /** A reward the member may use so many times now. */
    public record UsableReward(RewardTerms reward, int count) {}
}
