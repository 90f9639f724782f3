package org.assidu.accrual.engine;

import org.assidu.accrual.model.Channel;
import org.assidu.accrual.model.MemberFact;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.ReceiptPhase;
import org.assidu.accrual.model.StateSink;
import org.assidu.accrual.model.StateSource;
import org.assidu.accrual.model.TenderKind;

/** The columns of a receipt in a snapshot. */
final class ReceiptImage {
    private ReceiptImage() {}

    static void write(StateSink sink, ReceiptColumns of) {
        sink.putInt(of.textLength);
        sink.putBytes(of.text, of.textLength);
        sink.putInt(of.store);
        sink.putInt(of.till);
        sink.putInt(of.series);
        sink.putLong(of.number);
        sink.putInt(of.businessDate);
        sink.putLong(of.soldAtMillis);
        sink.putInt(of.utcOffsetMinutes);
        sink.putInt(of.currency);
        sink.putLong(of.memberKey);
        sink.putInt(of.memberFact.code());
        sink.putInt(of.channel.code());
        sink.putInt(of.cashier);
        sink.putInt(of.phase.code());
        sink.putInt(of.chunk);
        sink.putInt(of.declaredLines);
        sink.putBoolean(of.totalPresent);
        sink.putLong(of.declaredTotalMinor);
        sink.putBoolean(of.historical);
        sink.putArray(of.chunkEnds, of.chunks);
        writeLines(sink, of);
        writeTenders(sink, of);
    }

    private static void writeLines(StateSink sink, ReceiptColumns of) {
        sink.putInt(of.lines);
        sink.putInts(of.sku, of.lines);
        sink.putInts(of.category, of.lines);
        sink.putInts(of.brand, of.lines);
        sink.putLongs(of.quantityThousandths, of.lines);
        sink.putLongs(of.amountMinor, of.lines);
        sink.putLongs(of.discountMinor, of.lines);
        sink.putInts(of.vatRateHundredths, of.lines);
        sink.putBytes(of.flags, of.lines);
        sink.putInts(of.originalOfLine, of.lines);
        sink.putInt(of.originals);
        sink.putInts(of.originalStore, of.originals);
        sink.putInts(of.originalTill, of.originals);
        sink.putInts(of.originalSeries, of.originals);
        sink.putLongs(of.originalNumber, of.originals);
        sink.putInts(of.originalBusinessDate, of.originals);
        sink.putInts(of.originalLine, of.originals);
    }

    private static void writeTenders(StateSink sink, ReceiptColumns of) {
        sink.putInt(of.tenders);
        for (int tender = 0; tender < of.tenders; tender++) {
            sink.putInt(of.tenderKind[tender].code());
        }
        sink.putLongs(of.tenderMinor, of.tenders);
        sink.putInt(of.usedRewards);
        sink.putInts(of.usedReward, of.usedRewards);
        sink.putInts(of.usedRewardCount, of.usedRewards);
        sink.putLongs(of.usedRewardDiscountMinor, of.usedRewards);
    }

    /** @param into empty */
    static void read(StateSource source, ReceiptColumns into) {
        into.text = source.takeBlock();
        into.textLength = into.text.length;
        into.store = source.takeInt();
        into.till = source.takeInt();
        into.series = source.takeInt();
        into.number = source.takeLong();
        into.businessDate = source.takeInt();
        into.soldAtMillis = source.takeLong();
        into.utcOffsetMinutes = source.takeInt();
        into.currency = source.takeInt();
        into.memberKey = source.takeLong();
        into.memberFact = MemberFact.ofCode(source.takeInt());
        into.channel = Channel.ofCode(source.takeInt());
        into.cashier = source.takeInt();
        into.phase = ReceiptPhase.ofCode(source.takeInt());
        into.chunk = source.takeInt();
        into.declaredLines = source.takeInt();
        into.totalPresent = source.takeBoolean();
        into.declaredTotalMinor = source.takeLong();
        into.historical = source.takeBoolean();
        int[] ends = source.takeIntArray();
        readLines(source, into);
        int lines = into.lines;
        for (int end : ends) {
            into.lines = end;
            into.endChunk();
        }
        into.lines = lines;
        readTenders(source, into);
    }

    private static void readLines(StateSource source, ReceiptColumns into) {
        for (int left = source.takeCount(); left > 0; left--) {
            into.addLine();
        }
        source.takeInts(into.sku, into.lines);
        source.takeInts(into.category, into.lines);
        source.takeInts(into.brand, into.lines);
        source.takeLongs(into.quantityThousandths, into.lines);
        source.takeLongs(into.amountMinor, into.lines);
        source.takeLongs(into.discountMinor, into.lines);
        source.takeInts(into.vatRateHundredths, into.lines);
        source.takeBytes(into.flags, into.lines);
        int[] originalOfLine = new int[into.lines];
        source.takeInts(originalOfLine, into.lines);
        for (int left = source.takeCount(); left > 0; left--) {
            into.addOriginal(0);
        }
        System.arraycopy(originalOfLine, 0, into.originalOfLine, 0, into.lines);
        source.takeInts(into.originalStore, into.originals);
        source.takeInts(into.originalTill, into.originals);
        source.takeInts(into.originalSeries, into.originals);
        source.takeLongs(into.originalNumber, into.originals);
        source.takeInts(into.originalBusinessDate, into.originals);
        source.takeInts(into.originalLine, into.originals);
    }

    private static void readTenders(StateSource source, ReceiptColumns into) {
        int[] kinds = source.takeIntArray();
        long[] minor = new long[kinds.length];
        source.takeLongs(minor, kinds.length);
        for (int tender = 0; tender < kinds.length; tender++) {
            into.addTender(TenderKind.ofCode(kinds[tender]), minor[tender]);
        }
        int[] rewards = source.takeIntArray();
        int[] counts = new int[rewards.length];
        source.takeInts(counts, counts.length);
        long[] discounts = new long[rewards.length];
        source.takeLongs(discounts, discounts.length);
        for (int used = 0; used < rewards.length; used++) {
            into.addUsedReward(rewards[used], counts[used], discounts[used]);
        }
    }
}
