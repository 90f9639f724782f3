package org.assidu.accrual.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongFunction;
import org.agrona.collections.Long2LongHashMap;
import org.assidu.accrual.model.Channel;
import org.assidu.accrual.model.EventKind;
import org.assidu.accrual.model.MemberEnrolment;
import org.assidu.accrual.model.PrivacyEvent;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.table.Decisions;
import org.assidu.accrual.table.MemberRow;
import org.assidu.accrual.table.MembersFile;
import org.assidu.accrual.table.ReceiptRow;
import org.assidu.accrual.table.TableFile;
import org.jspecify.annotations.Nullable;

/**
 * The members table at a position, in memory: 120 to 160 bytes a member with its key. It is folded from enrolments, receipts and movements,
 * starting from the table of the export before.
 *
 * <p>A member exists from the first record that names it. Enrolled at is that record's time, or the sold-at of an older
 * historical receipt: who bought as a member then was one.
 */
final class MemberFold {
    private static final Channel[] CHANNELS = Channel.values();
    private static final int MISSING = -1;

    private final Long2LongHashMap rowOfKey = new Long2LongHashMap(MISSING);
    private final Map<String, String> storeNames = new HashMap<>();
    private int count;
    private long[] keys = new long[1024];
    private long[] enrolledAtMillis = new long[1024];
    private byte[] enrolChannels = new byte[1024];
    private @Nullable String[] enrolStores = new @Nullable String[1024];
    private long[] balancesMicro = new long[1024];
    private long[] receipts = new long[1024];
    private int[] decisions = new int[1024];
    private byte[] tierLevels = new byte[1024];
    private final TierFold tiers = new TierFold();
    private int[] firstSoldEpochDays = new int[1024];
    private int[] lastSoldEpochDays = new int[1024];
    private long[] mergedInto = new long[1024];

    /** Takes over the table of an earlier export. */
    void load(Path membersFile) throws IOException {
        MembersFile.read(membersFile, row -> {
            int at = add(row.memberKey, row.enrolledAtMillis, row.enrolChannel, row.enrolStore);
            balancesMicro[at] = row.balanceMicro;
            receipts[at] = row.receipts;
            decisions[at] = row.decisions;
            tierLevels[at] = (byte) row.tierLevel;
            tiers.know(row.tierLevel, row.tierId);
            firstSoldEpochDays[at] = row.firstSoldEpochDay;
            lastSoldEpochDays[at] = row.lastSoldEpochDay;
            mergedInto[at] = row.mergedInto;
        });
    }

    void enrolled(long exportedKey, MemberEnrolment enrolment, long timeMillis) {
        long known = rowOfKey.get(exportedKey);
        int at = known == MISSING ? add(exportedKey, timeMillis, enrolment.channel(), enrolment.store()) : (int) known;
        for (MemberEnrolment.Consent consent : enrolment.consents()) {
            decisions[at] = Decisions.consent(decisions[at], consent.purpose(), consent.granted());
        }
    }

    /** A decision about the use of a member's data. */
    void decided(long exportedKey, PrivacyEvent event) {
        long known = rowOfKey.get(exportedKey);
        int at = known == MISSING ? add(exportedKey, event.givenAtMillis(), event.channel(), null) : (int) known;
        decisions[at] = switch (event.action()) {
            case CONSENT -> Decisions.consent(decisions[at], event.purpose(), event.granted());
            case OPPOSITION -> Decisions.opposition(decisions[at], event.granted());
            case ERASURE, RETENTION_ERASURE -> Decisions.erased();
        };
    }

    /** A receipt of a member; its key is the exported one. */
    void receipt(ReceiptRow row) {
        ReceiptColumns r = row.receipt;
        int at = rowOf(row.memberKey, row);
        receipts[at]++;
        if (r.historical) {
            enrolledAtMillis[at] = Math.min(enrolledAtMillis[at], r.soldAtMillis);
        }
        int day = row.soldEpochDay();
        boolean first = firstSoldEpochDays[at] == MemberRow.NO_DAY;
        firstSoldEpochDays[at] = first ? day : Math.min(firstSoldEpochDays[at], day);
        lastSoldEpochDays[at] = first ? day : Math.max(lastSoldEpochDays[at], day);
    }

    /** Two memberships became one: receipts count for the survivor, to whom the other row points from now on. */
    void merged(long absorbedKey, long survivorKey, ReceiptRow cause) {
        int from = rowOf(absorbedKey, cause);
        int to = rowOf(survivorKey, cause);
        receipts[to] += receipts[from];
        enrolledAtMillis[to] = Math.min(enrolledAtMillis[to], enrolledAtMillis[from]);
        boolean sold = firstSoldEpochDays[to] != MemberRow.NO_DAY;
        if (firstSoldEpochDays[from] != MemberRow.NO_DAY) {
            int first = firstSoldEpochDays[from];
            firstSoldEpochDays[to] = sold ? Math.min(firstSoldEpochDays[to], first) : first;
            lastSoldEpochDays[to] = Math.max(lastSoldEpochDays[to], lastSoldEpochDays[from]);
        }
        receipts[from] = 0;
        firstSoldEpochDays[from] = lastSoldEpochDays[from] = MemberRow.NO_DAY;
        for (int at = 0; at < count; at++) {
            mergedInto[at] = mergedInto[at] == absorbedKey ? survivorKey : mergedInto[at];
        }
        mergedInto[from] = survivorKey;
    }

    /** A movement on the points purse of any member, caused by a receipt. */
    void movement(long exportedKey, long pointsMicro, ReceiptRow cause) {
        balancesMicro[rowOf(exportedKey, cause)] += pointsMicro;
    }

    /** A member reached a level, or has only a lower one from now on. @param rule of the level reached or lost */
    void tier(long exportedKey, EventKind kind, int level, int rule, TierFold.Rules rules, ReceiptRow cause) {
        int at = rowOf(exportedKey, cause);
        if (kind == EventKind.TIER_REACHED) {
            tiers.reached(level, rule, rules);
        } else {
            tiers.reached(tierLevels[at], rule, rules);
        }
        tierLevels[at] = (byte) level;
    }

    private int rowOf(long exportedKey, ReceiptRow cause) {
        long at = rowOfKey.get(exportedKey);
        if (at != MISSING) {
            return (int) at;
        }
        ReceiptColumns r = cause.receipt;
        long sinceMillis = r.historical ? r.soldAtMillis : cause.receivedAtMillis;
        return add(exportedKey, sinceMillis, r.channel, r.string(r.store));
    }

    private int add(long key, long sinceMillis, Channel channel, @Nullable String store) {
        if (count == keys.length) {
            grow(count * 2);
        }
        rowOfKey.put(key, count);
        keys[count] = key;
        enrolledAtMillis[count] = sinceMillis;
        enrolChannels[count] = channel.code();
        enrolStores[count] = store == null ? null : storeNames.computeIfAbsent(store, name -> name);
        firstSoldEpochDays[count] = lastSoldEpochDays[count] = MemberRow.NO_DAY;
        return count++;
    }

    private void grow(int size) {
        keys = Arrays.copyOf(keys, size);
        enrolledAtMillis = Arrays.copyOf(enrolledAtMillis, size);
        enrolChannels = Arrays.copyOf(enrolChannels, size);
        enrolStores = Arrays.copyOf(enrolStores, size);
        balancesMicro = Arrays.copyOf(balancesMicro, size);
        receipts = Arrays.copyOf(receipts, size);
        decisions = Arrays.copyOf(decisions, size);
        tierLevels = Arrays.copyOf(tierLevels, size);
        firstSoldEpochDays = Arrays.copyOf(firstSoldEpochDays, size);
        lastSoldEpochDays = Arrays.copyOf(lastSoldEpochDays, size);
        mergedInto = Arrays.copyOf(mergedInto, size);
    }

    int count() {
        return count;
    }

    /**
     * Writes all members in the order of their keys.
     *
     * @param controlOf by exported key, ids of the bonuses that leave the member out
     */
    void writeTo(TableFile<MemberRow> file, long position, LongFunction<@Nullable String> controlOf)
            throws IOException {
        long[] sorted = Arrays.copyOf(keys, count);
        Arrays.sort(sorted);
        MemberRow row = new MemberRow();
        row.position = position;
        for (long key : sorted) {
            int at = (int) rowOfKey.get(key);
            row.memberKey = key;
            row.enrolledAtMillis = enrolledAtMillis[at];
            row.enrolChannel = CHANNELS[enrolChannels[at]];
            row.enrolStore = enrolStores[at];
            row.balanceMicro = balancesMicro[at];
            row.receipts = receipts[at];
            row.decisions = decisions[at];
            row.controlOf = controlOf.apply(key);
            row.tierLevel = tierLevels[at];
            row.tierId = tiers.name(tierLevels[at]);
            row.firstSoldEpochDay = firstSoldEpochDays[at];
            row.lastSoldEpochDay = lastSoldEpochDays[at];
            row.mergedInto = mergedInto[at];
            file.write(row);
        }
    }
}
