package org.assidu.accrual.agreement;

import java.math.BigInteger;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.assidu.accrual.codec.OperationRecordCodec;
import org.assidu.accrual.codec.ReceiptRecordCodec;
import org.assidu.accrual.codec.RecordContext;
import org.assidu.accrual.engine.AccrualEngine;
import org.assidu.accrual.engine.CodeView;
import org.assidu.accrual.engine.EngineImage;
import org.assidu.accrual.engine.MemberView;
import org.assidu.accrual.engine.OriginalReceipts;
import org.assidu.accrual.model.Channel;
import org.assidu.accrual.model.LotKey;
import org.assidu.accrual.model.MemberEnrolment;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.PublishedProgramme;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.ReceiptPhase;
import org.assidu.accrual.model.ReceiptStatus;
import org.assidu.accrual.model.RecordedReceipt;
import org.assidu.accrual.model.StoreEntry;
import org.assidu.accrual.reference.Answer;
import org.jspecify.annotations.Nullable;

/** The engine as the pipeline drives it: what is decided goes through the bytes of the journal before it is applied. */
final class EngineSide implements OriginalReceipts {
    AccrualEngine engine = new AccrualEngine();
    private final List<PublishedProgramme> programmes = new ArrayList<>();
    final Map<String, BigInteger> ledger = new TreeMap<>();
    private final List<String> timeEvents = new ArrayList<>();
    private final Map<String, RecordedReceipt> closed = new HashMap<>();
    private final List<Consumer<AccrualEngine>> journal = new ArrayList<>();
    private final ReceiptRecordCodec codec = new ReceiptRecordCodec();
    private final RecordContext context = new RecordContext();
    private long position = 1;

    void publish(PublishedProgramme published) {
        long at = position++;
        programmes.add(published);
        engine.applyProgramme(published, at);
        journal.add(copy -> copy.applyProgramme(published, at));
    }

    /** The server starts anew, from a snapshot. */
    void restart() {
        engine = EngineImage.restored(engine, programmes);
    }

    void enrol(long member, long nowMillis) {
        MemberEnrolment enrolment = new MemberEnrolment(member, Channel.STORE, null, "1", List.of(), true);
        long at = position++;
        engine.applyEnrolment(enrolment, at, nowMillis);
        journal.add(copy -> copy.applyEnrolment(enrolment, at, nowMillis));
    }

    void stores(Map<String, String> banners) {
        List<StoreEntry> entries = banners.entrySet().stream()
                .map(one -> new StoreEntry(one.getKey(), null, one.getValue(), null, null))
                .toList();
        engine.applyStores(entries);
        journal.add(copy -> copy.applyStores(entries));
    }

    Answer submit(ReceiptColumns receipt, long nowMillis) {
        OutcomeColumns out = new OutcomeColumns();
        ReceiptColumns recorded = engine.decide(receipt, this, nowMillis, out);
        while (out.status.journalled() && engine.time().overdueMember() != 0) {
            settle(engine.time().overdueMember());
            recorded = engine.decide(receipt, this, nowMillis, out);
        }
        Answer answer = answer(out);
        if (out.status.journalled()) {
            append(recorded, out, nowMillis);
        }
        return answer;
    }

    private void append(ReceiptColumns decided, OutcomeColumns out, long nowMillis) {
        context.set(nowMillis, 0, AccrualEngine.SEMANTICS_VERSION);
        byte[] bytes = new byte[ReceiptRecordCodec.encodedSizeBound(decided, out)];
        int length = codec.encode(decided, out, context, bytes, 0);
        ReceiptColumns receipt = new ReceiptColumns();
        OutcomeColumns outcome = new OutcomeColumns();
        codec.decode(bytes, 0, length, receipt, outcome, context);
        long at = position++;
        engine.applyReceipt(receipt, outcome, at, nowMillis);
        journal.add(copy -> copy.applyReceipt(receipt, outcome, at, nowMillis));
        note(outcome, false);
        if (receipt.phase == ReceiptPhase.WHOLE || receipt.phase == ReceiptPhase.CLOSING) {
            closed.put(identity(receipt, -1), new RecordedReceipt(receipt, outcome, at, nowMillis));
        }
    }

    Answer operate(Operation asked, long nowMillis) {
        Operation operation = engine.desk().current(asked);
        OutcomeColumns out = new OutcomeColumns();
        OperationStatus status = engine.decide(operation, this, nowMillis, out);
        while (status.journalled() && engine.time().overdueMember() != 0) {
            settle(engine.time().overdueMember());
            status = engine.decide(operation, this, nowMillis, out);
        }
        if (!status.journalled()) {
            out.reset(ReceiptStatus.ACCRUED, 0);
        }
        Answer told = answer(out);
        if (status.journalled()) {
            context.set(nowMillis, 0, AccrualEngine.SEMANTICS_VERSION);
            byte[] bytes = new byte[OperationRecordCodec.encodedSizeBound(operation, out)];
            int length = OperationRecordCodec.encode(operation, out, context, bytes, 0);
            OutcomeColumns outcome = new OutcomeColumns();
            Operation read = OperationRecordCodec.decode(bytes, 0, length, outcome, context);
            long at = position++;
            engine.applyOperation(read, outcome, at, nowMillis);
            journal.add(copy -> copy.applyOperation(read, outcome, at, nowMillis));
            boolean byTime = operation.kind() == OperationKind.SETTLE || operation.kind() == OperationKind.TICK;
            note(outcome, byTime);
        }
        return new Answer(
                status.name(),
                BigInteger.ZERO,
                BigInteger.ZERO,
                List.of(),
                List.of(),
                List.of(),
                told.events(),
                told.movements());
    }

    /** As the write path does before a record that concerns a member with something due. */
    private void settle(long member) {
        for (Operation due = engine.time().settleOf(member);
                due != null;
                due = engine.time().settleOf(member)) {
            operate(due, due.atMillis());
        }
    }

    /** Settles members with something due. @param most of them */
    void sweep(int most) {
        for (int settled = 0; settled < most && engine.time().isSweepPending(); settled++) {
            Operation next = engine.time().nextSettle(Integer.MAX_VALUE);
            if (next != null) {
                operate(next, next.atMillis());
            }
        }
    }

    @Override
    public @Nullable RecordedReceipt find(ReceiptColumns of, int original) {
        return closed.get(identity(of, original));
    }

    private String identity(ReceiptColumns of, int original) {
        boolean own = original < 0;
        return of.string(own ? of.store : of.originalStore[original])
                + "/" + of.string(own ? of.till : of.originalTill[original])
                + "/" + (own ? of.number : of.originalNumber[original])
                + (engine.numberedDaily() ? "/" + (own ? of.businessDate : of.originalBusinessDate[original]) : "");
    }

    /** State hash of an engine that only applied what was recorded. */
    long replayedHash() {
        AccrualEngine copy = new AccrualEngine();
        journal.forEach(record -> record.accept(copy));
        return copy.stateHash();
    }

    // In the words of the reference

    private Answer answer(OutcomeColumns out) {
        if (out.status.refused()) {
            return new Answer(
                    out.status.name(),
                    BigInteger.ZERO,
                    BigInteger.ZERO,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    Map.of());
        }
        boolean recorded = out.status.journalled();
        // A void says nothing about its lines, which only that of a receipt without chunks has.
        boolean aboutLines = recorded && out.status != ReceiptStatus.VOIDED;
        List<String> lines = new ArrayList<>();
        for (int line = 0; aboutLines && line < out.lines; line++) {
            lines.add(out.lineStatus[line] + " " + out.linePointsMicro[line]);
        }
        List<String> alerts = new ArrayList<>();
        for (int a = 0; a < out.alerts; a++) {
            String reward = engine.programmes()
                    .get(out.programmeVersion - 1)
                    .document()
                    .thresholdRewards()
                    .get(out.alertReward[a])
                    .id();
            alerts.add(reward + "*" + out.alertCount[a]);
        }
        List<String> prices = new ArrayList<>();
        for (int p = 0; p < out.prices; p++) {
            prices.add(
                    out.priceLine[p] + ":-" + out.priceMinor[p] + " " + rule(out.priceRule[p], out.programmeVersion));
        }
        return new Answer(
                out.status.name(),
                BigInteger.valueOf(out.pointsMicro),
                BigInteger.valueOf(out.balanceMicro),
                lines,
                alerts,
                prices,
                recorded ? events(out) : List.of(),
                recorded ? movements(out) : Map.of());
    }

    private String rule(int rule, int version) {
        return version == 0 || rule < 0
                ? ""
                : engine.programmes().get(version - 1).ruleId(rule);
    }

    private List<String> events(OutcomeColumns out) {
        List<String> events = new ArrayList<>();
        for (int e = 0; e < out.events; e++) {
            if (out.eventPurse[e] < 0) {
                events.add(event(out, e));
            }
        }
        return events.stream().sorted().toList();
    }

    private String event(OutcomeColumns out, int event) {
        return out.eventKind[event] + " m" + out.eventMember[event] + " "
                + rule(out.eventRule[event], out.programmeVersion) + " " + out.eventValue[event];
    }

    private Map<String, BigInteger> movements(OutcomeColumns out) {
        Map<String, BigInteger> movements = new TreeMap<>();
        for (int m = 0; m < out.movements; m++) {
            int version = out.movementVersion[m];
            String key = "m" + out.movementMember[m] + " " + engine.purseId(out.movementPurse[m]) + " "
                    + out.movementKind[m] + " " + rule(out.movementRule[m], version) + " v" + version + " "
                    + lot(out.movementLot[m]);
            movements.merge(key, BigInteger.valueOf(out.movementMicro[m]), BigInteger::add);
            movements.remove(key, BigInteger.ZERO);
        }
        return movements;
    }

    /** @param byTime all events are of time, not only those about purses */
    private void note(OutcomeColumns out, boolean byTime) {
        movements(out).forEach((key, amount) -> {
            ledger.merge(key, amount, BigInteger::add);
            ledger.remove(key, BigInteger.ZERO);
        });
        for (int e = 0; e < out.events; e++) {
            if (out.eventPurse[e] < 0 && byTime) {
                timeEvents.add(event(out, e));
            } else if (out.eventPurse[e] >= 0) {
                timeEvents.add(out.eventKind[e] + " m" + out.eventMember[e] + " "
                        + engine.purseId(out.eventPurse[e]) + " " + out.eventValue[e] + " "
                        + LocalDate.ofEpochDay(out.eventDay[e]));
            }
        }
    }

    List<String> timeEvents() {
        return timeEvents.stream().sorted().toList();
    }

    private static String lot(long lot) {
        return lot == LotKey.NONE ? "-" : lot(LotKey.expiryDay(lot), LotKey.cohortMonth(lot), LotKey.unlockDay(lot));
    }

    private static String lot(int expiry, int cohort, int unlock) {
        return (expiry == LotKey.NEVER ? "ever" : LocalDate.ofEpochDay(expiry).toString()) + "/"
                + YearMonth.of(1970, 1).plusMonths(cohort)
                + (unlock == 0 ? "" : "~" + LocalDate.ofEpochDay(unlock));
    }

    String member(long key) {
        MemberView view = engine.member(key);
        if (view == null) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        for (MemberView.PurseView purse : view.purses()) {
            text.append(purse.purseId()).append('=').append(purse.balanceMicro());
            text.append(" pending ").append(purse.pendingMicro());
            text.append(" debt ").append(purse.debtMicro());
            for (MemberView.Lot lot : purse.lots()) {
                String of = lot(lot.expiryDay(), lot.cohortMonth(), lot.unlockDay());
                text.append(" [").append(lot.micro()).append(' ').append(of).append(']');
            }
            text.append('\n');
        }
        Map<String, String> rewards = new TreeMap<>();
        view.rewards()
                .forEach(reward ->
                        rewards.put(reward.rewardId(), " " + reward.unlocked() + " held " + reward.reserved() + "\n"));
        rewards.forEach((id, held) -> text.append(id).append(held));
        return text + "receipts " + view.receipts() + " from " + view.firstSoldAtMillis() + " to "
                + view.lastSoldAtMillis();
    }

    /** What is left on a code. */
    String code(long code) {
        CodeView view = engine.code(code);
        return view == null
                ? ""
                : view.leftMinor() + " of " + view.issuedMinor() + " until "
                        + (view.endsAtMillis() == Long.MAX_VALUE ? 0 : view.endsAtMillis());
    }

    /** What the engine's books say by kind. */
    boolean hasBooks(String purse, Map<MovementKind, BigInteger> books) {
        return engine.totals().books().stream()
                .filter(own -> own.purseId().equals(purse))
                .allMatch(own -> own.balanced()
                        && is(books, MovementKind.EARNED, own.issued())
                        && is(books, MovementKind.ADJUSTED, own.adjusted())
                        && is(books, MovementKind.RESTORED, own.restored())
                        && is(books, MovementKind.FORGIVEN, own.forgiven())
                        && is(books, MovementKind.SPENT, -own.spent())
                        && is(books, MovementKind.EXPIRED, -own.expired())
                        && is(books, MovementKind.REVERSED, -own.reversed())
                        && is(books, MovementKind.TRANSFERRED, own.transferred())
                        && is(books, MovementKind.MIGRATED, own.migrated()));
    }

    private static boolean is(Map<MovementKind, BigInteger> books, MovementKind kind, long value) {
        return books.getOrDefault(kind, BigInteger.ZERO).equals(BigInteger.valueOf(value));
    }
}
