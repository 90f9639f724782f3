package org.assidu.accrual.engine;

import java.nio.charset.StandardCharsets;
import org.agrona.collections.Long2LongHashMap;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.StateSink;
import org.assidu.accrual.model.StateSource;
import org.assidu.accrual.programme.Programme;

/** Decides operations by kind, each idempotency key of a kind once. */
final class Operations implements KeptState {
    private static final long KEY_SALT = 0x4F706572L;
    private static final long ABSENT = 0;

    private final MemberPages members;
    private final Programmes programmes;
    private final Draft draft;
    private final Ticks ticks;
    private final Desk desk;
    private final Conversions conversions;
    private final Shop shop;
    private final ValueCodes codes;
    private final PromoCodes promoCodes;
    private final Clubs clubs;
    private final ActOperations acts;
    /** Position of the operation that used a key, by hash of kind and key. */
    private final Long2LongHashMap done = new Long2LongHashMap(ABSENT);

    private long hash;

    Operations(
            MemberPages members,
            Programmes programmes,
            Draft draft,
            Ticks ticks,
            Shop shop,
            ValueCodes codes,
            PromoCodes promoCodes,
            Clubs clubs,
            ActOperations acts,
            Desk desk) {
        this.members = members;
        this.programmes = programmes;
        this.draft = draft;
        this.ticks = ticks;
        this.clubs = clubs;
        this.desk = desk;
        conversions = new Conversions(programmes, draft);
        this.shop = shop;
        this.codes = codes;
        this.promoCodes = promoCodes;
        this.acts = acts;
    }

    OperationStatus decide(Operation operation, OriginalReceipts originals, long nowMillis, OutcomeColumns out) {
        Programme programme = programmes.at(nowMillis);
        if (programme == null) {
            return OperationStatus.NO_PROGRAMME;
        }
        if (positionOf(operation) != ABSENT) {
            return OperationStatus.ALREADY_DONE;
        }
        out.programmeVersion = programme.version();
        draft.start(out, programme.negative());
        draft.creditFor(Math.max(programme.day(nowMillis), draft.today()));
        OperationStatus status = decide(operation, programme, originals, nowMillis, out);
        draft.finish(operation.memberKey());
        if (!status.journalled()) {
            out.movements = out.counterChanges = out.events = 0;
        }
        return status;
    }

    /** As {@link #decide}, of something that happened: what the shop would refuse is done all the same. */
    OperationStatus decideFact(Operation operation, OriginalReceipts originals, long nowMillis, OutcomeColumns out) {
        shop.forced(true);
        try {
            return decide(operation, originals, nowMillis, out);
        } finally {
            shop.forced(false);
        }
    }

    private OperationStatus decide(
            Operation operation, Programme programme, OriginalReceipts originals, long nowMillis, OutcomeColumns out) {
        boolean unknown = members.find(operation.memberKey()) == MemberPages.NONE;
        return switch (operation.kind()) {
            case ADJUST,
                    PROPOSE_ADJUSTMENT,
                    APPROVE_ADJUSTMENT,
                    REJECT_ADJUSTMENT,
                    CHANGE_CARD,
                    CLAIM,
                    MERGE,
                    JOIN_HOUSEHOLD,
                    LEAVE_HOUSEHOLD ->
                unknown ? OperationStatus.MEMBER_UNKNOWN : desk.decide(operation, programme, originals, nowMillis, out);
            // Before it the member may have no record.
            case MIGRATE -> desk.decide(operation, programme, originals, nowMillis, out);
            case CONVERT -> unknown ? OperationStatus.MEMBER_UNKNOWN : conversions.decide(operation, programme);
            case RESERVE -> unknown ? OperationStatus.MEMBER_UNKNOWN : shop.reserve(operation, programme, nowMillis);
            case JOIN_CLUB ->
                unknown ? OperationStatus.MEMBER_UNKNOWN : clubs.join(operation, programme, programme.day(nowMillis));
            case LEAVE_CLUB -> clubs.leave(operation, programme, programme.day(nowMillis));
            case TICK -> ticks.tick(operation);
            case SETTLE -> ticks.settle(operation);
            case COMMIT -> shop.commit(operation, nowMillis);
            case CANCEL, END_RESERVATION -> shop.giveBack(operation, nowMillis);
            case ISSUE_CODE ->
                unknown && operation.memberKey() != 0 ? OperationStatus.MEMBER_UNKNOWN : codes.issue(operation);
            case REDEEM_CODE -> codes.redeem(operation, nowMillis);
            case REFUND_CODE -> codes.refund(operation);
            case USE_PROMO_CODE -> promoCodes.use(operation, programme, nowMillis);
            case ACT, REFER, PERSON_FACT, TAG, UNTAG ->
                unknown ? OperationStatus.MEMBER_UNKNOWN : acts.decide(operation, programme, nowMillis);
        };
    }

    void apply(Operation operation, OutcomeColumns outcome, long position) {
        switch (operation.kind()) {
            case RESERVE, COMMIT, CANCEL, END_RESERVATION -> shop.apply(operation, outcome);
            case ISSUE_CODE, REDEEM_CODE, REFUND_CODE -> codes.apply(operation);
            case TICK -> ticks.applyTick(operation);
            case ADJUST,
                    PROPOSE_ADJUSTMENT,
                    APPROVE_ADJUSTMENT,
                    REJECT_ADJUSTMENT,
                    CHANGE_CARD,
                    CLAIM,
                    MIGRATE,
                    MERGE,
                    JOIN_HOUSEHOLD,
                    LEAVE_HOUSEHOLD -> {
                desk.apply(operation, outcome);
                if (operation.kind() == OperationKind.MERGE) {
                    codes.follow(operation.otherMemberKey(), operation.memberKey());
                }
            }
            case ACT, REFER, PERSON_FACT, TAG, UNTAG -> acts.apply(operation);
            case CONVERT, SETTLE, USE_PROMO_CODE, JOIN_CLUB, LEAVE_CLUB -> {}
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
        return Mix.of(KEY_SALT, keySpace(operation.kind()).code(), Mix.text(key, 0, key.length));
    }

    /** Whether an adjustment must wait depends on the programme of the moment, and must not make it two. */
    private static OperationKind keySpace(OperationKind kind) {
        return kind == OperationKind.PROPOSE_ADJUSTMENT ? OperationKind.ADJUST : kind;
    }

    ValueCodes codes() {
        return codes;
    }

    long hash() {
        return hash + desk.hash() + shop.hash() + codes.hash();
    }

    long recomputedHash() {
        return hash + desk.recomputedHash() + shop.recomputedHash() + codes.recomputedHash();
    }

    @Override
    public void write(StateSink sink) {
        sink.begin("operations");
        Maps.write(sink, done);
    }

    @Override
    public void read(StateSource source) {
        source.begin("operations");
        Maps.read(source, done);
        long[] sum = new long[1];
        done.forEachLong((key, position) -> sum[0] += Mix.of(KEY_SALT, key, 1));
        hash = sum[0];
    }
}
