package org.assidu.accrual.replay;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.assidu.accrual.engine.AccrualEngine;
import org.assidu.accrual.engine.MemberView;
import org.assidu.accrual.model.ProgrammeDocument.Measure;
import org.assidu.accrual.model.ProgrammeDocument.ThresholdReward;
import org.assidu.accrual.model.RewardKind;
import org.assidu.accrual.programme.Programme;
import org.assidu.accrual.replay.WhatIfReport.Change;
import org.assidu.accrual.replay.WhatIfReport.RewardChange;
import org.jspecify.annotations.Nullable;

/**
 * Compares the threshold rewards that two worlds gave. Those that points unlock are paid in points, which are counted already;
 * any other is an amount of its own, where it is one of money.
 */
final class RewardComparison {
    private final AccrualEngine before;
    private final AccrualEngine after;
    private final Map<String, long[]> openBefore = new TreeMap<>();
    private final Map<String, long[]> openAfter = new TreeMap<>();

    RewardComparison(AccrualEngine before, AccrualEngine after) {
        this.before = before;
        this.after = after;
    }

    void member(long key) {
        add(before.member(key), openBefore);
        add(after.member(key), openAfter);
    }

    private static void add(@Nullable MemberView view, Map<String, long[]> open) {
        if (view != null) {
            view.rewards()
                    .forEach(reward ->
                            open.computeIfAbsent(reward.rewardId(), none -> new long[1])[0] += reward.unlocked());
        }
    }

    /** By reward. */
    List<RewardChange> changes(Map<String, long[]> reachedBefore, Map<String, long[]> reachedAfter) {
        TreeSet<String> ids = new TreeSet<>(openBefore.keySet());
        ids.addAll(openAfter.keySet());
        ids.addAll(reachedBefore.keySet());
        ids.addAll(reachedAfter.keySet());
        List<RewardChange> changes = new ArrayList<>();
        for (String id : ids) {
            Change reached = change(reachedBefore, reachedAfter, id);
            Change open = change(openBefore, openAfter, id);
            long valueBefore = valueMinor(before, id);
            long valueAfter = valueMinor(after, id);
            changes.add(new RewardChange(
                    id,
                    reached,
                    open,
                    new Change(reached.before() * valueBefore, reached.after() * valueAfter),
                    new Change(open.before() * valueBefore, open.after() * valueAfter)));
        }
        return changes;
    }

    private static Change change(Map<String, long[]> was, Map<String, long[]> would, String id) {
        long[] none = new long[1];
        return new Change(was.getOrDefault(id, none)[0], would.getOrDefault(id, none)[0]);
    }

    /** What a reward gives in money beside the points that pay it, as its newest version says; 0 = nothing, or nothing fixed. */
    private static long valueMinor(AccrualEngine engine, String id) {
        long minor = 0;
        for (Programme programme : engine.programmes()) {
            for (ThresholdReward reward : programme.document().thresholdRewards()) {
                boolean fixed = reward.kind() == RewardKind.FIXED_AMOUNT || reward.kind() == RewardKind.GIFT_VOUCHER;
                if (reward.id().equals(id)) {
                    BigDecimal value = fixed && reward.measure() != Measure.POINTS ? reward.value() : BigDecimal.ZERO;
                    minor = Worth.minor(value, engine).longValue();
                }
            }
        }
        return minor;
    }
}
