package org.assidu.accrual.engine;

import java.util.List;
import org.assidu.accrual.model.MemberEnrolment;
import org.assidu.accrual.model.MemberStanding;
import org.assidu.accrual.model.MemberStatus;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.Problem;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.PublishedProgramme;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.ReceiptPhase;
import org.assidu.accrual.model.ReceiptStatus;
import org.assidu.accrual.model.StateSink;
import org.assidu.accrual.model.StateSource;
import org.assidu.accrual.model.StoreEntry;
import org.assidu.accrual.model.SupposedMember;
import org.assidu.accrual.programme.Programme;
import org.jspecify.annotations.Nullable;

/**
 * The state machine that turns receipts into movements: {@link #decide} reads, {@code apply…} changes. It belongs to one
 * thread, knows no clock and no other engine; the same calls always give the same answers and the same state hash.
 */
public final class AccrualEngine {
    /** Rises when the same input may be decided differently; recorded with each outcome. */
    public static final int SEMANTICS_VERSION = 3;

    /** Rises when {@link #write} writes something else, or the same records make another state: older snapshots are not read. */
    public static final int IMAGE_VERSION = 1;

    private static final long OPEN_TIMEOUT_MILLIS = 240 * 60_000L;

    private final MemberPages members = new MemberPages();
    private final TillLedger ledger = new TillLedger();
    private final ReturnedQuantities quantities = new ReturnedQuantities(ledger);
    private final OpenReceipts open = new OpenReceipts(ledger);
    private final CounterSlots counterSlots = new CounterSlots();
    private final ProgrammeCounters programmeCounters = new ProgrammeCounters();
    private final Programmes programmes = new Programmes(counterSlots);

    private final MemberLots lots = new MemberLots(members);
    private final Settlement settlement = new Settlement(members, programmes);
    private final Books books = new Books();

    private final Survivors survivors = new Survivors();
    private final Households households = new Households(survivors);
    private final Draft draft =
            new Draft(members, programmeCounters, counterSlots, programmes, lots, settlement, households);
    private final Ticks ticks = new Ticks(programmes, settlement, draft, members, households);
    private final Sweep sweep = new Sweep(members, programmes, settlement, draft);
    private final Effects effects = new Effects(members, programmeCounters, lots, programmes, books, sweep);
    private final MemberViews views = new MemberViews(members, programmes, draft);
    private final Thresholds thresholds = new Thresholds(draft, programmes);
    private final ActTables actTables = new ActTables(counterSlots);
    private final Acts acts = new Acts(programmes, draft, thresholds, actTables);
    private final Tiers tiers = new Tiers(programmes, draft, new TierEntry(acts));
    private final Clubs clubs = new Clubs(programmes, draft);
    private final StatusViews statuses = new StatusViews(members, programmes, draft, clubs);
    private final Stores stores = new Stores();
    private final BonusDecision bonuses = new BonusDecision(
            programmes,
            stores,
            draft,
            new MemberConditions(members, draft, clubs),
            new Allowances(draft),
            new Grants(draft, thresholds),
            clubs);
    private final CardWatch watch = new CardWatch(draft, counterSlots);
    private final ReceiptActs receiptActs =
            new ReceiptActs(members, draft, acts, new Referrals(members, draft, counterSlots), watch, survivors);
    private final Claims claims = new Claims(ledger);
    private final PromoCodes promoCodes = new PromoCodes(draft, counterSlots);
    private final LinkedReturns linkedReturns = new LinkedReturns(
            ledger,
            quantities,
            claims,
            survivors,
            programmes,
            draft,
            bonuses,
            clubs,
            receiptActs,
            new Reversals(programmes, draft, thresholds, tiers),
            new RewardReturns(programmes, draft, thresholds, counterSlots, survivors, promoCodes));
    private final Shop shop = new Shop(programmes, draft, counterSlots, ledger);
    private final ValueCodes codes = new ValueCodes();
    private final SaleDecision sales = new SaleDecision(
            members,
            programmes,
            draft,
            thresholds,
            linkedReturns,
            bonuses,
            tiers,
            clubs,
            receiptActs,
            new ShopUses(shop),
            promoCodes);
    private final Repeats repeats = new Repeats(survivors);
    private final ChunkDecision chunks = new ChunkDecision(members, programmes, draft, sales, repeats);
    private final Merges merges = new Merges(
            members,
            lots,
            programmes,
            draft,
            survivors,
            households,
            new MergedCounters(programmes, counterSlots, draft, thresholds),
            claims,
            open,
            shop.reservations());
    private final HouseholdDecision sharing =
            new HouseholdDecision(members, lots, programmes, draft, households, survivors, merges);
    private final Desk desk =
            new Desk(members, programmes, draft, sales, claims, survivors, merges, households, sharing);
    private final Operations operations = new Operations(
            members,
            programmes,
            draft,
            ticks,
            shop,
            codes,
            promoCodes,
            clubs,
            new ActOperations(members, draft, counterSlots, acts),
            desk);
    private final FactDecision facts = new FactDecision(programmes, draft);
    private final ReceiptColumns abandonedReceipt = new ReceiptColumns();
    private long lines;

    /** What a snapshot keeps, in the order in which it is read: each part may use those before. */
    private final List<KeptState> kept = List.of(
            members,
            lots,
            settlement,
            programmeCounters,
            books,
            survivors,
            households,
            ledger,
            quantities,
            open,
            stores,
            claims,
            desk.pending(),
            shop.reservations(),
            operations.codes(),
            operations,
            sweep);

    private final EngineTime time = new EngineTime(members, programmes, settlement, draft, ticks, sweep);
    private final EngineTotals totals =
            new EngineTotals(members, programmes, lots, books, ledger, open, () -> this.lines);

    public AccrualEngine() {
        settlement.add(new LotSettling(programmes));
        settlement.add(new TierReview(programmes));
        settlement.add(new ClubSettling(programmes));
        settlement.add(new ActSettling(members, programmes, counterSlots, acts, households));
        settlement.add(new RewardSettling(programmes, counterSlots, codes));
    }

    /**
     * Decides one receipt or chunk; changes nothing.
     *
     * <p>An outcome whose status is {@link org.assidu.accrual.model.ReceiptStatus#journalled} goes to the journal together
     * with the columns returned here; any other is an answer only. The columns returned are the receipt itself or, for a
     * closing chunk, the whole receipt in columns of the engine that are good until the next call; then the outcome has
     * the lines of the whole receipt, and those of the closing chunk are its last {@code receipt.lines}.
     *
     * @param nowMillis journal time
     */
    public ReceiptColumns decide(
            ReceiptColumns receipt, OriginalReceipts originals, long nowMillis, OutcomeColumns out) {
        ReceiptColumns recorded = decideReceipt(receipt, originals, nowMillis, out);
        long atMillis = receipt.historical ? receipt.soldAtMillis : nowMillis;
        Programme programme = programmes.at(atMillis);
        statuses.tell(receipt, out, programme, programme == null ? 0 : programme.day(atMillis));
        return recorded;
    }

    private ReceiptColumns decideReceipt(
            ReceiptColumns receipt, OriginalReceipts originals, long nowMillis, OutcomeColumns out) {
        out.reset(ReceiptStatus.ACCRUED, receipt.lines);
        // Who was merged meanwhile: recorded as the member that lives on.
        receipt.memberKey = survivors.of(receipt.memberKey);
        ReceiptStatus shape = ReceiptShape.check(receipt, ledger.numberedDaily(), out);
        if (shape != ReceiptStatus.ACCRUED) {
            out.status = shape;
            return receipt;
        }
        int till = ledger.find(receipt, -1);
        if (ledger.isClosed(till, receipt.number)) {
            return repeats.ofClosed(receipt, originals, out) ? receipt : answered(receipt, out);
        }
        OpenReceipt before = till == TillLedger.UNKNOWN ? null : open.find(TillLedger.key(till, receipt.number));
        switch (receipt.phase) {
            case UNSPECIFIED, WHOLE -> sales.decide(receipt, before, originals, nowMillis, out);
            case VOID -> voidOpen(receipt, before, out);
            case OPEN, CLOSING -> {
                return answered(chunks.decide(receipt, before, originals, nowMillis, out), out);
            }
        }
        return answered(receipt, out);
    }

    /**
     * Puts a decided receipt, chunk or void into effect; cannot refuse. Both arguments are as decided, or as read back
     * from the journal.
     */
    public void applyReceipt(ReceiptColumns recorded, OutcomeColumns outcome, long position, long timeMillis) {
        // A void makes nobody a member: nothing would ever welcome them.
        long participant = recorded.phase == ReceiptPhase.VOID ? 0 : Facts.participant(recorded);
        int row = MemberPages.NONE;
        if (participant != 0) {
            row = members.intern(participant, recorded.historical ? recorded.soldAtMillis : timeMillis);
        }
        effects.apply(outcome, timeMillis);
        switch (recorded.phase) {
            case OPEN -> applyChunk(recorded, outcome, timeMillis);
            case VOID -> applyVoid(recorded);
            case UNSPECIFIED, WHOLE, CLOSING -> {
                applyClosed(recorded, outcome);
                if (row != MemberPages.NONE) {
                    members.addReceipt(row, recorded.soldAtMillis);
                    sweep.changed(row);
                }
                joinChain(recorded, outcome, position);
            }
        }
    }

    /**
     * Decides anything other than a receipt; changes nothing. Goes to the journal with its outcome when the status is
     * {@link OperationStatus#journalled}.
     *
     * @param originals where a claim reads its receipt
     * @param nowMillis journal time
     */
    public OperationStatus decide(Operation operation, OriginalReceipts originals, long nowMillis, OutcomeColumns out) {
        out.reset(ReceiptStatus.ACCRUED, 0);
        return operations.decide(operation, originals, nowMillis, out);
    }

    /** As the other, of an operation that looks at no receipt. */
    public OperationStatus decide(Operation operation, long nowMillis, OutcomeColumns out) {
        return decide(operation, OriginalReceipts.NONE, nowMillis, out);
    }

    /**
     * Decides an operation that happened: what lack of points or stock, a limit or a closed shop would refuse is done all the
     * same. For replays under other rules.
     */
    public OperationStatus decideFact(Operation operation, long nowMillis, OutcomeColumns out) {
        out.reset(ReceiptStatus.ACCRUED, 0);
        return operations.decideFact(operation, OriginalReceipts.NONE, nowMillis, out);
    }

    /**
     * Writes movements that happened and that no rule knows, as the outcome of an operation without key. For replays under
     * other rules.
     *
     * @param memberKey whose points and balance the outcome tells; 0 = nobody's
     */
    public void decideFacts(List<FactMovement> movements, long memberKey, long nowMillis, OutcomeColumns out) {
        out.reset(ReceiptStatus.ACCRUED, 0);
        facts.decide(movements, memberKey, nowMillis, out);
    }

    /** Puts a decided operation into effect; cannot refuse. */
    public void applyOperation(Operation operation, OutcomeColumns outcome, long position, long timeMillis) {
        effects.apply(outcome, timeMillis);
        operations.apply(operation, outcome, position);
        int row = members.find(operation.memberKey());
        if (row != MemberPages.NONE) {
            members.setLastPosition(row, position);
            if (operation.kind() != OperationKind.SETTLE) {
                // Also of what is neither a movement nor a counter: when a member joined or last bought, a code that
                // ends.
                sweep.changed(row);
            }
        }
    }

    private void voidOpen(ReceiptColumns receipt, @Nullable OpenReceipt before, OutcomeColumns out) {
        if (before == null && shop.heldFor(receipt).isEmpty()) {
            // Nothing is open: voided before, or never opened. There is nothing to undo and nothing to record.
            out.status = ReceiptStatus.ALREADY_ACCRUED;
            return;
        }
        out.status = ReceiptStatus.VOIDED;
        draft.start(out, ProgrammeDocument.NegativePolicy.ALLOW);
        if (before != null) {
            sales.release(before);
        }
        draft.finish(0);
    }

    /** Answers that are no decision about points tell the balance as it is. */
    private ReceiptColumns answered(ReceiptColumns receipt, OutcomeColumns out) {
        if (out.status == ReceiptStatus.VOIDED
                || (out.status == ReceiptStatus.ALREADY_ACCRUED && out.movements == 0 && out.balanceMicro == 0)) {
            out.balanceMicro = balanceMicro(Facts.participant(receipt), 0);
        }
        return receipt;
    }

    private void applyChunk(ReceiptColumns chunk, OutcomeColumns outcome, long timeMillis) {
        long key = TillLedger.key(ledger.intern(chunk, -1), chunk.number);
        OpenReceipt receipt = open.addChunk(key, chunk, outcome.pointsMicro, timeMillis);
        receipt.reserveFor(Facts.participant(receipt.columns), outcome);
    }

    private void applyVoid(ReceiptColumns recorded) {
        int till = ledger.find(recorded, -1);
        removeOpen(till, recorded.number);
        shop.applyVoid(recorded);
    }

    private void applyClosed(ReceiptColumns recorded, OutcomeColumns outcome) {
        int till = ledger.intern(recorded, -1);
        removeOpen(till, recorded.number);
        shop.applyClosed(recorded);
        ledger.close(till, recorded.number);
        linkedReturns.apply(recorded, outcome);
        lines += recorded.lines;
    }

    private void removeOpen(int till, long number) {
        OpenReceipt receipt = till == TillLedger.UNKNOWN ? null : open.find(TillLedger.key(till, number));
        if (receipt != null) {
            open.remove(receipt);
        }
    }

    private void joinChain(ReceiptColumns recorded, OutcomeColumns outcome, long position) {
        int row = members.find(chainMember(recorded, outcome));
        if (row != MemberPages.NONE) {
            members.setLastPosition(row, position);
        }
    }

    /** A member joined; again is no change. */
    public void applyEnrolment(MemberEnrolment enrolment, long position, long timeMillis) {
        sweep.changed(members.intern(enrolment.memberKey(), timeMillis));
    }

    /** The catalogue named stores, with their banners. */
    public void applyStores(List<StoreEntry> entries) {
        stores.add(entries);
    }

    /** @throws IllegalStateException when the version is not the next one or does not compile */
    public void applyProgramme(PublishedProgramme published, long position) {
        programmes.add(published);
        Programme compiled = programmes.versions().get(published.version() - 1);
        actTables.add(compiled);
        watch.published(compiled);
        ticks.published();
        sweep.changedForAll();
        if (published.version() == 1) {
            ledger.numberDaily(published.document().numbering() == ProgrammeDocument.Numbering.DAILY);
        }
    }

    /**
     * What keeps a document from being the next version, beyond what its own compilation says; paths without lines.
     *
     * @param nowMillis time of publication, from which notice is counted
     */
    public List<Problem> publicationProblems(ProgrammeDocument next, long nowMillis) {
        return programmes.problemsOf(next, ledger.receipts() > 0 || open.size() > 0, nowMillis);
    }

    /** Oldest open receipt untouched for too long, as a VOID to decide and journal like a till's; null = none. */
    public @Nullable ReceiptColumns abandoned(long nowMillis) {
        OpenReceipt oldest = open.oldest();
        Programme newest = programmes.newest();
        long timeoutMillis = newest == null ? OPEN_TIMEOUT_MILLIS : newest.openReceiptTimeoutMillis();
        if (oldest == null || oldest.touchedMillis + timeoutMillis > nowMillis) {
            return null;
        }
        abandonedReceipt.clear();
        abandonedReceipt.copyHeaderFrom(oldest.columns);
        abandonedReceipt.phase = ReceiptPhase.VOID;
        abandonedReceipt.tenders = 0;
        abandonedReceipt.usedRewards = 0;
        return abandonedReceipt;
    }

    /** A reservation whose time is over, as an operation to decide and journal; null = none. */
    public @Nullable Operation endedReservation(long nowMillis) {
        return shop.ended(nowMillis);
    }

    /** Rewards of the shop as a member finds them now, in the order of the programme; empty without a programme. */
    public List<ShopOffer> shopOffers(long memberKey, String store, long nowMillis) {
        Programme programme = programmes.at(nowMillis);
        if (programme == null) {
            return List.of();
        }
        draft.start(new OutcomeColumns(), programme.negative());
        return shop.offers(memberKey, store, programme, nowMillis);
    }

    /**
     * What is left on a voucher or gift card.
     *
     * @param code keyed hash of its code
     * @return null when none was issued
     */
    public @Nullable CodeView code(long code) {
        ValueCodes codes = operations.codes();
        long leftMinor = codes.leftMinor(code);
        return leftMinor < 0 ? null : new CodeView(leftMinor, codes.issuedMinor(code), codes.endsAtMillis(code));
    }

    /** A reservation that is held; null for any other name. */
    public @Nullable ReservationView reservation(String name) {
        return shop.view(name);
    }

    /** What the service desk keeps: adjustments that wait, receipts claimed. */
    public Desk desk() {
        return desk;
    }

    /** Position at which an operation of the same kind and idempotency key was done; 0 = none. */
    public long positionOf(Operation operation) {
        return operations.positionOf(operation);
    }

    /** Reservations held. */
    public long reservations() {
        return shop.reservations().size();
    }

    /** Whether a receipt of this identity is closed. */
    public boolean isClosed(ReceiptColumns identity) {
        return ledger.isClosed(ledger.find(identity, -1), identity.number);
    }

    /**
     * 64 bits of a receipt's identity, well mixed but for the last two, which are those of the number: an index may put the
     * receipts of a till side by side. The business date takes part only under numbering DAILY. Equal identities have
     * equal hashes; different ones may, if rarely, too: compare the receipt found.
     *
     * @param original -1 for the identity of {@code of} itself, else an index into its originals
     */
    public long identityHash(ReceiptColumns of, int original) {
        return ledger.identityHash(of, original);
    }

    /** Whether the business date is part of a receipt's identity. */
    public boolean numberedDaily() {
        return ledger.numberedDaily();
    }

    /** As settled up to the newest tick; 0 for a member unknown here. */
    public long balanceMicro(long memberKey, int purseSlot) {
        return views.balanceMicro(memberKey, purseSlot);
    }

    /** Where a member stands at a moment. */
    public MemberStanding standing(long memberKey, long atMillis) {
        return new Standings(members, programmes, counterSlots)
                .of(memberKey, member(memberKey), status(memberKey, atMillis), atMillis);
    }

    /** Level and memberships at a moment, as settled up to the newest tick. */
    public MemberStatus status(long memberKey, long atMillis) {
        Programme programme = programmes.at(atMillis);
        return statuses.of(memberKey, programme, programme == null ? 0 : programme.day(atMillis));
    }

    /** As settled up to the newest tick; null for a member unknown here. */
    public @Nullable MemberView member(long memberKey) {
        return views.of(memberKey);
    }

    /**
     * Member whose chain of records a receipt joins: its own or, for a receipt without member, the one its first
     * movement concerns; 0 = none.
     */
    public static long chainMember(ReceiptColumns recorded, OutcomeColumns outcome) {
        long own = Facts.participant(recorded);
        return own == 0 && outcome.movements > 0 ? outcome.movementMember[0] : own;
    }

    /** Position of the newest record of the member's chain; 0 = none. */
    public long lastPositionOf(long memberKey) {
        int row = members.find(memberKey);
        return row == MemberPages.NONE ? 0 : members.lastPosition(row);
    }

    /** Thousandths of a closed receipt's line that have come back. */
    public long returnedThousandths(ReceiptColumns identity, int line) {
        return linkedReturns.returnedThousandths(identity, line);
    }

    /**
     * Value of a counter by its name, such as {@code bonus/gold-tuesday/budget}; 0 for a name that nothing published.
     *
     * @param memberKey 0 for the programme's own counters
     */
    public long counter(long memberKey, String name) {
        int slot = counterSlot(name);
        if (slot < 0) {
            return 0;
        }
        if (memberKey == Draft.PROGRAMME) {
            return programmeCounters.value(slot);
        }
        int row = members.find(memberKey);
        return row == MemberPages.NONE ? 0 : members.counter(row, slot);
    }

    /** Value of a counter by its slot; 0 for a member unknown here. */
    long counter(long memberKey, int slot) {
        int row = members.find(memberKey);
        return row == MemberPages.NONE ? 0 : members.counter(row, slot);
    }

    /**
     * Makes a member what a simulation supposes. Only for an engine of its own, which records nothing.
     *
     * @throws IllegalArgumentException when the programme has no such tier or club
     */
    public void suppose(long memberKey, SupposedMember supposed, ProgrammeDocument programme) {
        int row = members.intern(memberKey, 0);
        SupposedCounters.of(supposed, programme).forEach((name, value) -> {
            int slot = counterSlot(name);
            if (slot >= 0) {
                members.addCounter(row, slot, value);
            }
        });
    }

    /** @return -1 for a name that nothing published */
    int counterSlot(String name) {
        return counterSlots.find(name);
    }

    /** Purses of all published versions: slots 0, the points purse, to this - 1. */
    public int purses() {
        return programmes.purseSlots();
    }

    /** Stable id of a purse; slot 0 is the points purse. */
    public String purseId(int purseSlot) {
        if (purseSlot < 0 || purseSlot >= programmes.purseSlots()) {
            throw new IllegalArgumentException("purse slot " + purseSlot + " of " + programmes.purseSlots()
                    + "; slot 0 exists once a programme is published, others with their money purse");
        }
        return programmes.purseId(purseSlot);
    }

    /** Published versions, oldest first. */
    public List<Programme> programmes() {
        return programmes.versions();
    }

    /** The version that prices a receipt sold at that time; null = none. */
    public @Nullable Programme programmeAt(long soldAtMillis) {
        return programmes.at(soldAtMillis);
    }

    /** Writes all that {@link #restored} needs, beside the published programmes. */
    public void write(StateSink sink) {
        counterSlots.write(sink);
        kept.forEach(part -> part.write(sink));
        sink.begin("lines");
        sink.putLong(lines);
    }

    /**
     * The engine that was written: its next decisions, and every question to it, have the same answers. Its state hash is
     * computed from what was read, so that comparing it with the one of the engine that was written checks the reading.
     *
     * @param published every version until then, oldest first
     */
    public static AccrualEngine restored(StateSource source, List<PublishedProgramme> published) {
        AccrualEngine engine = new AccrualEngine();
        engine.counterSlots.read(source);
        int names = engine.counterSlots.size();
        for (PublishedProgramme programme : published) {
            engine.applyProgramme(programme, 0);
        }
        if (engine.counterSlots.size() != names) {
            throw new IllegalStateException("this version names " + engine.counterSlots.size()
                    + " counters where the one that wrote the image named " + names);
        }
        engine.kept.forEach(part -> part.read(source));
        engine.ticks.published();
        source.begin("lines");
        engine.lines = source.takeLong();
        return engine;
    }

    /** Hash of everything that follows from inputs: no positions, wall times or order of arrival of members in it. */
    public long stateHash() {
        return members.hash()
                + lots.hash()
                + settlement.hash()
                + programmeCounters.hash()
                + ledger.hash()
                + quantities.hash()
                + open.hash()
                + programmes.hash()
                + stores.hash()
                + operations.hash();
    }

    /** The same hash computed from scratch. */
    public long recomputedStateHash() {
        return members.recomputedHash()
                + lots.recomputedHash()
                + settlement.hash()
                + programmeCounters.recomputedHash()
                + ledger.recomputedHash()
                + quantities.recomputedHash()
                + open.recomputedHash()
                + programmes.hash()
                + stores.recomputedHash()
                + operations.recomputedHash();
    }

    /** Whose purses a member uses: those of a household, of the survivor of a merge, or their own. */
    public long purseOwner(long memberKey) {
        return households.purseOwner(memberKey);
    }

    /** What the passing of days asks for. */
    public EngineTime time() {
        return time;
    }

    /** What there is of everything. */
    public EngineTotals totals() {
        return totals;
    }
}
