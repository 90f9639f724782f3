package org.assidu.accrual.model;

import java.util.Arrays;

/**
 * What the engine decided about one receipt or chunk, as reusable primitive columns: a status and explicit effects.
 * Applying it needs no rule: every change of state that a receipt causes is a movement, a counter change, or follows from
 * a line's status (quantities of returned lines).
 */
public final class OutcomeColumns {
    // Decision
    public ReceiptStatus status = ReceiptStatus.ACCRUED;
    /** For RECEIPT_CONFLICT: the first field that differs. */
    public ReceiptField conflict = ReceiptField.NONE;
    /** For RECEIPT_CONFLICT, MALFORMED_LINE and AMOUNT_OUT_OF_RANGE on a line: its index from 0; -1 otherwise. */
    public int conflictLine = -1;
    /** For CHUNK_GAP: the chunk to send next. */
    public int expectedChunk;
    /** Programme version that priced the receipt; 0 = none. */
    public int programmeVersion;
    /** What this receipt credited net of what its returns took from the receipt's own member; provisional for chunks. */
    public long pointsMicro;
    /** Points purse of the receipt's member afterwards. */
    public long balanceMicro;

    // Lines, as many as the receipt has
    public int lines;
    public LineStatus[] lineStatus = new LineStatus[8];
    /** What the earning basis counted: minor units (AMOUNT) or thousandths of articles (ARTICLE). */
    public long[] eligible = new long[8];
    /** Line result before receipt rounding; what a return line took, negative. */
    public long[] linePointsMicro = new long[8];

    // Movements
    public int movements;
    public long[] movementMember = new long[4];
    /** Purse slot: index of the purse in order of first publication. 0 is the points purse. */
    public int[] movementPurse = new int[4];

    public MovementKind[] movementKind = new MovementKind[4];
    public long[] movementMicro = new long[4];
    /** Index of the rule in the compiled programme of {@link #movementVersion}. */
    public int[] movementRule = new int[4];

    public int[] movementVersion = new int[4];
    /** {@link LotKey} of the lot that moved. */
    public long[] movementLot = new long[4];

    // Shares: what each rule beside the base added to a line, as returned lines are split
    public int shares;
    public int[] shareLine = new int[4];
    public int[] shareRule = new int[4];
    public long[] shareMicro = new long[4];

    // Recorded context: each bonus that the member and the moment qualified for, with its headroom. Returns decide
    // again by it
    public int contexts;
    public int[] contextRule = new int[4];
    /** Most that the bonus could give here, in its award's unit; {@link Long#MAX_VALUE} = no limit. */
    public long[] contextHeadroom = new long[4];

    // Member prices for the till: discounts by line of the receipt with all its chunks so far
    public int prices;
    public int[] priceLine = new int[2];
    public int[] priceRule = new int[2];
    public long[] priceMinor = new long[2];

    // Engagement events
    public int events;
    public EventKind[] eventKind = new EventKind[2];
    public long[] eventMember = new long[2];
    /** Rule that caused it in the programme of {@link #programmeVersion}; -1 = none. */
    public int[] eventRule = new int[2];
    /** Meaning by kind: micropoints, tier level, day. */
    public long[] eventValue = new long[2];
    /** Slot of the purse it is about; -1 = none. */
    public int[] eventPurse = new int[2];
    /** Epoch day that an event about a purse announces, or on which it happened; 0 = none. */
    public int[] eventDay = new int[2];

    // Counter changes: progress, rewards, caps, tiers. Member 0 is the programme itself: budgets and stock
    public int counterChanges;
    public long[] counterMember = new long[4];
    /** Counter slot, given by the engine in order of first publication. */
    public int[] counterSlot = new int[4];

    public long[] counterDelta = new long[4];

    // Alerts for the till
    public int alerts;
    /** Index of the threshold reward in the compiled programme of {@link #programmeVersion}. */
    public int[] alertReward = new int[2];

    public int[] alertCount = new int[2];

    // Told with the answer and not recorded: where the member stands once the receipt is applied
    /** Programme version that names level and clubs; 0 = neither is told. */
    public int statusVersion;
    /** From 1; 0 = none. */
    public int tierLevel;

    public int memberClubs;
    /** Index among the clubs of {@link #statusVersion}. */
    public int[] memberClub = new int[2];

    /** Makes this an outcome without effects for a receipt of so many lines. */
    public void reset(ReceiptStatus newStatus, int lineCount) {
        status = newStatus;
        conflict = ReceiptField.NONE;
        conflictLine = -1;
        expectedChunk = 0;
        programmeVersion = 0;
        pointsMicro = 0;
        balanceMicro = 0;
        movements = counterChanges = alerts = 0;
        shares = contexts = prices = events = 0;
        statusVersion = tierLevel = memberClubs = 0;
        lines = lineCount;
        if (lineCount > lineStatus.length) {
            int size = Math.max(lineCount, lineStatus.length * 2);
            lineStatus = new LineStatus[size];
            eligible = new long[size];
            linePointsMicro = new long[size];
        }
        Arrays.fill(lineStatus, 0, lineCount, LineStatus.NOT_ELIGIBLE);
        Arrays.fill(eligible, 0, lineCount, 0);
        Arrays.fill(linePointsMicro, 0, lineCount, 0);
    }

    /** A movement of a purse that keeps no lots. */
    public void addMovement(long member, int purse, MovementKind kind, long micro, int rule, int version) {
        addMovement(member, purse, kind, micro, rule, version, LotKey.NONE);
    }

    public void addMovement(long member, int purse, MovementKind kind, long micro, int rule, int version, long lot) {
        if (movements == movementMember.length) {
            int size = movements * 2;
            movementMember = Arrays.copyOf(movementMember, size);
            movementPurse = Arrays.copyOf(movementPurse, size);
            movementKind = Arrays.copyOf(movementKind, size);
            movementMicro = Arrays.copyOf(movementMicro, size);
            movementRule = Arrays.copyOf(movementRule, size);
            movementVersion = Arrays.copyOf(movementVersion, size);
            movementLot = Arrays.copyOf(movementLot, size);
        }
        movementMember[movements] = member;
        movementPurse[movements] = purse;
        movementKind[movements] = kind;
        movementMicro[movements] = micro;
        movementRule[movements] = rule;
        movementLot[movements] = lot;
        movementVersion[movements++] = version;
    }

    public void addCounterChange(long member, int slot, long delta) {
        if (counterChanges == counterMember.length) {
            int size = counterChanges * 2;
            counterMember = Arrays.copyOf(counterMember, size);
            counterSlot = Arrays.copyOf(counterSlot, size);
            counterDelta = Arrays.copyOf(counterDelta, size);
        }
        counterMember[counterChanges] = member;
        counterSlot[counterChanges] = slot;
        counterDelta[counterChanges++] = delta;
    }

    public void addShare(int line, int rule, long micro) {
        if (shares == shareLine.length) {
            shareLine = Arrays.copyOf(shareLine, shares * 2);
            shareRule = Arrays.copyOf(shareRule, shares * 2);
            shareMicro = Arrays.copyOf(shareMicro, shares * 2);
        }
        shareLine[shares] = line;
        shareRule[shares] = rule;
        shareMicro[shares++] = micro;
    }

    /** Drops the shares of zero. */
    public void dropEmptyShares() {
        int kept = 0;
        for (int s = 0; s < shares; s++) {
            if (shareMicro[s] != 0) {
                shareLine[kept] = shareLine[s];
                shareRule[kept] = shareRule[s];
                shareMicro[kept++] = shareMicro[s];
            }
        }
        shares = kept;
    }

    public void addContext(int rule, long headroom) {
        if (contexts == contextRule.length) {
            contextRule = Arrays.copyOf(contextRule, contexts * 2);
            contextHeadroom = Arrays.copyOf(contextHeadroom, contexts * 2);
        }
        contextRule[contexts] = rule;
        contextHeadroom[contexts++] = headroom;
    }

    public void addPrice(int line, int rule, long minor) {
        if (prices == priceLine.length) {
            priceLine = Arrays.copyOf(priceLine, prices * 2);
            priceRule = Arrays.copyOf(priceRule, prices * 2);
            priceMinor = Arrays.copyOf(priceMinor, prices * 2);
        }
        priceLine[prices] = line;
        priceRule[prices] = rule;
        priceMinor[prices++] = minor;
    }

    /** An event that is about no purse. */
    public void addEvent(EventKind kind, long member, int rule, long value) {
        addEvent(kind, member, rule, value, -1, 0);
    }

    public void addEvent(EventKind kind, long member, int rule, long value, int purse, int day) {
        if (events == eventKind.length) {
            eventKind = Arrays.copyOf(eventKind, events * 2);
            eventMember = Arrays.copyOf(eventMember, events * 2);
            eventRule = Arrays.copyOf(eventRule, events * 2);
            eventValue = Arrays.copyOf(eventValue, events * 2);
            eventPurse = Arrays.copyOf(eventPurse, events * 2);
            eventDay = Arrays.copyOf(eventDay, events * 2);
        }
        eventPurse[events] = purse;
        eventDay[events] = day;
        eventKind[events] = kind;
        eventMember[events] = member;
        eventRule[events] = rule;
        eventValue[events++] = value;
    }

    /** Drops an event; the later ones move up. */
    public void removeEvent(int event) {
        events--;
        for (int e = event; e < events; e++) {
            eventKind[e] = eventKind[e + 1];
            eventMember[e] = eventMember[e + 1];
            eventRule[e] = eventRule[e + 1];
            eventValue[e] = eventValue[e + 1];
            eventPurse[e] = eventPurse[e + 1];
            eventDay[e] = eventDay[e + 1];
        }
    }

    public void addMemberClub(int club) {
        if (memberClubs == memberClub.length) {
            memberClub = Arrays.copyOf(memberClub, memberClubs * 2);
        }
        memberClub[memberClubs++] = club;
    }

    public void addAlert(int reward, int count) {
        if (alerts == alertReward.length) {
            alertReward = Arrays.copyOf(alertReward, alerts * 2);
            alertCount = Arrays.copyOf(alertCount, alerts * 2);
        }
        alertReward[alerts] = reward;
        alertCount[alerts++] = count;
    }

    /** Makes this a copy of another outcome. */
    public void copyFrom(OutcomeColumns other) {
        reset(other.status, other.lines);
        conflict = other.conflict;
        conflictLine = other.conflictLine;
        expectedChunk = other.expectedChunk;
        programmeVersion = other.programmeVersion;
        pointsMicro = other.pointsMicro;
        balanceMicro = other.balanceMicro;
        System.arraycopy(other.lineStatus, 0, lineStatus, 0, lines);
        System.arraycopy(other.eligible, 0, eligible, 0, lines);
        System.arraycopy(other.linePointsMicro, 0, linePointsMicro, 0, lines);
        for (int m = 0; m < other.movements; m++) {
            addMovement(
                    other.movementMember[m],
                    other.movementPurse[m],
                    other.movementKind[m],
                    other.movementMicro[m],
                    other.movementRule[m],
                    other.movementVersion[m],
                    other.movementLot[m]);
        }
        for (int c = 0; c < other.counterChanges; c++) {
            addCounterChange(other.counterMember[c], other.counterSlot[c], other.counterDelta[c]);
        }
        for (int a = 0; a < other.alerts; a++) {
            addAlert(other.alertReward[a], other.alertCount[a]);
        }
        for (int s = 0; s < other.shares; s++) {
            addShare(other.shareLine[s], other.shareRule[s], other.shareMicro[s]);
        }
        for (int c = 0; c < other.contexts; c++) {
            addContext(other.contextRule[c], other.contextHeadroom[c]);
        }
        for (int p = 0; p < other.prices; p++) {
            addPrice(other.priceLine[p], other.priceRule[p], other.priceMinor[p]);
        }
        for (int e = 0; e < other.events; e++) {
            addEvent(
                    other.eventKind[e],
                    other.eventMember[e],
                    other.eventRule[e],
                    other.eventValue[e],
                    other.eventPurse[e],
                    other.eventDay[e]);
        }
    }
}
