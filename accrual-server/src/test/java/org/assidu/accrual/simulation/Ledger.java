package org.assidu.accrual.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assidu.accrual.codec.OperationRecordCodec;
import org.assidu.accrual.codec.ProgrammeRecordCodec;
import org.assidu.accrual.codec.ReceiptRecordCodec;
import org.assidu.accrual.codec.RecordContext;
import org.assidu.accrual.engine.AccrualEngine;
import org.assidu.accrual.engine.MemberView;
import org.assidu.accrual.model.LineStatus;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.PurseBooks;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.RecordType;

/** The books, added up a second time from the records alone: what the engine says must agree with it. */
final class Ledger {
    /** A closed receipt: where, what it was told, and what of each line was sold and has come back. */
    record Closed(long position, long pointsMicro, long[] sold, long[] returned) {}

    private record Held(String reward, long units, long spentMicro) {}

    private final ReceiptRecordCodec codec = new ReceiptRecordCodec();
    private final ReceiptColumns receipt = new ReceiptColumns();
    private final OutcomeColumns outcome = new OutcomeColumns();
    private final RecordContext context = new RecordContext();

    private final Map<ReceiptName, Closed> closed = new HashMap<>();
    private final Set<String> operations = new HashSet<>();
    private final Map<String, Held> held = new HashMap<>();
    /** Adjustments that wait, micropoints. */
    private final Map<String, Long> proposed = new HashMap<>();

    private final Set<List<String>> claimed = new HashSet<>();
    /** Members whose purse is, or was, another one's too: only sums are compared for them. */
    private final Set<Long> shared = new HashSet<>();

    private final Map<String, Long> stockTaken = new HashMap<>();
    private final Map<String, Long> codeUses = new HashMap<>();
    private final Map<Long, Long> codeLeft = new HashMap<>();
    private final Map<String, Long> givenByRule = new HashMap<>();
    private final Map<Long, long[]> purses = new HashMap<>();
    private final List<List<String>> ruleIds = new ArrayList<>();
    private final Set<Long> touched = new HashSet<>();
    /** Whether the points purse turns what returns cannot take into a debt. */
    private final boolean debts;

    private final boolean pointsKeepLots;

    private long[] outstanding = new long[4];
    private long position;
    private long timeMillis;

    Ledger(SimulatedProgrammes programmes) {
        debts = programmes.debts();
        pointsKeepLots = programmes.pointsKeepLots();
    }

    /** Adds a record. @throws Violation when it breaks a law on its own or with those before it */
    void add(long recordPosition, int typeCode, long recordMillis, byte[] bytes, int offset, int length) {
        Violation.unless(recordPosition == position + 1, "position " + recordPosition + " follows " + position);
        Violation.unless(
                recordMillis >= timeMillis,
                "journal time goes back at position=" + recordPosition + ": " + timeMillis + " to " + recordMillis);
        position = recordPosition;
        timeMillis = recordMillis;
        RecordType type = RecordType.ofCode(typeCode);
        switch (type) {
            case RECEIPT, CHUNK, VOID -> {
                codec.decode(bytes, offset, length, receipt, outcome, context);
                if (type == RecordType.RECEIPT) {
                    close();
                }
                move();
            }
            case OPERATION -> {
                Operation operation = OperationRecordCodec.decode(bytes, offset, length, outcome, context);
                operate(operation);
                move();
            }
            case PROGRAMME ->
                ruleIds.add(ProgrammeRecordCodec.decode(bytes, offset, length).ruleIds());
            case ENROLMENT, PRODUCTS, STORES, PRIVACY, EPOCH -> {}
        }
    }

    private void close() {
        ReceiptName name = ReceiptName.of(receipt);
        long[] sold = Arrays.copyOf(receipt.quantityThousandths, receipt.lines);
        Closed before = closed.put(name, new Closed(position, outcome.pointsMicro, sold, new long[receipt.lines]));
        if (before != null) {
            throw new Violation("double credit: receipt " + name + " is closed at position=" + before.position()
                    + " and again at position=" + position);
        }
        for (int line = 0; line < receipt.lines; line++) {
            if (outcome.lineStatus[line] == LineStatus.RETURNED) {
                takeBack(receipt.originalOfLine[line], -receipt.quantityThousandths[line]);
            }
        }
    }

    private void takeBack(int original, long thousandths) {
        ReceiptName name = ReceiptName.ofOriginal(receipt, original);
        Closed from = closed.get(name);
        if (from == null) {
            throw new Violation("a return at position=" + position + " names receipt " + name + ", which is not there");
        }
        int line = receipt.originalLine[original];
        from.returned()[line] += thousandths;
        Violation.unless(
                from.returned()[line] <= from.sold()[line],
                "of line " + line + " of receipt " + name + " " + from.returned()[line]
                        + " thousandths came back at position=" + position + ", sold " + from.sold()[line]);
    }

    private void move() {
        for (int m = 0; m < outcome.movements; m++) {
            int purse = outcome.movementPurse[m];
            long micro = outcome.movementMicro[m];
            if (purse >= outstanding.length) {
                outstanding = Arrays.copyOf(outstanding, purse + 4);
            }
            outstanding[purse] += micro;
            long member = outcome.movementMember[m];
            purses.computeIfAbsent(member, key -> new long[8])[purse] += micro;
            touched.add(member);
            int rule = outcome.movementRule[m];
            MovementKind kind = outcome.movementKind[m];
            if (rule >= 0 && (kind == MovementKind.EARNED || kind == MovementKind.REVERSED)) {
                givenByRule.merge(ruleIds.get(outcome.movementVersion[m] - 1).get(rule), micro, Long::sum);
            }
        }
        // An exchange earns first and takes back then: only the whole record counts. What becomes a debt is taken back
        // from
        // credits of any rule later.
        long given = givenByRule.getOrDefault(SimulatedProgrammes.BUDGETED, 0L);
        Violation.unless(
                debts || given <= SimulatedProgrammes.BUDGET_MICRO,
                "budget of rule " + SimulatedProgrammes.BUDGETED + " overshot at position=" + position + ": given "
                        + given + " of " + SimulatedProgrammes.BUDGET_MICRO + " micropoints");
    }

    private void operate(Operation operation) {
        String key = keyOf(operation.kind(), operation.idempotencyKey());
        boolean keyed = !operation.idempotencyKey().isEmpty();
        Violation.unless(
                !keyed || operations.add(key),
                "double credit: operation " + key + " is done again at position=" + position);
        switch (operation.kind()) {
            case RESERVE -> {
                held.put(
                        operation.idempotencyKey(),
                        new Held(operation.subject(), operation.amount(), -moved(MovementKind.SPENT)));
                takeStock(operation.subject(), operation.amount());
            }
            case CANCEL, END_RESERVATION -> {
                Held back = held.remove(operation.idempotencyKey());
                Violation.unless(back != null, key + " gives back what is not held, position=" + position);
                Violation.unless(
                        moved(MovementKind.RESTORED) == back.spentMicro(),
                        key + " gives back " + moved(MovementKind.RESTORED) + " micropoints of " + back.spentMicro()
                                + ", position=" + position);
                takeStock(back.reward(), -back.units());
            }
            case COMMIT -> {
                Held sold = held.remove(operation.idempotencyKey());
                Violation.unless(sold != null, key + " commits what is not held, position=" + position);
            }
            case USE_PROMO_CODE -> {
                long uses = codeUses.merge(operation.subject(), 1L, Long::sum);
                Violation.unless(
                        uses <= SimulatedProgrammes.PROMO_USES,
                        "promo code " + operation.subject() + " used " + uses + " times of "
                                + SimulatedProgrammes.PROMO_USES);
            }
            case ISSUE_CODE -> codeLeft.put(codeOf(operation), operation.amount());
            case REDEEM_CODE -> {
                long left = codeLeft.merge(codeOf(operation), -operation.amount(), Long::sum);
                Violation.unless(left >= 0, "a value code paid " + -left + " more than was on it");
            }
            case REFUND_CODE -> codeLeft.merge(codeOf(operation), operation.amount(), Long::sum);
            case PROPOSE_ADJUSTMENT -> proposed.put(operation.idempotencyKey(), operation.amount());
            case APPROVE_ADJUSTMENT, REJECT_ADJUSTMENT -> {
                Long amount = proposed.remove(operation.idempotencyKey());
                long expected = amount == null || operation.kind() == OperationKind.REJECT_ADJUSTMENT ? 0 : amount;
                Violation.unless(amount != null, key + " decides what does not wait, position=" + position);
                Violation.unless(
                        moved(MovementKind.ADJUSTED) == expected,
                        key + " moves " + moved(MovementKind.ADJUSTED) + " micropoints of " + expected + ", position="
                                + position);
            }
            case CLAIM ->
                Violation.unless(
                        claimed.add(operation.details()),
                        "double credit: receipt " + operation.details() + " is claimed again at position=" + position);
            case MERGE, JOIN_HOUSEHOLD, LEAVE_HOUSEHOLD -> {
                shared.add(operation.memberKey());
                shared.add(operation.otherMemberKey());
            }
            // Movements alone, which are counted like all others.
            default -> {}
        }
    }

    /** An adjustment is done or proposed, not both. */
    private static String keyOf(OperationKind kind, String key) {
        return (kind == OperationKind.PROPOSE_ADJUSTMENT ? OperationKind.ADJUST : kind) + "/" + key;
    }

    private long moved(MovementKind kind) {
        long sum = 0;
        for (int m = 0; m < outcome.movements; m++) {
            sum += outcome.movementKind[m] == kind ? outcome.movementMicro[m] : 0;
        }
        return sum;
    }

    private static long codeOf(Operation operation) {
        return Long.parseUnsignedLong(operation.details().get(0), 16);
    }

    private void takeStock(String reward, long units) {
        long taken = stockTaken.merge(reward, units, Long::sum);
        Violation.unless(
                taken <= SimulatedProgrammes.STOCK,
                "stock of " + reward + " overshot at position=" + position + ": " + taken + " taken of "
                        + SimulatedProgrammes.STOCK);
    }

    /** Holds the engine against the books. @param thorough also what takes time in proportion to the state */
    void compare(AccrualEngine engine, boolean thorough) {
        for (int purse = 0; purse < engine.purses(); purse++) {
            long expected = purse < outstanding.length ? outstanding[purse] : 0;
            Violation.unless(
                    engine.totals().outstandingMicro(purse) == expected,
                    "purses of " + engine.purseId(purse) + " do not conserve at position=" + position + ": engine "
                            + engine.totals().outstandingMicro(purse) + ", records " + expected);
        }
        for (PurseBooks books : engine.totals().books()) {
            Violation.unless(books.balanced(), "books do not balance at position=" + position + ": " + books);
        }
        long used = engine.counter(0, "bonus/" + SimulatedProgrammes.BUDGETED + "/budget");
        Violation.unless(
                used <= SimulatedProgrammes.BUDGET_MICRO,
                "budget counter at position=" + position + ": " + used + " of " + SimulatedProgrammes.BUDGET_MICRO);
        if (!engine.time().isSweepPending()) {
            touched.forEach(member -> compare(engine, member));
            touched.clear();
        }
        if (thorough) {
            Violation.unless(
                    engine.stateHash() == engine.recomputedStateHash(),
                    "state hash at position=" + position + " is not what its parts add up to");
            Violation.unless(
                    engine.totals().receipts() == closed.size(),
                    "receipts: engine " + engine.totals().receipts() + ", records " + closed.size());
        }
    }

    private void compare(AccrualEngine engine, long member) {
        if (shared.contains(member)) {
            return;
        }
        long[] purse = purses.get(member);
        for (int slot = 0; slot < engine.purses(); slot++) {
            Violation.unless(
                    engine.balanceMicro(member, slot) == purse[slot],
                    "balance of member " + member + " in " + engine.purseId(slot) + " at position=" + position
                            + ": engine " + engine.balanceMicro(member, slot) + ", records " + purse[slot]);
        }
        MemberView view = engine.member(member);
        if (view != null) {
            view.purses().forEach(each -> compareLots(engine, member, each));
        }
    }

    /** Lots are what a purse consists of, and none outlives its day. */
    private void compareLots(AccrualEngine engine, long member, MemberView.PurseView purse) {
        long sum = 0;
        for (MemberView.Lot lot : purse.lots()) {
            sum += lot.micro();
            Violation.unless(
                    lot.expiryDay() >= engine.time().day(),
                    "a lot of member " + member + " in " + purse.purseId() + " that ended on day " + lot.expiryDay()
                            + " is still there on day " + engine.time().day());
        }
        boolean keepsLots = purse.purseId().equals(SimulatedProgrammes.MONEY) || pointsKeepLots;
        Violation.unless(
                !keepsLots || sum == Math.max(0, purse.balanceMicro()),
                "lots of member " + member + " in " + purse.purseId() + " at position=" + position + " add up to " + sum
                        + ", the balance is " + purse.balanceMicro());
    }

    /** A closed receipt; null when there is none. */
    Closed closed(ReceiptName name) {
        return closed.get(name);
    }

    boolean isDone(OperationKind kind, String key) {
        return operations.contains(keyOf(kind, key));
    }

    long position() {
        return position;
    }

    int programmes() {
        return ruleIds.size();
    }

    int receipts() {
        return closed.size();
    }

    int operations() {
        return operations.size();
    }
}
