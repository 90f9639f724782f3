package org.assidu.accrual.replay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.collections.Long2LongHashMap;
import org.assidu.accrual.engine.AccrualEngine;
import org.assidu.accrual.model.Mechanics.Tier;
import org.assidu.accrual.model.Mechanics.Tiers;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.programme.Programme;
import org.assidu.accrual.replay.WhatIfReport.MemberGroup;

/** Compares what each member holds in two worlds, in all and by store and tier. */
final class MemberComparison {
    /** Level of a member's tier, from 1; 0 = none. */
    private static final String TIER_LEVEL = "tier/level";

    private static final long ABSENT = -1;

    /** Members that are better or worse off, and by how much. */
    private static final class Sum {
        private long better;
        private long worse;
        private long mixed;
        private long same;
        private final Map<String, Long> difference = new LinkedHashMap<>();

        void add(boolean more, boolean less, List<String> purses, long[] differences) {
            if (more && less) {
                mixed++;
            } else if (more) {
                better++;
            } else if (less) {
                worse++;
            } else {
                same++;
            }
            for (int purse = 0; purse < differences.length; purse++) {
                difference.merge(purses.get(purse), differences[purse], Long::sum);
            }
        }

        MemberGroup group(String name) {
            return new MemberGroup(name, better, worse, mixed, same, new LinkedHashMap<>(difference));
        }
    }

    private final AccrualEngine before;
    private final AccrualEngine after;
    /** Index of the store of each member's last purchase. */
    private final Long2LongHashMap storeOf = new Long2LongHashMap(ABSENT);

    private final List<String> stores = new ArrayList<>();
    private final Map<String, Integer> storeIndex = new HashMap<>();
    private final Sum all = new Sum();
    private final Map<String, Sum> byStore = new TreeMap<>();
    private final Map<String, Sum> byTier = new LinkedHashMap<>();
    final RewardComparison rewards;
    private final Map<String, long[]> belowZeroBefore = new HashMap<>();
    private final Map<String, long[]> belowZeroAfter = new HashMap<>();

    MemberComparison(AccrualEngine before, AccrualEngine after) {
        this.before = before;
        this.after = after;
        rewards = new RewardComparison(before, after);
    }

    /** A member bought something. */
    void bought(ReceiptColumns receipt) {
        if (receipt.memberKey != 0) {
            String store = receipt.string(receipt.store);
            int index = storeIndex.computeIfAbsent(store, unknown -> {
                stores.add(unknown);
                return stores.size() - 1;
            });
            storeOf.put(receipt.memberKey, index);
        }
    }

    /** Compares everyone; both worlds are settled. */
    void compare() {
        List<String> purses = purseIds(before, after);
        int[] slotsBefore = slots(before, purses);
        int[] slotsAfter = slots(after, purses);
        List<Tier> levels = levels();
        if (!levels.isEmpty()) {
            byTier.put("", new Sum());
            levels.forEach(level -> byTier.put(level.id(), new Sum()));
        }
        long[] differences = new long[purses.size()];
        boolean withRewards = hasRewards(before) || hasRewards(after);
        before.totals().memberKeys().forEach(member -> {
            if (before.purseOwner(member) != member) {
                // The household or the surviving membership counts once.
                return;
            }
            if (withRewards) {
                rewards.member(member);
            }
            boolean more = false;
            boolean less = false;
            for (int purse = 0; purse < differences.length; purse++) {
                long was = balance(before, member, slotsBefore[purse], purses.get(purse), belowZeroBefore);
                long would = balance(after, member, slotsAfter[purse], purses.get(purse), belowZeroAfter);
                differences[purse] = would - was;
                more |= would > was;
                less |= would < was;
            }
            all.add(more, less, purses, differences);
            long store = storeOf.get(member);
            if (store != ABSENT) {
                byStore.computeIfAbsent(stores.get((int) store), first -> new Sum())
                        .add(more, less, purses, differences);
            }
            if (!levels.isEmpty()) {
                Sum tier = byTier.get(tier(member, levels));
                if (tier != null) {
                    tier.add(more, less, purses, differences);
                }
            }
        });
    }

    private static boolean hasRewards(AccrualEngine engine) {
        return engine.programmes().stream()
                .anyMatch(version -> !version.thresholdRewards().isEmpty());
    }

    private String tier(long member, List<Tier> levels) {
        long level = before.counter(member, TIER_LEVEL);
        return level < 1 || level > levels.size()
                ? ""
                : levels.get((int) level - 1).id();
    }

    private List<Tier> levels() {
        List<Programme> versions = before.programmes();
        Tiers tiers = versions.isEmpty()
                ? null
                : versions.get(versions.size() - 1).document().mechanics().tiers();
        return tiers == null ? List.of() : tiers.levels();
    }

    private static long balance(
            AccrualEngine engine, long member, int slot, String purse, Map<String, long[]> belowZero) {
        long micro = slot < 0 ? 0 : engine.balanceMicro(member, slot);
        if (micro < 0) {
            belowZero.computeIfAbsent(purse, none -> new long[1])[0]++;
        }
        return micro;
    }

    /** Purses of either world, the points purse first. */
    static List<String> purseIds(AccrualEngine before, AccrualEngine after) {
        List<String> ids = new ArrayList<>();
        for (AccrualEngine engine : List.of(before, after)) {
            for (int purse = 0; purse < engine.purses(); purse++) {
                if (!ids.contains(engine.purseId(purse))) {
                    ids.add(engine.purseId(purse));
                }
            }
        }
        return ids;
    }

    static int slot(AccrualEngine engine, String purseId) {
        for (int purse = 0; purse < engine.purses(); purse++) {
            if (engine.purseId(purse).equals(purseId)) {
                return purse;
            }
        }
        return -1;
    }

    private static int[] slots(AccrualEngine engine, List<String> purses) {
        return purses.stream().mapToInt(id -> slot(engine, id)).toArray();
    }

    long belowZeroBefore(String purse) {
        return belowZeroBefore.getOrDefault(purse, new long[1])[0];
    }

    long belowZeroAfter(String purse) {
        return belowZeroAfter.getOrDefault(purse, new long[1])[0];
    }

    MemberGroup all() {
        return all.group("");
    }

    /** By the store of the last purchase, most members concerned first. */
    List<MemberGroup> byStore() {
        return byStore.entrySet().stream()
                .map(entry -> entry.getValue().group(entry.getKey()))
                .sorted(Comparator.comparingLong(
                                (MemberGroup group) -> -(group.better() + group.worse() + group.mixed()))
                        .thenComparing(MemberGroup::name))
                .toList();
    }

    /** By tier, none first; empty without tiers. */
    List<MemberGroup> byTier() {
        return byTier.entrySet().stream()
                .map(entry -> entry.getValue().group(entry.getKey()))
                .toList();
    }
}
