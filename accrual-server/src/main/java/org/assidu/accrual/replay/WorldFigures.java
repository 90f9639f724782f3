package org.assidu.accrual.replay;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assidu.accrual.engine.AccrualEngine;
import org.assidu.accrual.model.EventKind;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.ReceiptStatus;
import org.assidu.accrual.model.RecordType;
import org.assidu.accrual.programme.Programme;

/** What one set of rules gave and took, by purse, rule and store. */
final class WorldFigures {
    private static final int KINDS = MovementKind.values().length;

    /** A rule or a store, and the purse that it gave to. */
    record Giver(String name, String purseId) implements Comparable<Giver> {
        @Override
        public int compareTo(Giver other) {
            int byName = name.compareTo(other.name);
            return byName == 0 ? purseId.compareTo(other.purseId) : byName;
        }
    }

    private final AccrualEngine engine;
    private List<Programme> versions = List.of();
    private boolean counting;
    private final Map<String, long[]> byKind = new TreeMap<>();
    private final Map<Giver, long[]> byRule = new TreeMap<>();
    private final Map<Giver, long[]> byStore = new TreeMap<>();
    private final Map<String, long[]> reached = new TreeMap<>();
    private long pricesMinor;
    private long unfundedReceipts;
    private long shopCostMicro;

    WorldFigures(AccrualEngine engine) {
        this.engine = engine;
    }

    /** From the next outcome on, or not. */
    void counting(boolean isCounting) {
        counting = isCounting;
    }

    void receipt(RecordType type, ReceiptColumns receipt, OutcomeColumns outcome) {
        if (!counting) {
            return;
        }
        if (type != RecordType.RECEIPT) {
            // A chunk settles its member and gives nothing.
            operation(outcome);
            return;
        }
        String store = receipt.string(receipt.store);
        for (int m = 0; m < outcome.movements; m++) {
            long given = movement(outcome, m);
            if (given != 0) {
                add(byStore, new Giver(store, purse(outcome, m)), given);
            }
        }
        for (int price = 0; price < outcome.prices; price++) {
            pricesMinor += outcome.priceMinor[price];
        }
        for (int e = 0; e < outcome.events; e++) {
            if (outcome.eventKind[e] == EventKind.THRESHOLD_REACHED) {
                String reward = rule(outcome.programmeVersion, outcome.eventRule[e]);
                reached.computeIfAbsent(reward, none -> new long[1])[0] += outcome.eventValue[e];
            }
        }
        unfundedReceipts += outcome.status == ReceiptStatus.REWARD_UNFUNDED ? 1 : 0;
    }

    /** An outcome of anything other than a receipt. */
    void operation(OutcomeColumns outcome) {
        if (counting) {
            for (int m = 0; m < outcome.movements; m++) {
                movement(outcome, m);
            }
        }
    }

    /** A reward of the shop was handed out. @param costMicro to the chain, millionths of a minor unit */
    void handedOut(long costMicro) {
        shopCostMicro += counting ? costMicro : 0;
    }

    /** @return what a rule gave, or took back as a return; 0 for a movement that is neither */
    private long movement(OutcomeColumns outcome, int m) {
        MovementKind kind = outcome.movementKind[m];
        String purse = purse(outcome, m);
        long micro = outcome.movementMicro[m];
        byKind.computeIfAbsent(purse, none -> new long[KINDS])[kind.ordinal()] += micro;
        if (kind != MovementKind.EARNED && kind != MovementKind.REVERSED) {
            return 0;
        }
        add(byRule, new Giver(rule(outcome.movementVersion[m], outcome.movementRule[m]), purse), micro);
        return micro;
    }

    private static void add(Map<Giver, long[]> sums, Giver giver, long micro) {
        sums.computeIfAbsent(giver, none -> new long[1])[0] += micro;
    }

    private String purse(OutcomeColumns outcome, int m) {
        return engine.purseId(outcome.movementPurse[m]);
    }

    private String rule(int version, int rule) {
        if (version > versions.size()) {
            versions = engine.programmes();
        }
        return version == 0 ? "" : versions.get(version - 1).ruleId(rule);
    }

    long ofKind(String purseId, MovementKind kind) {
        long[] sums = byKind.get(purseId);
        return sums == null ? 0 : sums[kind.ordinal()];
    }

    /** Net of returns. */
    long givenMicro(String purseId) {
        return ofKind(purseId, MovementKind.EARNED) + ofKind(purseId, MovementKind.REVERSED);
    }

    Map<Giver, long[]> byRule() {
        return byRule;
    }

    Map<Giver, long[]> byStore() {
        return byStore;
    }

    /** How often each threshold reward was reached. */
    Map<String, long[]> reached() {
        return reached;
    }

    /** Discounts of member prices that tills were told. */
    long pricesMinor() {
        return pricesMinor;
    }

    /** Receipts on which a reward was used that nothing covered. */
    long unfundedReceipts() {
        return unfundedReceipts;
    }

    /** Of rewards handed out, millionths of a minor unit. */
    long shopCostMicro() {
        return shopCostMicro;
    }
}
