package org.assidu.accrual.engine;

import java.nio.charset.StandardCharsets;
import org.agrona.collections.Long2LongHashMap;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.programme.Programme;

/** Decides operations by kind, each idempotency key of a kind once. */
final class Operations {
    private static final long KEY_SALT = 0x4F706572L;
    private static final long ABSENT = 0;

    private final MemberPages members;
    private final Programmes programmes;
    private final Draft draft;
    private final Ticks ticks;
    private final Adjustments adjustments;
    /** Position of the operation that used a key, by hash of kind and key. */
    private final Long2LongHashMap done = new Long2LongHashMap(ABSENT);

    private long hash;

    Operations(MemberPages members, Programmes programmes, Draft draft, Ticks ticks) {
        this.members = members;
        this.programmes = programmes;
        this.draft = draft;
        this.ticks = ticks;
        adjustments = new Adjustments(programmes, draft);
    }

    OperationStatus decide(Operation operation, long nowMillis, OutcomeColumns out) {
        Programme programme = programmes.at(nowMillis);
        if (programme == null) {
            return OperationStatus.NO_PROGRAMME;
        }
        if (positionOf(operation) != ABSENT) {
            return OperationStatus.ALREADY_DONE;
        }
        out.programmeVersion = programme.version();
        draft.start(out, programme.negative());
        draft.creditFor(programme.day(nowMillis));
        OperationStatus status = switch (operation.kind()) {
            case ADJUST ->
                members.find(operation.memberKey()) == MemberPages.NONE
                        ? OperationStatus.MEMBER_UNKNOWN
                        : adjustments.decide(operation, programme);
            case TICK -> ticks.tick(operation);
            case SETTLE -> ticks.settle(operation);
        };
        draft.finish(operation.memberKey());
        return status;
    }

    void apply(Operation operation, long position) {
        if (operation.kind() == OperationKind.TICK) {
            ticks.applyTick(operation);
        }
        if (!operation.idempotencyKey().isEmpty()) {
            long key = keyHash(operation);
            hash += Mix.of(KEY_SALT, key, 1);
            done.put(key, position);
        }
    }

    /** Position at which an operation of the same kind and key was done; 0 = none. */
    long positionOf(Operation operation) {
        return operation.idempotencyKey().isEmpty() ? ABSENT : done.get(keyHash(operation));
    }

    private static long keyHash(Operation operation) {
        byte[] key = operation.idempotencyKey().getBytes(StandardCharsets.UTF_8);
        return Mix.of(KEY_SALT, operation.kind().code(), Mix.text(key, 0, key.length));
    }

    long hash() {
        return hash;
    }
}
