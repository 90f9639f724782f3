package org.assidu.accrual.reference;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.model.Channel;
import org.assidu.accrual.model.MemberFact;
import org.assidu.accrual.model.ReceiptPhase;
import org.assidu.accrual.model.TenderKind;
import org.jspecify.annotations.Nullable;

/** A receipt, or one chunk of one, as a till sends it. */
public record Receipt(
        Identity identity,
        @Nullable LocalDate businessDate,
        long soldAtMillis,
        long memberKey,
        MemberFact fact,
        Channel channel,
        String currency,
        ReceiptPhase phase,
        int chunk,
        int declaredLines,
        @Nullable Long declaredTotalMinor,
        boolean historical,
        List<Line> lines,
        List<Tender> tenders,
        List<Use> uses) {

    public record Identity(String store, String till, long number) {}

    public record Line(
            String sku,
            String category,
            String brand,
            long thousandths,
            long amountMinor,
            int vatHundredths,
            boolean promoted,
            boolean weighed,
            boolean giftCard,
            @Nullable Original original) {

        public boolean isReturn() {
            return thousandths < 0;
        }

        boolean isLinked() {
            return isReturn() && original != null;
        }
    }

    /** A line of an earlier receipt, from 0. */
    public record Original(Identity identity, @Nullable LocalDate businessDate, int line) {}

    public record Tender(TenderKind kind, long minor) {}

    /** @param discountMinor what the till took off for it: what a money purse pays */
    public record Use(String reward, int count, long discountMinor) {}

    /** Whoever takes part; 0 for nobody. */
    long participant() {
        return fact == MemberFact.KNOWN || fact == MemberFact.AUTO_ENROLLED ? memberKey : 0;
    }

    public boolean isWhole() {
        return phase == ReceiptPhase.WHOLE;
    }

    long totalMinor() {
        return lines.stream().mapToLong(Line::amountMinor).sum();
    }

    public Receipt lines(List<Line> newLines) {
        return new Receipt(
                identity,
                businessDate,
                soldAtMillis,
                memberKey,
                fact,
                channel,
                currency,
                phase,
                chunk,
                declaredLines,
                declaredTotalMinor,
                historical,
                List.copyOf(newLines),
                tenders,
                uses);
    }

    public Receipt member(long key, MemberFact newFact) {
        return new Receipt(
                identity,
                businessDate,
                soldAtMillis,
                key,
                newFact,
                channel,
                currency,
                phase,
                chunk,
                declaredLines,
                declaredTotalMinor,
                historical,
                lines,
                tenders,
                uses);
    }

    public Receipt phase(ReceiptPhase newPhase, int newChunk) {
        return new Receipt(
                identity,
                businessDate,
                soldAtMillis,
                memberKey,
                fact,
                channel,
                currency,
                newPhase,
                newChunk,
                declaredLines,
                declaredTotalMinor,
                historical,
                lines,
                tenders,
                uses);
    }

    /** The same without what only the paid receipt knows. */
    public Receipt unpaid() {
        return new Receipt(
                identity,
                businessDate,
                soldAtMillis,
                memberKey,
                fact,
                channel,
                currency,
                phase,
                chunk,
                0,
                null,
                historical,
                lines,
                List.of(),
                List.of());
    }

    /** The same with the till's own count. */
    public Receipt declared(int newLines, @Nullable Long newTotalMinor) {
        return new Receipt(
                identity,
                businessDate,
                soldAtMillis,
                memberKey,
                fact,
                channel,
                currency,
                phase,
                chunk,
                newLines,
                newTotalMinor,
                historical,
                lines,
                tenders,
                uses);
    }

    /** This chunk behind those before it: its header, all lines, the member of the last chunk that named one. */
    Receipt after(@Nullable Receipt before) {
        if (before == null) {
            return this;
        }
        List<Line> all = new ArrayList<>(before.lines);
        all.addAll(lines);
        Receipt joined = lines(all);
        return fact == MemberFact.ANONYMOUS ? joined.member(before.memberKey, before.fact) : joined;
    }
}
