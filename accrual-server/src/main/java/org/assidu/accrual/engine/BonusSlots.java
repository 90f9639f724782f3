package org.assidu.accrual.engine;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assidu.accrual.model.Bonus.AwardKind;
import org.assidu.accrual.model.ProgrammeDocument.Window;
import org.assidu.accrual.programme.BonusRule;
import org.assidu.accrual.programme.MemberTerms;
import org.assidu.accrual.programme.Programme;

/**
 * Counters that the bonuses of one programme version read and write, by bonus; -1 where a bonus has no use for one. A counter
 * belongs to a bonus's id, so that what was given counts on over versions.
 */
final class BonusSlots {
    /** Level of the member's tier, from 1 as the version in force lists them; 0 = none. */
    static final String TIER_LEVEL = "tier/level";

    /** Month × 100 + day; 0 = unknown. */
    static final String BIRTHDAY = "member/birthday";

    /** Days whose use of a daily limit is remembered: a receipt that comes later than this many days finds the limit used up. */
    static final int DAYS = 8;

    static final int NONE = -1;

    /** What was given to the member. */
    final int[] member;
    /** What was given over all members. */
    final int[] budget;
    /** By bonus and day modulo {@link #DAYS}: the day; what was given on it is in the slot after. */
    final int[][] day;
    /** Last epoch day on which the member bought what the bonus is for. */
    final int[] bought;
    /** What the award raises: rewards of the shop that can be used without points, or a tag. */
    final int[] granted;
    /** By condition on tags: its tags as bonuses give them. */
    final int[][] tags;
    /** By condition on tags: last days of the same tags as they were brought in. */
    final int[][] tagsUntil;
    /** By condition on clubs: last day, then first day of each membership. */
    final int[][] clubs;

    final int[] purse;
    final long[] idHash;
    /** By window: closed receipts with a sale in the window of the slot after; -1 when no bonus asks. */
    final int[] visits = new int[Window.values().length];

    final int tierLevel;
    final int birthday;

    private final CounterSlots counters;
    private boolean tracksBought;
    private boolean countsVisits;

    BonusSlots(Programme programme, CounterSlots counters, Programmes programmes) {
        this.counters = counters;
        int bonuses = programme.bonuses();
        member = none(bonuses);
        budget = none(bonuses);
        day = new int[bonuses][];
        bought = none(bonuses);
        granted = none(bonuses);
        tags = new int[bonuses][];
        tagsUntil = new int[bonuses][];
        clubs = new int[bonuses][];
        purse = none(bonuses);
        idHash = new long[bonuses];
        Arrays.fill(visits, NONE);
        boolean tiers = false;
        boolean birthdays = false;
        for (int i = 0; i < bonuses; i++) {
            BonusRule rule = programme.bonus(i);
            byte[] id = rule.id().getBytes(StandardCharsets.UTF_8);
            idHash[i] = Mix.text(id, 0, id.length);
            if (rule.givesMoney()) {
                purse[i] = programmes.purseSlot(programme.moneyPurseId(rule.target()));
            }
            addLimits(rule, "bonus/" + rule.id());
            addGrants(rule);
            addTerms(rule.terms(), i, "bonus/" + rule.id());
            tiers |= rule.terms().tierLevels() != 0;
            birthdays |= rule.terms().birthdayBefore() >= 0;
        }
        tierLevel = tiers ? counters.publish(TIER_LEVEL) : NONE;
        birthday = birthdays ? counters.publish(BIRTHDAY) : NONE;
    }

    boolean tracksBought() {
        return tracksBought;
    }

    boolean countsVisits() {
        return countsVisits;
    }

    private static int[] none(int size) {
        int[] slots = new int[size];
        Arrays.fill(slots, NONE);
        return slots;
    }

    /** A member has a tag, by bonuses, while this is above 0. */
    static String tag(String tag) {
        return "tag/" + tag;
    }

    /** Last epoch day of a tag that was brought in; 0 = none. */
    static String tagUntil(String tag) {
        return "tag/" + tag + "/until";
    }

    /** Last epoch day of a membership; 0 = none. */
    static String clubUntil(String club) {
        return "club/" + club + "/until";
    }

    /** First epoch day of a membership; 0 = none, or from before it was counted. */
    static String clubSince(String club) {
        return "club/" + club + "/since";
    }

    /** Units of a reward of the shop that a member may use without points. */
    static String shopUnlocked(String reward) {
        return "shop/" + reward + "/unlocked";
    }

    private void addLimits(BonusRule rule, String name) {
        int i = rule.index();
        if (rule.perMember() != BonusRule.NO_LIMIT) {
            member[i] = counters.publish(name + "/member");
        }
        if (rule.budget() != BonusRule.NO_LIMIT) {
            budget[i] = counters.publish(name + "/budget");
        }
        if (rule.perMemberDay() != BonusRule.NO_LIMIT) {
            day[i] = new int[DAYS * 2];
            for (int cell = 0; cell < DAYS; cell++) {
                day[i][cell * 2] = counters.publish(name + "/day/" + cell);
                day[i][cell * 2 + 1] = counters.publish(name + "/day/" + cell + "/given");
            }
        }
    }

    private void addGrants(BonusRule rule) {
        int i = rule.index();
        String target = rule.targetId();
        if (target == null) {
            return;
        }
        if (rule.kind() == AwardKind.TAG) {
            granted[i] = counters.publish(tag(target));
        } else if (rule.kind() == AwardKind.REWARD) {
            granted[i] = rule.target() < 0 ? counters.publish(shopUnlocked(target)) : NONE;
        }
    }

    private void addTerms(MemberTerms terms, int i, String name) {
        if (terms.unboughtDays() >= 0) {
            bought[i] = counters.publish(name + "/bought");
            tracksBought = true;
        }
        tags[i] = slots(terms.tags().stream().map(BonusSlots::tag).toList());
        tagsUntil[i] = slots(terms.tags().stream().map(BonusSlots::tagUntil).toList());
        clubs[i] = slots(terms.clubs().stream()
                .flatMap(club -> Stream.of(clubUntil(club), clubSince(club)))
                .toList());
        Window window = terms.visitWindow();
        if (terms.everyNthVisit() > 0 && visits[window.ordinal()] == NONE) {
            visits[window.ordinal()] = counters.publish("visits/" + window);
            counters.publish("visits/" + window + "/window");
            countsVisits = true;
        }
    }

    private int[] slots(List<String> names) {
        return names.stream().mapToInt(counters::publish).toArray();
    }
}
