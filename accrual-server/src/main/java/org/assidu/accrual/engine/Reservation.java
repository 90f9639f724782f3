package org.assidu.accrual.engine;

import java.util.List;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.StateSink;
import org.assidu.accrual.model.StateSource;
import org.jspecify.annotations.Nullable;

/** A reward held for a member: what it took, so that exactly this can be given back. */
final class Reservation {
    final String name;
    long memberKey;
    /** Whose purse paid. */
    long purseOwner;

    final String reward;
    final long units;
    final long endsAtMillis;
    final int rule;
    final int version;
    /** As {@link HeldFor} says. */
    final List<String> details;
    /** Identity of the receipt that it is held for; null = none. */
    final @Nullable ReceiptColumns receipt;
    /** Time of the receipt that was voided; 0 = none was. */
    long voidedAtMillis;

    int movements;
    final long[] lot;
    final long[] micro;

    int counters;
    final long[] counterMember;
    final int[] counterSlot;
    final long[] counterDelta;

    /** @param slots counters of the reward: only their changes are the reservation's own */
    Reservation(Operation operation, OutcomeColumns outcome, int rule, int[] slots) {
        name = operation.idempotencyKey();
        memberKey = operation.memberKey();
        purseOwner = memberKey;
        reward = operation.subject();
        units = operation.amount();
        endsAtMillis = operation.atMillis();
        this.rule = rule;
        version = outcome.programmeVersion;
        details = operation.details();
        receipt = HeldFor.receipt(operation);
        lot = new long[outcome.movements];
        micro = new long[outcome.movements];
        for (int m = 0; m < outcome.movements; m++) {
            if (outcome.movementKind[m] == MovementKind.SPENT && outcome.movementRule[m] == rule) {
                purseOwner = outcome.movementMember[m];
                lot[movements] = outcome.movementLot[m];
                micro[movements++] = outcome.movementMicro[m];
            }
        }
        counterMember = new long[slots.length];
        counterSlot = new int[slots.length];
        counterDelta = new long[slots.length];
        for (int c = 0; c < outcome.counterChanges; c++) {
            for (int slot : slots) {
                if (outcome.counterSlot[c] == slot) {
                    counterMember[counters] = outcome.counterMember[c];
                    counterSlot[counters] = slot;
                    counterDelta[counters++] = outcome.counterDelta[c];
                }
            }
        }
    }

    Reservation(StateSource source) {
        name = source.takeText();
        memberKey = source.takeLong();
        purseOwner = source.takeLong();
        reward = source.takeText();
        units = source.takeLong();
        endsAtMillis = source.takeLong();
        rule = source.takeInt();
        version = source.takeInt();
        String[] texts = new String[source.takeCount()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = source.takeText();
        }
        details = List.of(texts);
        receipt = HeldFor.receipt(details);
        voidedAtMillis = source.takeLong();
        movements = source.takeCount();
        lot = source.takeLongArray();
        micro = source.takeLongArray();
        counters = source.takeCount();
        counterMember = source.takeLongArray();
        counterSlot = source.takeIntArray();
        counterDelta = source.takeLongArray();
    }

    void write(StateSink sink) {
        sink.putText(name);
        sink.putLong(memberKey);
        sink.putLong(purseOwner);
        sink.putText(reward);
        sink.putLong(units);
        sink.putLong(endsAtMillis);
        sink.putInt(rule);
        sink.putInt(version);
        sink.putInt(details.size());
        details.forEach(sink::putText);
        sink.putLong(voidedAtMillis);
        sink.putInt(movements);
        sink.putArray(lot, lot.length);
        sink.putArray(micro, micro.length);
        sink.putInt(counters);
        sink.putArray(counterMember, counterMember.length);
        sink.putArray(counterSlot, counterSlot.length);
        sink.putArray(counterDelta, counterDelta.length);
    }

    /** It is another member's from now on. */
    void follow(long absorbed, long survivor) {
        memberKey = memberKey == absorbed ? survivor : memberKey;
        purseOwner = purseOwner == absorbed ? survivor : purseOwner;
        for (int c = 0; c < counters; c++) {
            if (counterMember[c] == absorbed) {
                counterMember[c] = survivor;
            }
        }
    }

    /** Micropoints held. */
    long heldMicro() {
        long sum = 0;
        for (int m = 0; m < movements; m++) {
            sum -= micro[m];
        }
        return sum;
    }

    /** Units taken from a counter of the member. */
    long taken(int slot) {
        long sum = 0;
        for (int c = 0; c < counters; c++) {
            sum -= counterSlot[c] == slot && counterMember[c] == memberKey ? counterDelta[c] : 0;
        }
        return sum;
    }

    /** Hash of all that a replay must bring back. */
    long hash(long nameHash) {
        long sum = Mix.of(nameHash, memberKey ^ Long.rotateLeft(purseOwner, 1), endsAtMillis)
                + Mix.of(nameHash, units, rule);
        sum += voidedAtMillis == 0 ? 0 : Mix.of(nameHash, voidedAtMillis, 1);
        for (int m = 0; m < movements; m++) {
            sum += Mix.of(nameHash, lot[m], micro[m]);
        }
        return sum;
    }
}
