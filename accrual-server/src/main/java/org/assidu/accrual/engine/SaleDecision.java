package org.assidu.accrual.engine;

import java.util.Arrays;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ProgrammeDocument.NegativePolicy;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.ReceiptStatus;
import org.assidu.accrual.programme.Limits;
import org.assidu.accrual.programme.Programme;
import org.assidu.accrual.programme.RewardRule;
import org.assidu.accrual.programme.TenderShares;
import org.assidu.accrual.programme.TierLadder;
import org.jspecify.annotations.Nullable;

/**
 * Decides a paid receipt with all its lines. Movements in this order: rewards used, sales, returns without original,
 * returns with original.
 */
final class SaleDecision {
    private final MemberPages members;
    private final Programmes programmes;
    private final Draft draft;
    private final Thresholds thresholds;
    private final LinkedReturns linkedReturns;
    private final BonusDecision bonuses;
    private final Tiers tiers;
    private final Clubs clubs;
    private final ReceiptActs acts;
    private final ReceiptEvents events;
    private final PurseUses purses;
    private final ShopUses shop;
    private final PromoCodes promoCodes;
    private final UnlockedRewards rewards;
    private final TenderShares shares = new TenderShares();
    /** Uses of each reward of the programme on this receipt. */
    private final int[] uses = new int[Limits.REWARDS];
    /** Uses of each reward that nothing covers. */
    private final long[] unfunded = new long[uses.length];

    SaleDecision(
            MemberPages members,
            Programmes programmes,
            Draft draft,
            Thresholds thresholds,
            LinkedReturns linkedReturns,
            BonusDecision bonuses,
            Tiers tiers,
            Clubs clubs,
            ReceiptActs acts,
            ShopUses shop,
            PromoCodes promoCodes) {
        this.members = members;
        this.programmes = programmes;
        this.draft = draft;
        this.thresholds = thresholds;
        this.linkedReturns = linkedReturns;
        purses = new PurseUses(programmes, draft);
        this.bonuses = bonuses;
        this.tiers = tiers;
        this.clubs = clubs;
        this.acts = acts;
        this.shop = shop;
        this.promoCodes = promoCodes;
        rewards = new UnlockedRewards(programmes, draft);
        events = new ReceiptEvents(members, programmes, draft);
    }

    /** @param open the same receipt's chunks so far, whose reservations end here; null = none */
    void decide(
            ReceiptColumns receipt,
            @Nullable OpenReceipt open,
            OriginalReceipts originals,
            long nowMillis,
            OutcomeColumns out) {
        Programme programme = programmes.at(receipt.soldAtMillis);
        ReceiptStatus refusal = Facts.refusal(receipt, programme, nowMillis, out);
        if (refusal != ReceiptStatus.ACCRUED) {
            out.status = refusal;
            return;
        }
        out.status = Facts.denial(receipt, programme, nowMillis);
        out.programmeVersion = programme == null ? 0 : programme.version();
        draft.start(out, programme == null ? NegativePolicy.ALLOW : programme.negative());
        if (programme != null) {
            draft.creditFor(programme.businessDay(receipt));
        }
        tiers.begin();
        if (open != null) {
            release(open);
        }
        linkedReturns.find(receipt, originals, out);
        long member = Facts.participant(receipt);
        shop.release(receipt, programme == null ? 0 : member);
        boolean rewardsCovered = programme == null || spend(programme, receipt, member);
        if (programme != null && member != 0 && out.status == ReceiptStatus.ACCRUED) {
            earn(programme, receipt, member, false, out);
            acts.add(programme, receipt, member, nowMillis, out);
        }
        linkedReturns.move();
        tiers.close(programme, programme == null ? 0 : programme.day(receipt.soldAtMillis));
        if (programme != null && programme.document().returnsRestoreRewards()) {
            promoCodes.note(out);
        }
        if (programme != null && member != 0) {
            chargeUnfunded(programme, receipt, member);
            noteUses(programme, receipt, out);
            if (!Facts.isBurnOver(programme, receipt)) {
                alert(programme, member, open, out);
            }
        }
        draft.finish(member);
        events.add(programme, receipt, member, uses, unfunded, out);
        if (!rewardsCovered && out.status == ReceiptStatus.ACCRUED) {
            out.status = ReceiptStatus.REWARD_UNFUNDED;
        }
    }

    /**
     * Decides a closed receipt of nobody as if it had named the member that it names now. Its returns of other receipts and
     * the rewards that it used stand as they were decided; what came back of its own articles since then is taken off.
     *
     * @param key of the receipt
     * @param first what was decided when it came
     * @param arrivedMillis when it came
     * @return false when it would have given nothing to anybody
     */
    boolean claim(ReceiptColumns receipt, long key, OutcomeColumns first, long arrivedMillis, OutcomeColumns out) {
        Programme programme = programmes.ofVersion(first.programmeVersion);
        if (programme == null || Facts.denial(receipt, programme, arrivedMillis) != ReceiptStatus.ACCRUED) {
            return false;
        }
        out.reset(ReceiptStatus.ACCRUED, receipt.lines);
        out.programmeVersion = programme.version();
        draft.start(out, programme.negative());
        draft.creditFor(programme.businessDay(receipt));
        tiers.begin();
        for (int line = 0; line < receipt.lines; line++) {
            if (LinkedReturns.isLinked(receipt, line)) {
                out.lineStatus[line] = first.lineStatus[line];
                out.eligible[line] = first.eligible[line];
                out.linePointsMicro[line] = first.linePointsMicro[line];
            }
        }
        long member = receipt.memberKey;
        countUses(programme, receipt, true);
        earn(programme, receipt, member, true, out);
        acts.add(programme, receipt, member, arrivedMillis, out);
        linkedReturns.takeReturned(receipt, key, out);
        tiers.close(programme, programme.day(receipt.soldAtMillis));
        draft.finish(member);
        Arrays.fill(uses, 0, programme.thresholdRewards().size(), 0);
        events.add(programme, receipt, member, uses, unfunded, out);
        return true;
    }

    /** Writes the member prices of a receipt that is still open, and nothing else. */
    void tellPrices(ReceiptColumns receipt, long nowMillis, OutcomeColumns out) {
        Programme programme = programmes.at(receipt.soldAtMillis);
        long member = Facts.participant(receipt);
        boolean earns = Facts.denial(receipt, programme, nowMillis) == ReceiptStatus.ACCRUED;
        if (programme != null && programme.hasMemberPrices() && member != 0 && earns) {
            bonuses.qualify(programme, receipt, member, out);
            out.contexts = out.movements = out.counterChanges = out.events = 0;
        }
    }

    /** Frees what an open receipt has reserved. */
    void release(OpenReceipt open) {
        for (int slot = 0; slot < programmes.rewardSlots(); slot++) {
            draft.change(open.reservedMember, Counters.reserved(slot), -open.reserved(slot));
        }
    }

    /** Debits the rewards used. @return false when one was not covered */
    private boolean spend(Programme programme, ReceiptColumns receipt, long member) {
        boolean mayUse = member != 0 && !Facts.isBurnOver(programme, receipt);
        boolean covered = countUses(programme, receipt, mayUse);
        for (int i = 0; i < programme.thresholdRewards().size(); i++) {
            if (uses[i] == 0 || member == 0) {
                continue;
            }
            RewardRule reward = programme.thresholdReward(i);
            int slot = programmes.rewardSlot(programme, i);
            long funded = Math.min(uses[i], available(member, slot));
            unfunded[i] = uses[i] - funded;
            rewards.add(member, programme, i, -funded);
            long costMicro = reward.costMicro() * uses[i];
            covered &= unfunded[i] == 0 && (costMicro == 0 || draft.availableMicro(member) >= costMicro);
            draft.move(member, MovementKind.SPENT, -costMicro, reward.rule(), programme.version());
        }
        if (receipt.usedRewards > 0) {
            covered &= promoCodes.spend(programme, receipt, member);
            covered &= member == 0 || shop.spend(programme, receipt, member);
            covered &= member == 0 || purses.spend(programme, receipt, member);
        }
        return covered;
    }

    /**
     * @param mayUse whether somebody is there whose rewards can be used
     * @return false when one cannot be used, or is nothing of the programme's
     */
    private boolean countUses(Programme programme, ReceiptColumns receipt, boolean mayUse) {
        int rewards = programme.thresholdRewards().size();
        for (int i = 0; i < rewards; i++) {
            uses[i] = 0;
            unfunded[i] = 0;
        }
        boolean known = true;
        for (int used = 0; used < receipt.usedRewards; used++) {
            int reward = 0;
            while (reward < rewards && !programme.thresholdReward(reward).isNamed(receipt, receipt.usedReward[used])) {
                reward++;
            }
            if (reward < rewards) {
                uses[reward] += Math.max(1, receipt.usedRewardCount[used]);
                known &= mayUse;
            } else if (!PromoCodes.isNamed(programme, receipt, used)) {
                known &= mayUse
                        && (ShopUses.isNamed(programme, receipt, used) || PurseUses.isNamed(programme, receipt, used));
            }
        }
        return known;
    }

    /** Unlocked rewards that no other open receipt holds. */
    private long available(long member, int slot) {
        return Math.max(
                0, draft.counter(member, Counters.unlocked(slot)) - draft.counter(member, Counters.reserved(slot)));
    }

    /** @param claimed whether the till did not know the member, so that it took no member prices off */
    private void earn(Programme programme, ReceiptColumns receipt, long member, boolean claimed, OutcomeColumns out) {
        boolean salesEarn = true;
        for (int i = 0; i < programme.thresholdRewards().size(); i++) {
            salesEarn &= uses[i] == 0 || programme.thresholdReward(i).rewardReceiptsEarn();
        }
        int version = programme.version();
        if (programme.hasBonuses()) {
            bonuses.qualify(programme, receipt, member, out);
            if (claimed) {
                bonuses.dropPrices(programme, out);
            }
        }
        programme.price(receipt, salesEarn, shares, out);
        if (receipt.hasSale()) {
            draft.renew(member, version, programme.businessDay(receipt));
        }
        long creditMicro;
        if (programme.hasBonuses()) {
            creditMicro = bonuses.award(programme, receipt, member, out);
        } else {
            creditMicro = programme.creditMicro(receipt, out, null);
            long lot = draft.lotOf(0, version, receipt);
            draft.move(member, 0, MovementKind.EARNED, creditMicro, Programme.BASE_RULE, version, lot);
        }
        long unlinkedMicro = programme.unlinkedMicro(receipt, out);
        draft.move(member, MovementKind.REVERSED, unlinkedMicro, Programme.BASE_RULE, version);
        for (int i = 0; i < programme.thresholdRewards().size(); i++) {
            RewardRule reward = programme.thresholdReward(i);
            long units = programme.measureUnits(reward, receipt, out, null, creditMicro)
                    + programme.unlinkedMeasureUnits(reward, receipt, out, unlinkedMicro);
            thresholds.add(member, programme, reward, programme.window(reward, receipt.soldAtMillis), units);
        }
        clubs.close(programme, receipt, out, member, programme.day(receipt.soldAtMillis));
        TierLadder ladder = programme.tiers();
        if (ladder != null) {
            long units =
                    ladder.units(receipt, out, null, creditMicro) + ladder.unlinkedUnits(receipt, out, unlinkedMicro);
            tiers.add(member, programme, programme.day(receipt.soldAtMillis), units);
        }
    }

    /** Adds to the context what a return needs to give back the rewards used. */
    private void noteUses(Programme programme, ReceiptColumns receipt, OutcomeColumns out) {
        if (receipt.usedRewards == 0 || !programme.document().returnsRestoreRewards()) {
            return;
        }
        for (int i = 0; i < programme.thresholdRewards().size(); i++) {
            if (unfunded[i] > 0) {
                out.addContext(programme.thresholdReward(i).rule(), unfunded[i]);
            }
        }
        shop.note(out);
    }

    /** A reward used before it was unlocked uses up the next crossing. */
    private void chargeUnfunded(Programme programme, ReceiptColumns receipt, long member) {
        for (int i = 0; i < programme.thresholdRewards().size(); i++) {
            RewardRule reward = programme.thresholdReward(i);
            int window = programme.window(reward, receipt.soldAtMillis);
            thresholds.add(member, programme, reward, window, -unfunded[i] * reward.reachesUnits());
        }
    }

    /**
     * Alerts of what the member had before this receipt and has not used on it: what this receipt itself unlocks is told
     * from the next visit on.
     */
    private void alert(Programme programme, long member, @Nullable OpenReceipt open, OutcomeColumns out) {
        int row = members.find(member);
        if (row == MemberPages.NONE) {
            return;
        }
        for (int i = 0; i < programme.thresholdRewards().size(); i++) {
            int slot = programmes.rewardSlot(programme, i);
            long held = members.counter(row, Counters.reserved(slot));
            long own = open != null && open.reservedMember == member ? open.reserved(slot) : 0;
            long before = members.counter(row, Counters.unlocked(slot)) - held + own - uses[i];
            long count = Math.min(before, available(member, slot));
            if (count > 0) {
                out.addAlert(i, (int) Math.min(count, Integer.MAX_VALUE));
            }
        }
    }
}
