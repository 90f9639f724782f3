package org.assidu.accrual.engine;

import java.util.Arrays;
import org.assidu.accrual.model.LineStatus;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.RecordedReceipt;
import org.assidu.accrual.programme.Arithmetic;
import org.assidu.accrual.programme.Awards;
import org.assidu.accrual.programme.Programme;
import org.assidu.accrual.programme.RewardRule;
import org.assidu.accrual.programme.RuleKind;
import org.assidu.accrual.programme.TierLadder;

/**
 * Return lines that name their original. All lines of a receipt that give back articles of one original are taken
 * together: the original is decided again with what remained before and with what remains after, under its recorded
 * context, and its own member gives the difference back. So any split and order of partial returns takes exactly what one
 * full return does. Whoever brings the articles back, and whatever the receipt itself may earn, makes no difference.
 */
final class LinkedReturns {
    private final TillLedger ledger;
    private final ReturnedQuantities quantities;
    private final Claims claims;
    private final Survivors survivors;
    private final Programmes programmes;
    private final Draft draft;
    private final BonusDecision bonuses;
    private final Clubs clubs;
    private final ReceiptActs acts;
    private final Reversals reversals;
    private final RewardReturns rewards;
    private final Awards awardsBefore = new Awards();
    private final Awards awardsAfter = new Awards();
    private long[] before = new long[8];
    private long[] after = new long[8];

    LinkedReturns(
            TillLedger ledger,
            ReturnedQuantities quantities,
            Claims claims,
            Survivors survivors,
            Programmes programmes,
            Draft draft,
            BonusDecision bonuses,
            Clubs clubs,
            ReceiptActs acts,
            Reversals reversals,
            RewardReturns rewards) {
        this.ledger = ledger;
        this.quantities = quantities;
        this.claims = claims;
        this.survivors = survivors;
        this.programmes = programmes;
        this.draft = draft;
        this.bonuses = bonuses;
        this.clubs = clubs;
        this.acts = acts;
        this.reversals = reversals;
        this.rewards = rewards;
    }

    static boolean isLinked(ReceiptColumns receipt, int line) {
        return receipt.isReturn(line) && receipt.originalOfLine[line] != ReceiptColumns.NO_ORIGINAL;
    }

    /** Decides the return lines, frees what they give back under the limits of bonuses, and gives back rewards used. */
    void find(ReceiptColumns receipt, OriginalReceipts originals, OutcomeColumns out) {
        reversals.clear();
        if (receipt.originals == 0) {
            return;
        }
        for (int line = 0; line < receipt.lines; line++) {
            // Lines of an original that was already dealt with have a status.
            if (isLinked(receipt, line) && out.lineStatus[line] == LineStatus.NOT_ELIGIBLE) {
                takeOne(receipt, line, originals, out);
            }
        }
    }

    private void takeOne(ReceiptColumns receipt, int firstLine, OriginalReceipts originals, OutcomeColumns out) {
        int original = receipt.originalOfLine[firstLine];
        int till = ledger.find(receipt, original);
        long number = TillLedger.number(receipt, original);
        RecordedReceipt found = ledger.isClosed(till, number) ? originals.find(receipt, original) : null;
        if (found == null) {
            for (int line = firstLine; line < receipt.lines; line++) {
                if (namesSame(receipt, line, original)) {
                    out.lineStatus[line] = LineStatus.ORIGINAL_NOT_FOUND;
                }
            }
            return;
        }
        RecordedReceipt recorded = claims.asClaimed(TillLedger.key(till, number), found);
        ReceiptColumns sold = recorded.receipt();
        ensure(sold.lines);
        quantities.read(TillLedger.key(till, number), sold.lines, before);
        System.arraycopy(before, 0, after, 0, sold.lines);
        for (int line = firstLine; line < receipt.lines; line++) {
            if (namesSame(receipt, line, original)) {
                takeLine(receipt, line, recorded, out);
            }
        }
        reverse(recorded, receipt.soldAtMillis);
        // What a receipt of nobody used was nobody's, whoever claimed it since.
        rewards.restore(found, before, after);
    }

    /** Takes off what came back of a receipt before its outcome was decided, which is being written now. */
    void takeReturned(ReceiptColumns sold, long key, OutcomeColumns out) {
        reversals.clear();
        ensure(sold.lines);
        quantities.read(key, sold.lines, after);
        Arrays.fill(before, 0, sold.lines, 0);
        if (!Arrays.equals(before, 0, sold.lines, after, 0, sold.lines)) {
            reverse(new RecordedReceipt(sold, out, 0, 0), sold.soldAtMillis);
            reversals.move();
        }
    }

    private void takeLine(ReceiptColumns receipt, int line, RecordedReceipt recorded, OutcomeColumns out) {
        int soldLine = receipt.originalLine[receipt.originalOfLine[line]];
        ReceiptColumns sold = recorded.receipt();
        if (soldLine < 0 || soldLine >= sold.lines || sold.isReturn(soldLine)) {
            out.lineStatus[line] = LineStatus.ORIGINAL_NOT_FOUND;
            return;
        }
        long quantity = sold.quantityThousandths[soldLine];
        long returned = after[soldLine];
        long returnedNow = returned - receipt.quantityThousandths[line];
        if (returnedNow > quantity) {
            out.lineStatus[line] = LineStatus.RETURN_EXCEEDS_SALE;
            return;
        }
        after[soldLine] = returnedNow;
        out.lineStatus[line] = LineStatus.RETURNED;
        OutcomeColumns priced = recorded.outcome();
        out.linePointsMicro[line] = taken(priced.linePointsMicro[soldLine], returned, returnedNow, quantity);
        out.eligible[line] = taken(priced.eligible[soldLine], returned, returnedNow, quantity);
    }

    private static long taken(long value, long returned, long returnedNow, long quantity) {
        return Arithmetic.shareFloor(value, returned, quantity) - Arithmetic.shareFloor(value, returnedNow, quantity);
    }

    private void reverse(RecordedReceipt recorded, long returnedAtMillis) {
        ReceiptColumns sold = recorded.receipt();
        OutcomeColumns priced = recorded.outcome();
        Programme programme = programmes.ofVersion(priced.programmeVersion);
        long member = survivors.of(Facts.participant(sold));
        if (programme == null || member == 0) {
            return;
        }
        int version = priced.programmeVersion;
        reversals.account(member, credited(programme, priced, member));
        long lot = draft.lotOf(0, version, sold);
        long creditBefore;
        long creditAfter;
        if (!programme.hasBonusContext(priced)) {
            creditBefore = programme.creditMicro(sold, priced, before);
            creditAfter = programme.creditMicro(sold, priced, after);
            reversals.addMovement(member, version, Programme.BASE_RULE, 0, creditAfter - creditBefore, lot);
        } else {
            programme.awardAgain(sold, priced, before, awardsBefore);
            programme.awardAgain(sold, priced, after, awardsAfter);
            creditBefore = awardsBefore.pointsMicro();
            creditAfter = awardsAfter.pointsMicro();
            long base = awardsAfter.baseMicro() - awardsBefore.baseMicro();
            reversals.addMovement(member, version, Programme.BASE_RULE, 0, base, lot);
            bonuses.takeBack(programme, sold, member, awardsBefore, awardsAfter, reversals);
        }
        if (programme.isVisit(sold, priced, before) && !programme.isVisit(sold, priced, after)) {
            bonuses.uncountVisit(programme, sold, member);
            acts.takeBack(programme, recorded, member, reversals);
        }
        for (int i = 0; i < programme.thresholdRewards().size(); i++) {
            RewardRule reward = programme.thresholdReward(i);
            long units = programme.measureUnits(reward, sold, priced, after, creditAfter)
                    - programme.measureUnits(reward, sold, priced, before, creditBefore);
            reversals.addMeasure(member, version, reward, programme.window(reward, sold.soldAtMillis), units);
        }
        clubs.takeBack(programme, sold, priced, member, before, after, programme.day(returnedAtMillis));
        TierLadder tiers = programme.tiers();
        if (tiers != null) {
            long units =
                    tiers.units(sold, priced, after, creditAfter) - tiers.units(sold, priced, before, creditBefore);
            reversals.addTier(member, version, programme.day(sold.soldAtMillis), units);
        }
    }

    /**
     * Whose purse a receipt was credited to: its member's, or that of the household that the member was in. What acts gave says
     * nothing of it: some of it went to the member who referred this one.
     */
    private long credited(Programme programme, OutcomeColumns priced, long member) {
        int firstAct = programme.firstRule(RuleKind.ACT);
        for (int m = 0; m < priced.movements; m++) {
            if (priced.movementKind[m] == MovementKind.EARNED && priced.movementRule[m] < firstAct) {
                return survivors.of(priced.movementMember[m]);
            }
        }
        return member;
    }

    /** Moves what was found. */
    void move() {
        reversals.move();
    }

    private boolean namesSame(ReceiptColumns receipt, int line, int original) {
        if (!isLinked(receipt, line)) {
            return false;
        }
        int other = receipt.originalOfLine[line];
        return other == original
                || (receipt.originalNumber[other] == receipt.originalNumber[original]
                        && receipt.originalSeries[other] == receipt.originalSeries[original]
                        && (!ledger.numberedDaily()
                                || receipt.originalBusinessDate[other] == receipt.originalBusinessDate[original])
                        && receipt.sameText(receipt.originalTill[other], receipt, receipt.originalTill[original])
                        && receipt.sameText(receipt.originalStore[other], receipt, receipt.originalStore[original]));
    }

    private void ensure(int lines) {
        if (before.length < lines) {
            int size = Math.max(lines, before.length * 2);
            before = new long[size];
            after = new long[size];
        }
    }

    /** Remembers what came back on a recorded receipt. */
    void apply(ReceiptColumns recorded, OutcomeColumns outcome) {
        for (int line = 0; line < recorded.lines; line++) {
            if (outcome.lineStatus[line] == LineStatus.RETURNED) {
                int original = recorded.originalOfLine[line];
                int till = ledger.intern(recorded, original);
                long key = TillLedger.key(till, TillLedger.number(recorded, original));
                quantities.add(key, recorded.originalLine[original], -recorded.quantityThousandths[line]);
            }
        }
    }

    /** Thousandths of a line that have come back; 0 for a receipt that is not closed. */
    long returnedThousandths(ReceiptColumns identity, int line) {
        int till = ledger.find(identity, -1);
        return till == TillLedger.UNKNOWN ? 0 : quantities.of(TillLedger.key(till, identity.number), line);
    }
}
