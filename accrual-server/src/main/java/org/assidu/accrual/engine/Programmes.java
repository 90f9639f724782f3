package org.assidu.accrual.engine;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assidu.accrual.model.Problem;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.ProgrammeDocument.Numbering;
import org.assidu.accrual.model.ProgrammeDocument.ThresholdReward;
import org.assidu.accrual.model.PublishedProgramme;
import org.assidu.accrual.programme.Programme;
import org.assidu.accrual.programme.ProgrammeCompiler;
import org.assidu.accrual.programme.PurseRule;
import org.assidu.accrual.programme.VersionCheck;
import org.jspecify.annotations.Nullable;

/**
 * Published versions of the programme, with the slots of its purses, rewards and counters. A purse and a reward keep their
 * slot over versions by their id, so that balance and progress survive republication.
 */
final class Programmes {
    /** Slot of a counter that no version needs. */
    static final int NO_COUNTER = -1;

    private static final long PROGRAMME_SALT = 0x50726F67L;

    private final List<Programme> versions = new ArrayList<>();
    /** By version - 1, then reward index. */
    private final List<int[]> rewardSlots = new ArrayList<>();

    /** By version - 1. */
    private final List<BonusSlots> bonusSlots = new ArrayList<>();

    private @Nullable TierSlots tierSlots;
    /** By version - 1. */
    private final List<ClubSlots> clubSlots = new ArrayList<>();

    private final List<ThresholdReward> rewards = new ArrayList<>();
    private final CounterSlots counters;
    /** By purse slot. */
    private final List<String> purseIds = new ArrayList<>();
    /** By version - 1, then purse slot; null where the version has no such purse. */
    private final List<@Nullable PurseRule[]> purses = new ArrayList<>();
    /** By purse slot. */
    private int[] debtCounters = {Counters.DEBT};
    /** By purse slot: day to which sales renewed the lots; {@link #NO_COUNTER} for a purse that no version renews. */
    private int[] renewedCounters = {NO_COUNTER};
    /** By purse slot: whether a version keeps lots. */
    private boolean[] keepsLots = {false};

    /** By reward slot: last day of what is unlocked; {@link #NO_COUNTER} for a reward that no version ends. */
    private int[] untilCounters = {};

    /** By version - 1: first day at the start of which the version is in force. */
    private int[] effectiveDays = {};

    /** By version - 1: last day on which the version is in force and earns. */
    private int[] lastDays = {};

    private int settledCounter = NO_COUNTER;

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
        addPurses(programme);
        addValidity(programme, slots);
        CounterNames.publish(programme.document(), counters);
        bonusSlots.add(new BonusSlots(programme, counters, this));
        if (programme.tiers() != null && tierSlots == null) {
            tierSlots = new TierSlots(programme.tiers(), counters);
        }
        clubSlots.add(new ClubSlots(programme, counters));
        versions.add(programme);
        effectiveDays = Arrays.copyOf(effectiveDays, versions.size());
        effectiveDays[versions.size() - 1] = programme.day(programme.effectiveFromMillis() - 1) + 1;
        countLastDays();
        rewardSlots.add(slots);
        byte[] sha256 = published.sha256().getBytes(StandardCharsets.UTF_8);
        hash += Mix.of(PROGRAMME_SALT, published.version(), Mix.text(sha256, 0, sha256.length));
    }

    private void addValidity(Programme programme, int[] slots) {
        int known = untilCounters.length;
        untilCounters = Arrays.copyOf(untilCounters, rewards.size());
        Arrays.fill(untilCounters, known, rewards.size(), NO_COUNTER);
        for (int i = 0; i < slots.length; i++) {
            ThresholdReward reward = programme.thresholdReward(i).source();
            if (reward.validDays() > 0 && untilCounters[slots[i]] == NO_COUNTER) {
                untilCounters[slots[i]] = counters.publish(UnlockedRewards.until(reward.id()));
            }
        }
    }

    /** Counter of the last day of what is unlocked of a reward; {@link #NO_COUNTER} = it never ends. */
    int untilCounter(int rewardSlot) {
        return untilCounters[rewardSlot];
    }

    private void countLastDays() {
        lastDays = new int[effectiveDays.length];
        for (int v = 0; v < lastDays.length; v++) {
            LocalDate lastEarnDay = versions.get(v).document().mechanics().lastEarnDay();
            int last = lastEarnDay == null ? Integer.MAX_VALUE : (int) lastEarnDay.toEpochDay();
            for (int other = 0; other < lastDays.length; other++) {
                boolean follows = effectiveDays[other] > effectiveDays[v]
                        || (effectiveDays[other] == effectiveDays[v] && other > v);
                last = follows ? Math.min(last, effectiveDays[other] - 1) : last;
            }
            lastDays[v] = last;
        }
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

    private void addPurses(Programme programme) {
        for (PurseRule purse : programme.purses()) {
            String id = purse.id();
            if (!purseIds.contains(id)) {
                purseIds.add(id);
                addPurse(id);
            }
            int slot = purseIds.indexOf(id);
            keepsLots[slot] |= purse.keepsLots();
            if (purse.isRenewed() && renewedCounters[slot] == NO_COUNTER) {
                renewedCounters[slot] = counters.publish("purse/" + id + "/renewed");
            }
        }
        if (programme.isTimed() && settledCounter == NO_COUNTER) {
            settledCounter = counters.publish("time/settled");
        }
        @Nullable PurseRule[] bySlot = new @Nullable PurseRule[purseIds.size()];
        for (PurseRule purse : programme.purses()) {
            bySlot[purseIds.indexOf(purse.id())] = purse;
        }
        purses.add(bySlot);
    }

    private void addPurse(String id) {
        int slot = purseIds.size() - 1;
        if (slot > 0) {
            debtCounters = Arrays.copyOf(debtCounters, slot + 1);
            debtCounters[slot] = counters.publish("purse/" + id + "/debt");
            renewedCounters = Arrays.copyOf(renewedCounters, slot + 1);
            renewedCounters[slot] = NO_COUNTER;
            keepsLots = Arrays.copyOf(keepsLots, slot + 1);
        }
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
    PurseRule purse(int version, int slot) {
        PurseRule found = purseOf(version, slot);
        for (int newer = purses.size(); found == null; newer--) {
            found = purseOf(newer, slot);
        }
        return found;
    }

    /** A purse as a version defines it; null when it has none of that slot. */
    @Nullable
    PurseRule purseOf(int version, int slot) {
        @Nullable PurseRule[] bySlot = purses.get(version - 1);
        return slot < bySlot.length ? bySlot[slot] : null;
    }

    /** Whether any version keeps lots in a purse. */
    boolean keepsLots(int purse) {
        return keepsLots[purse];
    }

    /** Counter of the day to which sales renewed a purse; {@link #NO_COUNTER} = they never do. */
    int renewedCounter(int purse) {
        return renewedCounters[purse];
    }

    /** Counter of the day up to which a member is settled; {@link #NO_COUNTER} while time changes nothing. */
    int settledCounter() {
        return settledCounter;
    }

    /** Days within which a sale can be returned, by the version in force on a day. */
    int keptDays(int day) {
        return versions.get(versionOn(day) - 1).document().returnWindowDays();
    }

    /** Version in force at the start of a day, or the first one for a day before it. */
    int versionOn(int day) {
        int found = 0;
        for (int i = 0; i < effectiveDays.length; i++) {
            if (effectiveDays[i] <= day && (found == 0 || effectiveDays[i] >= effectiveDays[found - 1])) {
                found = i + 1;
            }
        }
        return Math.max(found, 1);
    }

    /** First day at the start of which a version is in force. */
    int firstDay(int version) {
        return effectiveDays[version - 1];
    }

    /** Last day on which a version is in force and earns; before its first one when another takes its place at once. */
    int lastDay(int version) {
        return lastDays[version - 1];
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

    /** Number of versions. */
    int size() {
        return versions.size();
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

    BonusSlots bonusSlots(Programme programme) {
        return bonusSlots.get(programme.version() - 1);
    }

    /** Counters of levels, of all versions; null while none has levels. */
    @Nullable
    TierSlots tierSlots() {
        return tierSlots;
    }

    ClubSlots clubSlots(Programme programme) {
        return clubSlots.get(programme.version() - 1);
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
