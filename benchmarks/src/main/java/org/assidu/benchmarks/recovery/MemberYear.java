package org.assidu.benchmarks.recovery;

import java.util.Objects;
import org.assidu.accrual.codec.OperationRecordCodec;
import org.assidu.accrual.codec.ProgrammeRecord;
import org.assidu.accrual.codec.ProgrammeRecordCodec;
import org.assidu.accrual.codec.ReceiptRecordCodec;
import org.assidu.accrual.codec.RecordContext;
import org.assidu.accrual.engine.AccrualEngine;
import org.assidu.accrual.engine.OriginalReceipts;
import org.assidu.accrual.journal.Journal;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.PublishedProgramme;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.RecordType;
import org.assidu.accrual.programme.Programme;
import org.assidu.accrual.programme.ProgrammeCompiler;
import org.assidu.benchmarks.micro.SampleReceipts;

/**
 * A year of a chain, decided, journalled and applied as a server does it but without clients: every member buys as often, at even
 * distances; points live for twelve months, there are three levels and a threshold reward.
 */
final class MemberYear {
    private static final int TILLS = 5_000;
    private static final int TILLS_A_STORE = 10;
    private static final long DAY_MILLIS = 86_400_000L;
    private static final int DAYS = 365;
    private static final int RECORDS_A_BATCH = 256;
    /** Coprime to any number of members that is asked for: they come in an order that no cache knows. */
    private static final long STRIDE = 2_654_435_761L;

    private final AccrualEngine engine = new AccrualEngine();
    private final Journal journal;
    private final ReceiptColumns[] tills = new ReceiptColumns[TILLS];
    private final OutcomeColumns outcome = new OutcomeColumns();
    private final OutcomeColumns settled = new OutcomeColumns();
    private final ReceiptRecordCodec codec = new ReceiptRecordCodec();
    private final RecordContext context = new RecordContext();
    private byte[] buffer = new byte[1 << 16];
    /** The year ends yesterday, so that a server may go on with it. */
    private final long first = System.currentTimeMillis() - (DAYS + 1) * DAY_MILLIS;

    private long records;

    MemberYear(Journal journal) {
        this.journal = journal;
        for (int till = 0; till < TILLS; till++) {
            ReceiptColumns receipt = SampleReceipts.receipt();
            receipt.store = receipt.addText("store-" + till / TILLS_A_STORE);
            receipt.till = receipt.addText("till-" + till % TILLS_A_STORE);
            receipt.number = 0;
            tills[till] = receipt;
        }
    }

    AccrualEngine engine() {
        return engine;
    }

    long records() {
        return records;
    }

    void run(long members, int receiptsPerMember) {
        publish();
        long total = members * receiptsPerMember;
        for (long number = 0; number < total; number++) {
            long now = first + (long) ((double) number / total * DAYS * DAY_MILLIS);
            passUntil(now);
            sell(SampleReceipts.memberKey(Math.floorMod(number * STRIDE, members)), number, now);
        }
        journal.appender().commit();
        while (journal.barrier().advance() < records) {
            Thread.onSpinWait();
        }
    }

    private void publish() {
        PublishedProgramme published = SampleReceipts.programme(
                "{id: points, rounding: CARRY, validity: {length: 12, unit: MONTHS, end: END_OF_MONTH}, reminder_days: [30]}",
                "{basis: AMOUNT, points: 1, per: 1.00}",
                """
                cards: [{from: 2997000000001, to: 2997999999997, auto_enrol: true}]
                threshold_rewards: [{id: voucher, measure: POINTS, reaches: 300, reward: {kind: GIFT_VOUCHER, value: 5}}]
                tiers:
                  measure: SPEND
                  window: ROLLING_MONTHS
                  months: 12
                  grace_days: 30
                  downgrade: ONE_DOWN
                  levels:
                    - {id: bronze, name: {en: Bronze}, reaches: 100}
                    - {id: silver, name: {en: Silver}, reaches: 200, multiplier: 1.25}
                    - {id: gold, name: {en: Gold}, reaches: 400, multiplier: 1.5}
                """);
        Programme compiled = ProgrammeCompiler.compile(published);
        ProgrammeRecord record = new ProgrammeRecord(
                1,
                published.sha256(),
                published.canonicalText(),
                published.sourceText(),
                compiled.id(),
                compiled.effectiveFromMillis(),
                published.document().timeZone(),
                published.document().currency(),
                compiled.ruleIds(),
                compiled.purseIds());
        ensure(ProgrammeRecordCodec.encodedSizeBound(record));
        append(RecordType.PROGRAMME, first, ProgrammeRecordCodec.encode(record, buffer, 0));
        engine.applyProgramme(published, records);
    }

    private void passUntil(long now) {
        while (engine.time().nextTickMillis() <= now) {
            operate(Objects.requireNonNull(engine.time().nextTick(now)), now);
        }
    }

    private void operate(Operation operation, long now) {
        if (!engine.decide(operation, now, settled).journalled()) {
            throw new IllegalStateException(operation + " is not done");
        }
        ensure(OperationRecordCodec.encodedSizeBound(operation, settled));
        context.set(now, engine.lastPositionOf(operation.memberKey()), AccrualEngine.SEMANTICS_VERSION);
        append(RecordType.OPERATION, now, OperationRecordCodec.encode(operation, settled, context, buffer, 0));
        engine.applyOperation(operation, settled, records, now);
    }

    private void sell(long member, long number, long now) {
        ReceiptColumns receipt = tills[(int) (number % TILLS)];
        receipt.number++;
        receipt.memberKey = member;
        receipt.soldAtMillis = now;
        engine.decide(receipt, OriginalReceipts.NONE, now, outcome);
        while (engine.time().overdueMember() != 0) {
            long overdue = engine.time().overdueMember();
            for (Operation due = engine.time().settleOf(overdue);
                    due != null;
                    due = engine.time().settleOf(overdue)) {
                operate(due, now);
            }
            engine.decide(receipt, OriginalReceipts.NONE, now, outcome);
        }
        if (!outcome.status.journalled()) {
            throw new IllegalStateException("receipt " + number + " is decided " + outcome.status);
        }
        ensure(ReceiptRecordCodec.encodedSizeBound(receipt, outcome));
        context.set(now, engine.lastPositionOf(member), AccrualEngine.SEMANTICS_VERSION);
        append(RecordType.RECEIPT, now, codec.encode(receipt, outcome, context, buffer, 0));
        engine.applyReceipt(receipt, outcome, records, now);
    }

    private void ensure(int bytes) {
        if (buffer.length < bytes) {
            buffer = new byte[bytes * 2];
        }
    }

    private void append(RecordType type, long now, int bytes) {
        records = journal.appender().append(type.code(), now, buffer, 0, bytes);
        if (records % RECORDS_A_BATCH == 0) {
            journal.appender().commit();
        }
    }
}
