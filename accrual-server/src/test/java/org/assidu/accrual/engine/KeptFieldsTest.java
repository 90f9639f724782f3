package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;

/**
 * Every field of the engine that can change, and what a snapshot does about it. A new field fails here until somebody has said
 * what it is: state, which its class writes and reads (and then {@link AccrualEngine#IMAGE_VERSION} rises); something that
 * follows from the published programmes or from what was read; or something that means nothing from one call to the next.
 */
class KeptFieldsTest {
    private static final String KEPT = """
            AccrualEngine: lines
            Books: micro
            Claim: contextHeadroom contextRule eligible events linePointsMicro lineStatus
            Claims: byReceipt
            CounterSlots: names published slots
            Households: householdOf
            LotPages$Page: data garbage room start used words
            LotPages: keyCount keys numbers pages
            MemberLots: purses
            MemberPages: columns keys outstandingMicro shard shardSize size
            OpenReceipt: columns key newer older provisionalMicro reserved reservedMember touchedMillis
            OpenReceipts: byKey newest oldest
            Operations: done
            PendingAdjustments: byId
            ProgrammeCounters: values
            ReceiptNumbers: others runEnd runStart
            Reservation: counterDelta counterMember counterSlot counters details lot memberKey micro movements
            Reservation: purseOwner receipt voidedAtMillis
            Reservations: byEnd byName byReceipt ended voided
            ReturnedQuantities: byReceipt
            Settlement: day
            SparseColumns: columns
            Stores: banners keys size
            Survivors: survivorOf
            Sweep: cleanDay dueDay endRow nextRow page pages
            TillLedger$Till: store till
            TillLedger: daily receipts size table tills
            ValueCodes: ends issued left owned
            """;

    /** Made anew by publishing the programmes and by recomputing. */
    private static final String FOLLOWING = """
            ActTable: acts byTime lastDay shopUnlocked times
            ActTables: versions
            BonusSlots: bought budget clubs countsVisits day granted idHash member purse tags tagsUntil
            BonusSlots: tracksBought visits
            Claims: hash
            ClubSlots: first since tag tagUntil until
            Households: hash persons
            MemberLots: hash
            MemberPages: hash
            OpenReceipts: hash
            Operations: hash
            PendingAdjustments: hash
            ProgrammeCounters: hash
            Programmes: bonusSlots clubSlots debtCounters effectiveDays hash keepsLots lastDays purseIds purses
            Programmes: renewedCounters rewardSlots rewards settledCounter tierSlots versions
            Reservations: hash
            Programmes: untilCounters
            RewardSettling: known reminders
            RewardSettling$Reminder: days
            ReturnedQuantities: hash
            Stores: hash
            Survivors: hash
            Ticks: nextMillis
            TierSlots: units
            TillLedger: hash
            ValueCodes: hash
            """;

    /** Work space of a call, answers, wiring. */
    private static final String FORGOTTEN = """
            AccrualEngine: abandonedReceipt kept
            ChunkDecision: assembled
            Claims: claimed identity outcome
            Draft: apartMember asTheyAre businessDay negative nothing out overdueMember restored restoredMember restoredMicro
            Draft: row rowMember settled settledCount spentMicro timed today
            LinkedReturns: after before
            LotList: keys micro size
            LotMoves: kind leftMicro member purse rule version
            LotPages: encoded
            MemberView$PurseView: lots
            MemberView: purses rewards
            MemberViews: unused
            MergedCounters: from to
            PromoCodes: counted
            OpenReceipts: free freeCount
            ReceiptSlices: line
            ReservationView: details
            Reversals: account accountMember kind lot member rule size value version where
            SaleDecision: unfunded uses
            Settlement: parts
            Shop: forced
            ShopUses: kept taken
            StatusViews: unused
            Tiers: bought deserved member touched
            """;

    @Test
    void everyFieldThatCanChangeIsKeptOrSaidNotToBe() throws ClassNotFoundException {
        Set<String> said = new TreeSet<>();
        for (String list : new String[] {KEPT, FOLLOWING, FORGOTTEN}) {
            list.lines().forEach(line -> {
                String[] parts = line.split(": ");
                for (String field : parts[1].split(" ")) {
                    assertThat(said.add(parts[0] + "." + field)).as(line).isTrue();
                }
            });
        }
        Set<String> unsaid = fields();
        unsaid.removeAll(said);
        said.removeAll(fields());
        assertThat(unsaid).as("fields that no list names").isEmpty();
        assertThat(said).as("fields that are no more").isEmpty();
    }

    private static Set<String> fields() throws ClassNotFoundException {
        Set<String> fields = new TreeSet<>();
        String engine = AccrualEngine.class.getPackageName();
        for (JavaClass found : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(engine)) {
            Class<?> type = Class.forName(found.getName(), false, KeptFieldsTest.class.getClassLoader());
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.isSynthetic() && canChange(field)) {
                    fields.add(type.getName().substring(engine.length() + 1) + "." + field.getName());
                }
            }
        }
        return fields;
    }

    private static boolean canChange(Field field) {
        Class<?> type = field.getType();
        return !Modifier.isFinal(field.getModifiers())
                || type.isArray()
                || type == ReceiptColumns.class
                || type == OutcomeColumns.class
                || Collection.class.isAssignableFrom(type)
                || Map.class.isAssignableFrom(type)
                || RoaringBitmap.class.isAssignableFrom(type);
    }
}
