package org.assidu.accrual.export;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.assidu.accrual.codec.EnrolmentRecordCodec;
import org.assidu.accrual.codec.PrivacyRecordCodec;
import org.assidu.accrual.codec.ProductsRecordCodec;
import org.assidu.accrual.codec.ProgrammeRecord;
import org.assidu.accrual.codec.ProgrammeRecordCodec;
import org.assidu.accrual.codec.ReceiptRecordCodec;
import org.assidu.accrual.codec.RecordContext;
import org.assidu.accrual.codec.StoresRecordCodec;
import org.assidu.accrual.model.Channel;
import org.assidu.accrual.model.EventKind;
import org.assidu.accrual.model.LineStatus;
import org.assidu.accrual.model.MemberEnrolment;
import org.assidu.accrual.model.MemberFact;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.PrivacyEvent;
import org.assidu.accrual.model.ProductEntry;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.ReceiptPhase;
import org.assidu.accrual.model.ReceiptStatus;
import org.assidu.accrual.model.RecordType;
import org.assidu.accrual.model.StoreEntry;
import org.assidu.accrual.model.TenderKind;

/** A seeded chain whose journal holds every kind of record, and what its export must add up to. */
final class SampleChain {
    /** 2026-10-31T22:50:00Z: ten minutes before November in Paris, over an hour before it in UTC. */
    static final long START_MILLIS = 1_793_487_000_000L;

    private static final int MEMBERS = 40;
    private static final long STEP_MILLIS = 3 * 3_600_000L;

    final MemoryJournal journal = new MemoryJournal();
    final Map<Long, Long> balances = new TreeMap<>();
    final Map<Long, Long> receiptsOfMember = new HashMap<>();
    long saleLines;
    long returnLines;
    long receipts;
    long movements;
    long amountMinor;
    long linePointsMicro;
    long ledgerMicro;
    long cagnotteMicro;
    long tenderMinor;
    /** Each event as {@code position|event|kind|rule|value|cause}. */
    final List<String> events = new ArrayList<>();

    private final Random random;
    private final ReceiptRecordCodec codec = new ReceiptRecordCodec();
    private long now = START_MILLIS;
    private long number;
    private int version;

    SampleChain(long seed) {
        random = new Random(seed);
    }

    static long member(int index) {
        return 1_000_003L * (index + 1);
    }

    /** A chain with two programme versions, stores, products, enrolments and so many receipts. */
    static SampleChain of(long seed, int receipts) {
        SampleChain chain = new SampleChain(seed);
        chain.receipt(null);
        chain.publish("Europe/Paris", List.of("points"));
        chain.stores(List.of(
                new StoreEntry("lyon", "Lyon", null, null, "FR"), new StoreEntry("nice", null, null, null, null)));
        chain.products(List.of(
                new ProductEntry("sku-1", "Thé", "grocery/tea", "Épices", 120L, "EUR", 20_260_101, 0),
                new ProductEntry("sku-2", "Sel", null, null, null, null, 0, 0)));
        chain.enrol(0);
        chain.more(receipts / 2);
        chain.publish("America/New_York", List.of("points", "cagnotte"));
        chain.products(List.of(new ProductEntry("sku-2", "Sel fin", "grocery/salt", null, 30L, "EUR", 0, 0)));
        chain.stores(List.of(new StoreEntry("nice", "Nice", "Proxi", "SAS", "FR")));
        chain.more(receipts - receipts / 2);
        return chain;
    }

    /** So many further receipts, some of them preceded by an open chunk or followed by a void. */
    void more(int receipts) {
        for (int i = 0; i < receipts; i++) {
            int member = random.nextInt(MEMBERS + 10);
            if (random.nextInt(12) == 0) {
                open(RecordType.CHUNK, ReceiptPhase.OPEN);
            }
            receipt(member < MEMBERS ? member : null);
            if (random.nextInt(20) == 0) {
                open(RecordType.VOID, ReceiptPhase.VOID);
            }
        }
    }

    private long append(RecordType type, byte[] payload, int length) {
        now += random.nextInt((int) STEP_MILLIS);
        return journal.append(type, now, Arrays.copyOf(payload, length));
    }

    void publish(String zone, List<String> purses) {
        publish(zone, purses, "{}");
    }

    void publish(String zone, String document) {
        publish(zone, List.of("points", "cagnotte"), document);
    }

    private void publish(String zone, List<String> purses, String document) {
        version++;
        ProgrammeRecord programme = new ProgrammeRecord(
                version, "abc" + version, document, "", "club", now, zone, "EUR", List.of("base", "bonus"), purses);
        byte[] bytes = new byte[ProgrammeRecordCodec.encodedSizeBound(programme)];
        append(RecordType.PROGRAMME, bytes, ProgrammeRecordCodec.encode(programme, bytes, 0));
    }

    void enrol(int member) {
        MemberEnrolment enrolment = new MemberEnrolment(member(member), Channel.WEB, null, "cgu", List.of(), true);
        byte[] bytes = new byte[EnrolmentRecordCodec.encodedSizeBound(enrolment)];
        long position = append(RecordType.ENROLMENT, bytes, EnrolmentRecordCodec.encode(enrolment, bytes, 0));
        events.add(position + "|1|WELCOME||0|ENROLMENT");
        balances.putIfAbsent(member(member), 0L);
    }

    /** Of a member who is known already. */
    void consents(int member, List<MemberEnrolment.Consent> consents) {
        MemberEnrolment enrolment = new MemberEnrolment(member(member), Channel.WEB, null, "cgu", consents, false);
        byte[] bytes = new byte[EnrolmentRecordCodec.encodedSizeBound(enrolment)];
        append(RecordType.ENROLMENT, bytes, EnrolmentRecordCodec.encode(enrolment, bytes, 0));
        balances.putIfAbsent(member(member), 0L);
    }

    void decide(PrivacyEvent event) {
        byte[] bytes = new byte[PrivacyRecordCodec.encodedSizeBound(event)];
        append(RecordType.PRIVACY, bytes, PrivacyRecordCodec.encode(event, bytes, 0));
    }

    private void products(List<ProductEntry> products) {
        byte[] bytes = new byte[ProductsRecordCodec.encodedSizeBound(products)];
        append(RecordType.PRODUCTS, bytes, ProductsRecordCodec.encode(products, bytes, 0));
    }

    private void stores(List<StoreEntry> stores) {
        byte[] bytes = new byte[StoresRecordCodec.encodedSizeBound(stores)];
        append(RecordType.STORES, bytes, StoresRecordCodec.encode(stores, bytes, 0));
    }

    private void open(RecordType type, ReceiptPhase phase) {
        ReceiptColumns r = header(null);
        r.phase = phase;
        int line = r.addLine();
        r.sku[line] = r.addText("sku-1");
        r.quantityThousandths[line] = 1_000;
        r.amountMinor[line] = 999_999;
        OutcomeColumns o = new OutcomeColumns();
        o.reset(type == RecordType.VOID ? ReceiptStatus.VOIDED : ReceiptStatus.PROVISIONAL, 1);
        o.programmeVersion = version;
        write(type, r, o);
    }

    private ReceiptColumns header(Integer member) {
        ReceiptColumns r = new ReceiptColumns();
        r.store = r.addText(random.nextBoolean() ? "lyon" : "nice");
        r.till = r.addText("1");
        r.series = 1;
        r.number = ++number;
        r.businessDate = random.nextBoolean() ? 20_261_101 : 0;
        r.historical = random.nextInt(5) == 0;
        r.soldAtMillis = r.historical ? now - 40L * 24 * 3_600_000 : now;
        r.utcOffsetMinutes = 60;
        r.currency = ReceiptColumns.packCurrency("EUR");
        r.channel = Channel.STORE;
        r.memberKey = member == null ? 0 : member(member);
        r.memberFact = member == null ? MemberFact.ANONYMOUS : MemberFact.KNOWN;
        return r;
    }

    private void receipt(Integer member) {
        ReceiptColumns r = header(member);
        OutcomeColumns o = new OutcomeColumns();
        int lines = 1 + random.nextInt(6);
        for (int i = 0; i < lines; i++) {
            line(r);
        }
        o.reset(version == 0 ? ReceiptStatus.NO_PROGRAMME : ReceiptStatus.ACCRUED, lines);
        o.programmeVersion = version;
        r.addTender(TenderKind.BANK_CARD, r.totalMinor());
        if (random.nextBoolean()) {
            r.addTender(TenderKind.CASH, 5);
            tenderMinor += 5;
        }
        tenderMinor += r.totalMinor();
        if (random.nextInt(8) == 0) {
            r.addUsedReward(r.addText("ten-percent"), 1, 12);
        }
        if (version > 0) {
            outcome(r, o, member);
        }
        write(RecordType.RECEIPT, r, o);
        receipts++;
        saleLines += lines;
        amountMinor += r.totalMinor();
        if (member != null) {
            receiptsOfMember.merge(member(member), 1L, Long::sum);
            balances.putIfAbsent(member(member), 0L);
        }
    }

    private void line(ReceiptColumns r) {
        int line = r.addLine();
        boolean isReturn = random.nextInt(9) == 0;
        r.sku[line] = r.addText("sku-" + (1 + random.nextInt(2)));
        r.category[line] = random.nextBoolean() ? r.addText("grocery/tea") : 0;
        r.quantityThousandths[line] = isReturn ? -1_000 : 1_000 + random.nextInt(3_000);
        r.amountMinor[line] = (isReturn ? -1 : 1) * (1L + random.nextInt(5_000));
        r.discountMinor[line] = random.nextInt(50);
        r.vatRateHundredths[line] = 2_000;
        r.flags[line] = (byte) random.nextInt(8);
        if (isReturn) {
            returnLines++;
            int original = r.addOriginal(line);
            r.originalStore[original] = r.addText("lyon");
            r.originalTill[original] = r.addText("1");
            r.originalNumber[original] = 7;
            r.originalLine[original] = 2;
        }
    }

    private void outcome(ReceiptColumns r, OutcomeColumns o, Integer member) {
        long points = 0;
        for (int line = 0; line < r.lines; line++) {
            o.lineStatus[line] = r.isReturn(line) ? LineStatus.RETURNED : LineStatus.EARNED;
            o.eligible[line] = r.amountMinor[line];
            o.linePointsMicro[line] = r.amountMinor[line] * 10_000 + random.nextInt(7);
            points += o.linePointsMicro[line];
        }
        linePointsMicro += points;
        if (member != null) {
            move(o, member, 0, MovementKind.EARNED, points, 0);
        }
        if (random.nextInt(6) == 0) {
            move(o, random.nextInt(MEMBERS), 0, MovementKind.REVERSED, -random.nextInt(1_000_000), -1);
        }
        if (version > 1 && random.nextInt(6) == 0 && member != null) {
            long micro = random.nextInt(1_000_000);
            move(o, member, 1, MovementKind.EARNED, micro, 1);
            cagnotteMicro += micro;
        }
        for (int e = random.nextInt(3); e > 0 && member != null; e--) {
            o.addEvent(
                    EventKind.ofCode(1 + random.nextInt(20)),
                    member(member),
                    random.nextInt(3) - 1,
                    random.nextInt(99));
        }
    }

    private void move(OutcomeColumns o, int member, int purse, MovementKind kind, long micro, int rule) {
        o.addMovement(member(member), purse, kind, micro, rule, version);
        movements++;
        if (purse == 0) {
            balances.merge(member(member), micro, Long::sum);
            ledgerMicro += micro;
        }
    }

    private void write(RecordType type, ReceiptColumns r, OutcomeColumns o) {
        byte[] bytes = new byte[ReceiptRecordCodec.encodedSizeBound(r, o)];
        RecordContext context = new RecordContext().set(now, 0, 1);
        long position = append(type, bytes, codec.encode(r, o, context, bytes, 0));
        for (int e = 0; e < o.events; e++) {
            String rule = List.of("", "base", "bonus").get(o.eventRule[e] + 1);
            events.add(
                    position + "|" + (e + 1) + "|" + o.eventKind[e] + "|" + rule + "|" + o.eventValue[e] + "|RECEIPT");
        }
    }

    /** Balances as the members table must have them. */
    List<Long> sortedBalances() {
        List<Long> sorted = new ArrayList<>(balances.values());
        sorted.sort(null);
        return sorted;
    }
}
