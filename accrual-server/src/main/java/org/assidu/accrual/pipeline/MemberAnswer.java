package org.assidu.accrual.pipeline;

import java.util.List;
import org.assidu.accrual.model.MemberStatus;

/**
 * Balances, usable rewards, level and clubs of a member.
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
        MemberStatus status,
        long position) {

    /**
     * One purse.
     *
     * @param currency of a money purse, ISO 4217; empty for points
     * @param balanceMicro with what is pending
     * @param pendingMicro part of it that cannot be spent yet
     * @param debtMicro what the next credits pay first
     * @param usableMicro what can be spent now: nothing of a money purse below its least balance
     * @param convertibleMicro what the points that can be spent would become in a money purse
     * @param lots by expiry; none for a purse that keeps no lots
     */
    public record PurseBalance(
            String purseId,
            String currency,
            long balanceMicro,
            long pendingMicro,
            long debtMicro,
            long usableMicro,
            long convertibleMicro,
            List<Lot> lots) {}

    /**
     * @param expiryDay last epoch day on which it can be spent; {@link org.assidu.accrual.model.LotKey#NEVER} = for ever
     * @param unlockDay first epoch day on which it can be spent; 0 = now
     */
    public record Lot(long micro, int expiryDay, int unlockDay) {}

    /** A reward the member may use so many times now. */
    public record UsableReward(RewardTerms reward, int count) {}
}
