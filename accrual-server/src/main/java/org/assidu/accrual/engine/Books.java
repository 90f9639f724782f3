package org.assidu.accrual.engine;

import java.util.Arrays;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.PurseBooks;
import org.assidu.accrual.model.StateSink;
import org.assidu.accrual.model.StateSource;

/** What was moved in each purse since the beginning, by kind. */
final class Books implements KeptState {
    private static final int KINDS = MovementKind.values().length;

    private long[][] micro = new long[0][];

    void add(int purse, MovementKind kind, long amountMicro) {
        if (purse >= micro.length) {
            int old = micro.length;
            micro = Arrays.copyOf(micro, purse + 1);
            for (int slot = old; slot <= purse; slot++) {
                micro[slot] = new long[KINDS];
            }
        }
        micro[purse][kind.ordinal()] += amountMicro;
    }

    /** @param outstandingMicro sum of the purses themselves */
    PurseBooks of(int purse, String id, long outstandingMicro) {
        return new PurseBooks(
                id,
                of(purse, MovementKind.EARNED),
                of(purse, MovementKind.ADJUSTED),
                of(purse, MovementKind.MIGRATED),
                of(purse, MovementKind.RESTORED),
                of(purse, MovementKind.FORGIVEN),
                -of(purse, MovementKind.SPENT),
                -of(purse, MovementKind.EXPIRED),
                -of(purse, MovementKind.REVERSED),
                of(purse, MovementKind.TRANSFERRED),
                outstandingMicro);
    }

    private long of(int purse, MovementKind kind) {
        return purse < micro.length ? micro[purse][kind.ordinal()] : 0;
    }

    @Override
    public void write(StateSink sink) {
        sink.begin("books");
        sink.putInt(micro.length);
        for (long[] ofPurse : micro) {
            sink.putArray(ofPurse, KINDS);
        }
    }

    @Override
    public void read(StateSource source) {
        source.begin("books");
        micro = new long[source.takeCount()][];
        for (int purse = 0; purse < micro.length; purse++) {
            micro[purse] = Arrays.copyOf(source.takeLongArray(), KINDS);
        }
    }
}
