package org.assidu.accrual.engine;

import java.util.Arrays;
import org.assidu.accrual.model.LotKey;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.programme.Programme;
import org.assidu.accrual.programme.RewardRule;

/**
 * What the linked returns of one receipt take back, kept until its sales are decided: room that a return gives back under a
 * limit is there for the sale of an exchange, while movements keep their order. Columns, reused.
 */
final class Reversals {
    private static final byte MOVEMENT = 0;
    private static final byte MEASURE = 1;
    private static final byte TIER = 2;

    private final Programmes programmes;
    private final Draft draft;
    private final Thresholds thresholds;
    private final Tiers tiers;

    private int size;
    private long accountMember;
    private long account;
    private byte[] kind = new byte[8];
    private long[] member = new long[8];
    private int[] version = new int[8];
    private int[] rule = new int[8];
    private long[] value = new long[8];
    private long[] lot = new long[8];
    /** Purse of a movement, window of a measure, day of the sale for a tier. */
    private int[] where = new int[8];

    Reversals(Programmes programmes, Draft draft, Thresholds thresholds, Tiers tiers) {
        this.programmes = programmes;
        this.draft = draft;
        this.thresholds = thresholds;
        this.tiers = tiers;
    }

    void clear() {
        size = 0;
        accountMember = account = 0;
    }

    /** Names whose purse the following movements of a member concern; those of others stay their own. */
    void account(long ofMember, long purseOwner) {
        accountMember = ofMember;
        account = purseOwner;
    }

    void addMovement(long ofMember, int ofVersion, int ofRule, int purse, long micro, long ofLot) {
        if (micro != 0) {
            add(MOVEMENT, ofMember == accountMember ? account : ofMember, ofVersion, ofRule, purse, micro, ofLot);
        }
    }

    /** Units that a threshold reward no longer counts. */
    void addMeasure(long ofMember, int ofVersion, RewardRule reward, int window, long units) {
        if (units != 0) {
            add(MEASURE, ofMember, ofVersion, reward.rule(), window, units, LotKey.NONE);
        }
    }

    /** Units that no longer count towards a tier. @param day of the sale */
    void addTier(long ofMember, int ofVersion, int day, long units) {
        if (units != 0) {
            add(TIER, ofMember, ofVersion, Programme.NO_RULE, day, units, LotKey.NONE);
        }
    }

    private void add(byte ofKind, long ofMember, int ofVersion, int ofRule, int at, long units, long ofLot) {
        if (size == kind.length) {
            kind = Arrays.copyOf(kind, size * 2);
            member = Arrays.copyOf(member, size * 2);
            version = Arrays.copyOf(version, size * 2);
            rule = Arrays.copyOf(rule, size * 2);
            value = Arrays.copyOf(value, size * 2);
            lot = Arrays.copyOf(lot, size * 2);
            where = Arrays.copyOf(where, size * 2);
        }
        kind[size] = ofKind;
        member[size] = ofMember;
        version[size] = ofVersion;
        rule[size] = ofRule;
        value[size] = units;
        lot[size] = ofLot;
        where[size++] = at;
    }

    /** Puts them into the outcome, in order. */
    void move() {
        for (int i = 0; i < size; i++) {
            if (kind[i] == MOVEMENT) {
                draft.move(member[i], where[i], MovementKind.REVERSED, value[i], rule[i], version[i], lot[i]);
                continue;
            }
            Programme programme = programmes.ofVersion(version[i]);
            if (programme != null && kind[i] == MEASURE) {
                RewardRule reward = programme.thresholdReward(rule[i] - 1);
                thresholds.add(member[i], programme, reward, where[i], value[i]);
            } else if (programme != null) {
                tiers.takeBack(member[i], programme, where[i], value[i]);
            }
        }
        size = 0;
    }
}
