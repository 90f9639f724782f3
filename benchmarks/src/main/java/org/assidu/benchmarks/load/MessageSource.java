package org.assidu.benchmarks.load;

import java.util.SplittableRandom;
import org.assidu.accrual.model.Ean13;
import org.assidu.proto.v1.Channel;
import org.assidu.proto.v1.Identifier;
import org.assidu.proto.v1.Receipt;
import org.assidu.proto.v1.ReceiptIdentity;
import org.assidu.proto.v1.ReceiptPhase;
import org.assidu.proto.v1.SaleLine;
import org.assidu.proto.v1.StreamSalesRequest;
import org.assidu.proto.v1.Tender;
import org.assidu.proto.v1.TenderKind;

/**
 * Messages of one till stream: receipts never seen before, of members all seen before. Lines are drawn from a prepared
 * assortment, so that making a message costs little next to sending it.
 */
final class MessageSource {
    static final int MEMBERS = 20_000;
    private static final int ASSORTMENT = 4_096;
    private static final long FIRST_CARD = 299_700_000_000L;

    private final Shape shape;
    private final String till;
    private final SplittableRandom random;
    private final SaleLine[] assortment;
    private final Identifier[] members;
    private long number;

    MessageSource(Shape shape, int stream, long run, SaleLine[] assortment, Identifier[] members) {
        this.shape = shape;
        this.till = run + "-" + stream;
        this.random = new SplittableRandom(run * 1_000 + stream);
        this.assortment = assortment;
        this.members = members;
    }

    static SaleLine[] assortment(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SaleLine[] lines = new SaleLine[ASSORTMENT];
        for (int i = 0; i < lines.length; i++) {
            long price = 49 + random.nextInt(1_500);
            int pieces = 1 + random.nextInt(3);
            lines[i] = SaleLine.newBuilder()
                    .setSku(Long.toString(3_000_000_000_000L + i * 7_919L))
                    .setQuantityThousandths(pieces * 1_000L)
                    .setAmountMinor(price * pieces)
                    .setVatRateHundredths(i % 3 == 0 ? 2_000 : 550)
                    .setCategory("grocery/shelf-" + i % 40)
                    .setPromoted(i % 10 == 0)
                    .build();
        }
        return lines;
    }

    static Identifier[] members() {
        Identifier[] members = new Identifier[MEMBERS];
        for (int i = 0; i < members.length; i++) {
            members[i] = Identifier.newBuilder()
                    .setCard(Ean13.withCheckDigit(FIRST_CARD + i))
                    .build();
        }
        return members;
    }

    /** The next message; receipts carry the wall clock given. */
    StreamSalesRequest next(long wallMillis) {
        StreamSalesRequest.Builder message = StreamSalesRequest.newBuilder();
        for (int r = 0; r < shape.receipts(); r++) {
            message.addReceipts(receipt(wallMillis, members[random.nextInt(members.length)]));
        }
        return message.build();
    }

    /** One message per call that together name each member once. */
    StreamSalesRequest enrolment(long wallMillis, int from, int to) {
        StreamSalesRequest.Builder message = StreamSalesRequest.newBuilder();
        for (int m = from; m < to; m++) {
            message.addReceipts(receipt(wallMillis, members[m]));
        }
        return message.build();
    }

    private Receipt receipt(long wallMillis, Identifier member) {
        Receipt.Builder receipt = Receipt.newBuilder()
                .setIdentity(ReceiptIdentity.newBuilder()
                        .setStore("store-7")
                        .setTill(till)
                        .setNumber(++number))
                .setSoldAtMillis(wallMillis)
                .setUtcOffsetMinutes(60)
                .setCurrency("EUR")
                .setMember(member)
                .setChannel(Channel.CHANNEL_STORE)
                .setPhase(ReceiptPhase.RECEIPT_PHASE_WHOLE);
        long total = 0;
        for (int l = 0; l < shape.lines(); l++) {
            SaleLine line = assortment[random.nextInt(assortment.length)];
            total += line.getAmountMinor();
            receipt.addLines(line);
        }
        return receipt.setTotalMinor(total)
                .setTotalPresent(true)
                .addTenders(Tender.newBuilder()
                        .setKind(TenderKind.TENDER_KIND_BANK_CARD)
                        .setAmountMinor(total))
                .build();
    }
}
