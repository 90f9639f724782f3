package org.assidu.accrual.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assidu.accrual.model.Mechanics.MoneyPurse;
import org.assidu.accrual.model.Problem;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.ProgrammeDocument.Numbering;
import org.assidu.accrual.model.ProgrammeDocument.Purse;
import org.assidu.accrual.model.ProgrammeDocument.ThresholdReward;
import org.assidu.accrual.model.PublishedProgramme;
import org.assidu.accrual.programme.Programme;
import org.assidu.accrual.programme.ProgrammeCompiler;
import org.assidu.accrual.programme.VersionCheck;
import org.jspecify.annotations.Nullable;

/**
 * Published versions of the programme, with the slots of its purses, rewards and counters. A purse and a reward keep their
 * slot over versions by their id, so that balance and progress survive republication.
 */
final class Programmes {
    private static final long PROGRAMME_SALT = 0x50726F67L;

    private final List<Programme> versions = new ArrayList<>();
    /** By version - 1, then reward index. */
    private final List<int[]> rewardSlots = new ArrayList<>();

    private final List<ThresholdReward> rewards = new ArrayList<>();
    private final CounterSlots counters;
    /** By purse slot. */
    private final List<String> purseIds = new ArrayList<>();
    /** By version - 1, then purse slot; null where the version has no such purse. */
    private final List<@Nullable Purse[]> purses = new ArrayList<>();
    /** By purse slot. */
    private int[] debtCounters = {Counters.DEBT};

    private long hash;

    Programmes(CounterSlots counters) {
        this.counters = counters;
    }

    void add(PublishedProgramme published) {
        if (published.version() != versions.size() + 1) {
            throw new IllegalStateException("programme version " + published.version() + " published after version "
                    + versions.size() + "; versions are counted from 1 without gaps");
        }
        Programme programme = ProgrammeCompiler.compile(published);
        int[] slots = new int[programme.thresholdRewards().size()];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = slot(programme.thresholdReward(i).source());
        }
        addPurses(programme.document());
        CounterNames.publish(programme.document(), counters);
        versions.add(programme);
        rewardSlots.add(slots);
        byte[] sha256 = published.sha256().getBytes(StandardCharsets.UTF_8);
        hash += Mix.of(PROGRAMME_SALT, published.version(), Mix.text(sha256, 0, sha256.length));
    }

    private int slot(ThresholdReward reward) {
        for (int slot = 0; slot < rewards.size(); slot++) {
            if (rewards.get(slot).id().equals(reward.id())) {
                return slot;
            }
        }
        rewards.add(reward);
        return rewards.size() - 1;
    }

    private void addPurses(ProgrammeDocument document) {
        List<MoneyPurse> money = document.mechanics().moneyPurses();
        if (purseIds.isEmpty()) {
            purseIds.add(document.purse().id());
        }
        for (MoneyPurse purse : money) {
            String id = purse.purse().id();
            if (!purseIds.contains(id)) {
                purseIds.add(id);
                debtCounters = Arrays.copyOf(debtCounters, purseIds.size());
                debtCounters[purseIds.size() - 1] = counters.publish("purse/" + id + "/debt");
            }
        }
        @Nullable Purse[] bySlot = new @Nullable Purse[purseIds.size()];
        bySlot[0] = document.purse();
        for (MoneyPurse purse : money) {
            bySlot[purseIds.indexOf(purse.purse().id())] = purse.purse();
        }
        purses.add(bySlot);
    }

    /** Purses of all versions, the points purse among them. */
    int purseSlots() {
        return purseIds.size();
    }

    String purseId(int slot) {
        return purseIds.get(slot);
    }

    /** @return -1 for a purse that no version has */
    int purseSlot(String id) {
        return purseIds.indexOf(id);
    }

    /** A purse as a version defines it, or else the newest version that does. */
    Purse purse(int version, int slot) {
        @Nullable Purse[] bySlot = purses.get(version - 1);
        Purse found = slot < bySlot.length ? bySlot[slot] : null;
        for (int newer = purses.size(); found == null; newer--) {
            found = slot < purses.get(newer - 1).length ? purses.get(newer - 1)[slot] : null;
        }
        return found;
    }

    /** Counter of what the next credits of a purse pay first. */
    int debtCounter(int purse) {
        return debtCounters[purse];
    }

    /** Latest start at or before sold-at; of equal starts the later version. */
    @Nullable
    Programme at(long soldAtMillis) {
        Programme found = null;
        for (int i = 0; i < versions.size(); i++) {
            Programme version = versions.get(i);
            if (version.effectiveFromMillis() <= soldAtMillis
                    && (found == null || version.effectiveFromMillis() >= found.effectiveFromMillis())) {
                found = version;
            }
        }
        return found;
    }

    /** @return null for version 0, which is none */
    @Nullable
    Programme ofVersion(int version) {
        return version == 0 ? null : versions.get(version - 1);
    }

    @Nullable
    Programme newest() {
        return versions.isEmpty() ? null : versions.get(versions.size() - 1);
    }

    /** A copy: the answer may leave the engine's thread. */
    List<Programme> versions() {
        return List.copyOf(versions);
    }

    int rewardSlot(Programme programme, int reward) {
        return rewardSlots.get(programme.version() - 1)[reward];
    }

    int rewardSlots() {
        return rewards.size();
    }

    String rewardId(int slot) {
        return rewards.get(slot).id();
    }

    long hash() {
        return hash;
    }

    /**
     * @param receiptsClosed whether identities without business date are already taken
     * @param nowMillis time of publication
     */
    List<Problem> problemsOf(ProgrammeDocument next, boolean receiptsClosed, long nowMillis) {
        List<Problem> problems = new ArrayList<>();
        Programme newest = newest();
        if (newest == null) {
            if (receiptsClosed && next.numbering() == Numbering.DAILY) {
                problems.add(Problem.at(
                        "numbering", "receipts are already recorded under continuous numbering; write CONTINUOUS"));
            }
            return problems;
        }
        ProgrammeDocument old = newest.document();
        checkRewardSlots(problems, next);
        problems.addAll(VersionCheck.problemsOf(
                versions.stream().map(Programme::document).toList(), next));
        Programme inForce = at(next.effectiveFromMillis());
        if (inForce != null) {
            problems.addAll(VersionCheck.noticeProblems(inForce.document(), next, nowMillis));
        }
        same(problems, "id", old.id(), next.id());
        same(problems, "purse.id", old.purse().id(), next.purse().id());
        same(problems, "currency", old.currency(), next.currency());
        same(problems, "numbering", old.numbering().name(), next.numbering().name());
        for (int i = 0; i < next.thresholdRewards().size(); i++) {
            ThresholdReward reward = next.thresholdRewards().get(i);
            for (ThresholdReward known : rewards) {
                boolean counted = known.measure() == reward.measure() && known.window() == reward.window();
                if (known.id().equals(reward.id()) && !counted) {
                    problems.add(Problem.at(
                            "threshold_rewards[" + i + "].id",
                            "\"" + reward.id() + "\" counts " + known.measure() + " over " + known.window()
                                    + " since it was first published; give another measure another id"));
                }
            }
        }
        return problems;
    }

    private void checkRewardSlots(List<Problem> problems, ProgrammeDocument next) {
        long fresh = next.thresholdRewards().stream()
                .filter(reward -> rewards.stream().noneMatch(known -> known.id().equals(reward.id())))
                .count();
        if (rewards.size() + fresh > Counters.MOST_REWARDS) {
            problems.add(Problem.at(
                    "threshold_rewards",
                    "all versions together would have " + (rewards.size() + fresh) + " ids, at most "
                            + Counters.MOST_REWARDS + "; use ids of earlier versions again"));
        }
    }

    private static void same(List<Problem> problems, String path, String old, String next) {
        if (!old.equals(next)) {
            problems.add(
                    Problem.at(path, "is \"" + old + "\" since the first version and cannot change; write " + old));
        }
    }
}
