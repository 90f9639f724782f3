package org.assidu.accrual.engine;

import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.Long2ObjectHashMap;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.model.StateSink;
import org.assidu.accrual.model.StateSource;

/**
 * Vouchers and gift cards: what is left on each, by keyed hash of its code. {@code details}: the hash, 16 hexadecimal
 * digits; {@code amount}: minor units; {@code atMillis} of ISSUE_CODE: when it ends, 0 = never. {@code subject} of ISSUE_CODE
 * says what was issued and, for tax, whether it is single- or multi-purpose; {@code memberKey} who bought it with points.
 */
final class ValueCodes implements KeptState {
    private static final long SALT = 0x436F646573L;
    private static final long ABSENT = -1;
    private static final long NEVER = Long.MAX_VALUE;

    private final Long2LongHashMap left = new Long2LongHashMap(ABSENT);
    private final Long2LongHashMap issued = new Long2LongHashMap(ABSENT);
    private final Long2LongHashMap ends = new Long2LongHashMap(NEVER);
    /** By member: codes that were bought with points and end. */
    private final Long2ObjectHashMap<List<Owned>> owned = new Long2ObjectHashMap<>();

    private long hash;

    /** A code that a member bought with points. @param reward id in the shop */
    record Owned(long code, String reward, long endsAtMillis) {}

    OperationStatus issue(Operation operation) {
        if (!hasCode(operation) || operation.amount() < 1 || operation.subject().isEmpty()) {
            return OperationStatus.MALFORMED;
        }
        return left.containsKey(code(operation)) ? OperationStatus.CODE_USED_UP : OperationStatus.DONE;
    }

    OperationStatus redeem(Operation operation, long nowMillis) {
        if (!hasCode(operation)
                || operation.amount() < 1
                || operation.idempotencyKey().isEmpty()) {
            return OperationStatus.MALFORMED;
        }
        long code = code(operation);
        if (!left.containsKey(code)) {
            return OperationStatus.CODE_UNKNOWN;
        }
        if (nowMillis >= ends.get(code)) {
            return OperationStatus.TOO_LATE;
        }
        return left.get(code) < operation.amount() ? OperationStatus.CODE_USED_UP : OperationStatus.DONE;
    }

    OperationStatus refund(Operation operation) {
        if (!hasCode(operation)
                || operation.amount() < 1
                || operation.idempotencyKey().isEmpty()) {
            return OperationStatus.MALFORMED;
        }
        long code = code(operation);
        if (!left.containsKey(code)) {
            return OperationStatus.CODE_UNKNOWN;
        }
        boolean tooMuch = operation.amount() > issued.get(code) - left.get(code);
        return tooMuch ? OperationStatus.LIMIT_EXCEEDED : OperationStatus.DONE;
    }

    void apply(Operation operation) {
        long code = code(operation);
        switch (operation.kind()) {
            case ISSUE_CODE -> {
                issued.put(code, operation.amount());
                left.put(code, operation.amount());
                if (operation.atMillis() != 0) {
                    ends.put(code, operation.atMillis());
                }
                hash += entryHash(code);
                own(operation, code);
            }
            case REDEEM_CODE -> add(code, -operation.amount());
            case REFUND_CODE -> add(code, operation.amount());
            default -> throw new IllegalArgumentException(operation.kind() + " is no operation on a code");
        }
    }

    private void own(Operation operation, long code) {
        long member = operation.memberKey();
        if (member != 0 && operation.atMillis() != 0) {
            String reward = operation.subject();
            int purpose = reward.indexOf('/');
            own(member, new Owned(code, purpose < 0 ? reward : reward.substring(0, purpose), operation.atMillis()));
        }
    }

    private void own(long member, Owned code) {
        owned.computeIfAbsent(member, any -> new ArrayList<>()).add(code);
        hash += Mix.of(SALT + 3, code.code, member);
    }

    /** Codes that a member bought with points and that end, oldest first. */
    List<Owned> of(long member) {
        List<Owned> codes = owned.get(member);
        return codes == null ? List.of() : codes;
    }

    /** A merged member's codes are the survivor's. */
    void follow(long absorbed, long survivor) {
        List<Owned> codes = owned.remove(absorbed);
        for (int i = 0; codes != null && i < codes.size(); i++) {
            hash -= Mix.of(SALT + 3, codes.get(i).code, absorbed);
            own(survivor, codes.get(i));
        }
    }

    private void add(long code, long minor) {
        hash -= entryHash(code);
        left.put(code, left.get(code) + minor);
        hash += entryHash(code);
    }

    private long entryHash(long code) {
        return Mix.of(SALT, code, left.get(code))
                + Mix.of(SALT + 1, code, issued.get(code))
                + Mix.of(SALT + 2, code, ends.get(code));
    }

    private static boolean hasCode(Operation operation) {
        return !operation.details().isEmpty() && operation.details().get(0).matches("[0-9a-f]{16}");
    }

    private static long code(Operation operation) {
        return Long.parseUnsignedLong(operation.details().get(0), 16);
    }

    /** Minor units left; -1 for a code that was never issued. */
    long leftMinor(long code) {
        return left.get(code);
    }

    /** Minor units that a code was issued with; -1 for one that never was. */
    long issuedMinor(long code) {
        return issued.get(code);
    }

    /** When a code ends; {@link Long#MAX_VALUE} = never. */
    long endsAtMillis(long code) {
        return ends.get(code);
    }

    long hash() {
        return hash;
    }

    long recomputedHash() {
        long[] sum = new long[1];
        left.forEachLong((code, minor) -> sum[0] += entryHash(code));
        owned.forEachLong((member, codes) -> codes.forEach(code -> sum[0] += Mix.of(SALT + 3, code.code, member)));
        return sum[0];
    }

    @Override
    public void write(StateSink sink) {
        sink.begin("value-codes");
        Maps.write(sink, left);
        Maps.write(sink, issued);
        Maps.write(sink, ends);
        long[] members = Maps.sorted(owned.keySet());
        sink.putArray(members, members.length);
        for (long member : members) {
            List<Owned> codes = owned.get(member);
            sink.putInt(codes.size());
            for (Owned code : codes) {
                sink.putLong(code.code);
                sink.putText(code.reward);
                sink.putLong(code.endsAtMillis);
            }
        }
    }

    @Override
    public void read(StateSource source) {
        source.begin("value-codes");
        Maps.read(source, left);
        Maps.read(source, issued);
        Maps.read(source, ends);
        for (long member : source.takeLongArray()) {
            List<Owned> codes = new ArrayList<>();
            for (int left = source.takeCount(); left > 0; left--) {
                codes.add(new Owned(source.takeLong(), source.takeText(), source.takeLong()));
            }
            owned.put(member, codes);
        }
        hash = recomputedHash();
    }
}
