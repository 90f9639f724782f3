package org.assidu.accrual.programme;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assidu.accrual.model.Bonus;
import org.assidu.accrual.model.Bonus.Award;
import org.assidu.accrual.model.Mechanics;
import org.assidu.accrual.model.Mechanics.Act;
import org.assidu.accrual.model.Mechanics.Club;
import org.assidu.accrual.model.Mechanics.MoneyPurse;
import org.assidu.accrual.model.Mechanics.ShopReward;
import org.assidu.accrual.model.Mechanics.Tier;
import org.assidu.accrual.model.Mechanics.TierWindow;
import org.assidu.accrual.model.Mechanics.Tiers;
import org.assidu.accrual.model.Problem;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.ProgrammePart;

/**
 * What a new version may not do to what earlier versions promised or counted: take away what members hold, give a known id
 * another meaning, or become worse without notice.
 */
public final class VersionCheck {
    private final ProgrammeDocument next;
    private final List<Problem> problems = new ArrayList<>();

    private VersionCheck(ProgrammeDocument next) {
        this.next = next;
    }

    /** @param earlier all published documents, oldest first */
    public static List<Problem> problemsOf(List<ProgrammeDocument> earlier, ProgrammeDocument next) {
        VersionCheck check = new VersionCheck(next);
        if (!earlier.isEmpty()) {
            check.meanings(earlier);
            check.held(earlier.get(earlier.size() - 1).mechanics());
        }
        return check.problems;
    }

    /**
     * What a version that takes effect too soon says about it.
     *
     * @param inForce the version that it replaces
     * @param nowMillis time of publication
     */
    public static List<Problem> noticeProblems(ProgrammeDocument inForce, ProgrammeDocument next, long nowMillis) {
        int noticeDays = inForce.mechanics().noticeDays();
        if (noticeDays == 0) {
            return List.of();
        }
        ZoneId zone = ZoneId.of(next.timeZone());
        LocalDate earliest =
                Instant.ofEpochMilli(nowMillis).atZone(zone).toLocalDate().plusDays(noticeDays);
        if (next.effectiveFromMillis()
                >= earliest.atStartOfDay(zone).toInstant().toEpochMilli()) {
            return List.of();
        }
        List<ProgrammePart> worse = WorseForMembers.parts(inForce, next);
        if (worse.isEmpty()) {
            return List.of();
        }
        String parts = worse.stream().map(ProgrammePart::toString).collect(Collectors.joining(", "));
        return List.of(Problem.at(
                "effective_from",
                "is worse for members (" + parts + "), who must know " + noticeDays + " days before: write " + earliest
                        + " or later, or leave these as they are"));
    }

    private void problem(String path, String message) {
        problems.add(Problem.at(path, message));
    }

    /** Each id keeps what it means and in what unit it is counted. */
    private void meanings(List<ProgrammeDocument> earlier) {
        Map<String, String> known = new HashMap<>();
        for (ProgrammeDocument document : earlier) {
            meanings(document, (path, id, meaning) -> known.put(id, meaning));
        }
        meanings(next, (path, id, meaning) -> {
            String before = known.get(id);
            if (before != null && !before.equals(meaning)) {
                problem(
                        path,
                        "\"" + id + "\" was " + before + " and is now " + meaning
                                + "; what members counted under it would change its meaning: give it another id");
            }
        });
        Tiers before = earlier.get(earlier.size() - 1).mechanics().tiers();
        Tiers after = next.mechanics().tiers();
        if (before != null && after != null && before.measure() != after.measure()) {
            problem(
                    "tiers.measure",
                    "is " + after.measure() + "; members are counted by " + before.measure()
                            + " and would start anew: write " + before.measure());
        }
        if (before != null && after != null) {
            window(before, after);
        }
    }

    /** Members' counters hold the periods of the window. */
    private void window(Tiers before, Tiers after) {
        if (before.window() != after.window()) {
            problem(
                    "tiers.window",
                    "is " + after.window() + "; members are counted over " + before.window()
                            + " and would start anew: write " + before.window());
        } else if (before.window() == TierWindow.ROLLING_MONTHS && after.months() > before.months()) {
            problem(
                    "tiers.months",
                    "is " + after.months() + "; what members did more than " + before.months()
                            + " months ago is no longer known: write at most " + before.months());
        }
    }

    private interface Meanings {
        void put(String path, String id, String meaning);
    }

    private static void meanings(ProgrammeDocument document, Meanings to) {
        Mechanics mechanics = document.mechanics();
        for (int i = 0; i < document.thresholdRewards().size(); i++) {
            to.put(
                    "threshold_rewards[" + i + "].id",
                    document.thresholdRewards().get(i).id(),
                    "a threshold reward");
        }
        for (int i = 0; i < mechanics.bonuses().size(); i++) {
            Bonus bonus = mechanics.bonuses().get(i);
            to.put("bonuses[" + i + "].id", bonus.id(), "a bonus of " + unit(bonus.award()));
        }
        for (int i = 0; i < mechanics.acts().size(); i++) {
            Act act = mechanics.acts().get(i);
            to.put("acts[" + i + "].id", act.id(), "an act " + act.kind());
        }
        List<Tier> levels = WorseMechanics.levels(mechanics.tiers());
        for (int i = 0; i < levels.size(); i++) {
            to.put("tiers.levels[" + i + "].id", levels.get(i).id(), "a tier");
        }
        for (int i = 0; i < mechanics.clubs().size(); i++) {
            to.put("clubs[" + i + "].id", mechanics.clubs().get(i).id(), "a club");
        }
        for (int i = 0; i < mechanics.shop().size(); i++) {
            ShopReward reward = mechanics.shop().get(i);
            to.put("shop[" + i + "].id", reward.id(), "a reward of the shop, " + reward.kind());
        }
    }

    private static String unit(Award award) {
        return switch (award.kind()) {
            case EXTRA_RATE, FIXED_POINTS, MULTIPLIER -> "points";
            case CASHBACK_PERCENT, CASHBACK_AMOUNT -> "money into " + award.target();
            case REWARD -> "reward " + award.target();
            case TAG -> "tag " + award.target();
            case MEMBER_PRICE_PERCENT, MEMBER_PRICE_AMOUNT -> "member prices";
        };
    }

    /** What members hold stays: money, tiers, memberships, rewards bought. */
    private void held(Mechanics before) {
        Mechanics after = next.mechanics();
        List<String> purses =
                after.moneyPurses().stream().map(purse -> purse.purse().id()).toList();
        for (MoneyPurse purse : before.moneyPurses()) {
            kept("money_purses", purse.purse().id(), purses, "holds members' money");
        }
        List<String> clubs = after.clubs().stream().map(Club::id).toList();
        for (Club club : before.clubs()) {
            kept("clubs", club.id(), clubs, "has members; to close it, ask for an access.tag that nobody has");
        }
        List<String> shop = after.shop().stream().map(ShopReward::id).toList();
        LocalDate start = WorseForMembers.firstDay(next);
        for (ShopReward reward : before.shop()) {
            if (reward.lastDay() == null || !reward.lastDay().isBefore(start)) {
                kept("shop", reward.id(), shop, "may be held by members; write a last_day, and remove it after that");
            }
        }
        List<String> levels =
                WorseMechanics.levels(after.tiers()).stream().map(Tier::id).toList();
        List<Tier> known = WorseMechanics.levels(before.tiers());
        for (int level = 0; level < known.size(); level++) {
            String id = known.get(level).id();
            kept(after.tiers() == null ? "tiers" : "tiers.levels", id, levels, "is held by members");
            int place = levels.indexOf(id);
            if (place >= 0 && place != level) {
                problem(
                        "tiers.levels[" + place + "].id",
                        "\"" + id + "\" is level " + (level + 1) + ", counted from the lowest, and members hold it as"
                                + " that; keep the order, and add levels above the highest");
            }
        }
    }

    private void kept(String path, String id, List<String> ids, String why) {
        if (!ids.contains(id)) {
            problem(path, "\"" + id + "\" is missing; it " + why + ": keep it");
        }
    }
}
