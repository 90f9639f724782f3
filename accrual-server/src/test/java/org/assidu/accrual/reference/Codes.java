package org.assidu.accrual.reference;

import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationStatus;

/** Vouchers and gift cards: never worth more than what is left on them. */
final class Codes {
    /** @param owner who bought it with points; 0 = nobody @param endsAtMillis 0 = never */
    static final class Code {
        final BigInteger issued;
        final long endsAtMillis;
        final String reward;
        BigInteger left;
        long owner;

        Code(BigInteger issued, long endsAtMillis, String reward, long owner) {
            this.issued = issued;
            this.endsAtMillis = endsAtMillis;
            this.reward = reward;
            this.owner = owner;
            left = issued;
        }
    }

    private final Map<String, Code> codes = new TreeMap<>();

    Iterable<Code> all() {
        return codes.values();
    }

    void follow(long absorbed, long survivor) {
        codes.values().forEach(code -> code.owner = code.owner == absorbed ? survivor : code.owner);
    }

    OperationStatus issue(Operation operation) {
        if (isMalformed(operation) || operation.subject().isEmpty()) {
            return OperationStatus.MALFORMED;
        }
        String key = operation.details().get(0);
        if (codes.containsKey(key)) {
            return OperationStatus.CODE_USED_UP;
        }
        String reward = operation.subject().split("/")[0];
        BigInteger value = Exact.whole(operation.amount());
        codes.put(key, new Code(value, operation.atMillis(), reward, operation.memberKey()));
        return OperationStatus.DONE;
    }

    OperationStatus redeem(Operation operation, long nowMillis) {
        if (isMalformed(operation) || operation.idempotencyKey().isEmpty()) {
            return OperationStatus.MALFORMED;
        }
        Code code = codes.get(operation.details().get(0));
        if (code == null) {
            return OperationStatus.CODE_UNKNOWN;
        }
        if (code.endsAtMillis != 0 && nowMillis >= code.endsAtMillis) {
            return OperationStatus.TOO_LATE;
        }
        BigInteger rest = code.left.subtract(Exact.whole(operation.amount()));
        if (rest.signum() < 0) {
            return OperationStatus.CODE_USED_UP;
        }
        code.left = rest;
        return OperationStatus.DONE;
    }

    OperationStatus refund(Operation operation) {
        if (isMalformed(operation) || operation.idempotencyKey().isEmpty()) {
            return OperationStatus.MALFORMED;
        }
        Code code = codes.get(operation.details().get(0));
        if (code == null) {
            return OperationStatus.CODE_UNKNOWN;
        }
        BigInteger now = code.left.add(Exact.whole(operation.amount()));
        if (now.compareTo(code.issued) > 0) {
            return OperationStatus.LIMIT_EXCEEDED;
        }
        code.left = now;
        return OperationStatus.DONE;
    }

    private static boolean isMalformed(Operation operation) {
        return operation.details().isEmpty()
                || !operation.details().get(0).matches("[0-9a-f]{16}")
                || operation.amount() < 1;
    }

    /** Of a code by its hash; empty when there is none. */
    String text(String hash) {
        Code code = codes.get(hash);
        return code == null ? "" : code.left + " of " + code.issued + " until " + code.endsAtMillis;
    }
}
