package org.assidu.accrual.text;

import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.model.Mechanics.ShopReward;
import org.assidu.accrual.model.MemberStanding;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.ProgrammeDocument.ThresholdReward;

/**
 * Chooses what a cashier is told about a member: at most three lines, in the order of {@link TillPrompt.Code}. Nothing said
 * here names the person.
 */
public final class TillPrompts {
    /** Most lines. */
    public static final int MOST = 3;

    private static final int BIRTHDAY_DAYS_BEFORE = 3;
    private static final int BIRTHDAY_DAYS_AFTER = 3;
    /** A reward further away is no news at the till. */
    private static final int NEAR_PERCENT = 50;

    private TillPrompts() {}

    /** @param language {@code en} or {@code fr}; anything else reads as English */
    public static List<TillPrompt> choose(MemberStanding standing, TillPerson person, String language) {
        TillWords words = new TillWords(language);
        List<TillPrompt> prompts = new ArrayList<>();
        ProgrammeDocument programme = standing.programme();
        if (programme != null) {
            offer(standing, programme, words, prompts);
        }
        Integer days = person.daysToBirthday();
        if (days != null && days <= BIRTHDAY_DAYS_BEFORE && days >= -BIRTHDAY_DAYS_AFTER) {
            prompts.add(new TillPrompt(TillPrompt.Code.BIRTHDAY, words.birthday(days)));
        }
        if (programme != null) {
            String tier = standing.tierId();
            if (tier != null) {
                prompts.add(new TillPrompt(TillPrompt.Code.TIER, words.tier(tier, programme)));
            }
            MoneyLines money = new MoneyLines(programme, language);
            for (MemberStanding.Money purse : standing.money()) {
                if (purse.usableMicro() > 0) {
                    prompts.add(new TillPrompt(TillPrompt.Code.MONEY_TO_USE, money.toUse(purse)));
                }
            }
            NextReward next = NextReward.of(standing);
            if (next != null && next.isDone(NEAR_PERCENT)) {
                prompts.add(new TillPrompt(TillPrompt.Code.NEXT_REWARD, words.toGo(next, programme)));
            }
        }
        if (!standing.expiring().isEmpty()) {
            MemberStanding.Expiring soonest = standing.expiring().get(0);
            prompts.add(new TillPrompt(
                    TillPrompt.Code.POINTS_EXPIRING, words.expiringSoon(soonest.micro(), soonest.day())));
        }
        if (programme != null) {
            MoneyLines money = new MoneyLines(programme, language);
            for (MemberStanding.Money purse : standing.money()) {
                if (money.isWorthConverting(purse)) {
                    prompts.add(new TillPrompt(TillPrompt.Code.POINTS_TO_CONVERT, money.toConvert(purse)));
                }
            }
        }
        if (person.emailMissing()) {
            prompts.add(new TillPrompt(TillPrompt.Code.EMAIL_MISSING, words.emailMissing()));
        }
        return List.copyOf(prompts.subList(0, Math.min(MOST, prompts.size())));
    }

    /** The first reward of the programme that can be used now: one is enough for one sale. */
    private static void offer(
            MemberStanding standing, ProgrammeDocument programme, TillWords words, List<TillPrompt> prompts) {
        for (ThresholdReward reward : programme.thresholdRewards()) {
            for (MemberStanding.Usable usable : standing.usable()) {
                if (usable.rewardId().equals(reward.id())) {
                    prompts.add(new TillPrompt(
                            TillPrompt.Code.REWARD_TO_OFFER, words.offer(reward, programme, usable.count())));
                    return;
                }
            }
        }
        for (ShopReward reward : programme.mechanics().shop()) {
            for (MemberStanding.Usable usable : standing.usable()) {
                if (usable.rewardId().equals(reward.id())) {
                    prompts.add(new TillPrompt(TillPrompt.Code.REWARD_TO_OFFER, words.offer(reward, usable.count())));
                    return;
                }
            }
        }
    }
}
