package org.assidu.accrual.grpc;

import static org.assidu.accrual.grpc.WireReader.FIXED64;
import static org.assidu.accrual.grpc.WireReader.LENGTH;
import static org.assidu.accrual.grpc.WireReader.VARINT;

import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.TenderKind;
import org.assidu.proto.v1.Identifier;
import org.assidu.proto.v1.OriginalLine;
import org.assidu.proto.v1.Receipt;
import org.assidu.proto.v1.ReceiptIdentity;
import org.assidu.proto.v1.SaleLine;
import org.assidu.proto.v1.Tender;
import org.assidu.proto.v1.UsedReward;
import org.jspecify.annotations.Nullable;

/**
 * Encoded receipts of the wire contract to columns, without the generated messages in between: those would make some 300
 * bytes of garbage a line. One thread at a time.
 *
 * <p>Reading puts everything into columns as it comes, in any order of fields; a text that is too long becomes minus its
 * length. What columns have no place for (raw enum numbers, the identifier) stays here until {@link ReceiptCheck} has judged
 * the whole.
 */
public final class ReceiptMapper {
    private static final int TYPE = 3;

    final WireReader wire = new WireReader();

    // The receipt read last, as far as columns have no place for it
    int phase;
    int channel;
    int lines;
    int tenders;
    int usedRewards;
    /** Index of the first tender of a kind unknown here; -1 = none. */
    int unknownTender;

    int unknownTenderKind;
    boolean unknownCurrency;
    Identifier.KindCase memberKind = Identifier.KindCase.KIND_NOT_SET;
    /** Card or member key. */
    long memberNumber;

    String memberToken = "";
    /** Language that texts are asked for in; empty = none. */
    String language = "";

    /** Fills the columns, all but the member. @return null when well formed; otherwise the columns hold a part of it */
    public @Nullable Refusal map(Receipt from, ReceiptColumns to) {
        return map(from.toByteArray(), to);
    }

    /** As the other, of an encoded receipt. */
    public @Nullable Refusal map(byte[] encoded, ReceiptColumns to) {
        wire.fill(encoded);
        return mapMessage(to);
    }

    /** Fills store, till, series, number and business date. @return null when well formed */
    public @Nullable Refusal mapIdentity(ReceiptIdentity from, ReceiptColumns to) {
        wire.fill(from.toByteArray());
        to.clear();
        readIdentity(to);
        return ReceiptCheck.checkIdentity(to);
    }

    /** As {@link #map}, of the message or nested message that the reader is in. */
    @Nullable
    Refusal mapMessage(ReceiptColumns to) {
        to.clear();
        phase = channel = lines = tenders = usedRewards = unknownTenderKind = 0;
        unknownTender = -1;
        unknownCurrency = true;
        memberKind = Identifier.KindCase.KIND_NOT_SET;
        memberNumber = 0;
        memberToken = "";
        language = "";
        for (int tag = wire.tag(); tag != 0; tag = wire.tag()) {
            readField(tag, to);
        }
        return ReceiptCheck.check(this, to);
    }

    private void readField(int tag, ReceiptColumns to) {
        switch (tag) {
            case Receipt.IDENTITY_FIELD_NUMBER << TYPE | LENGTH -> {
                int outer = wire.open();
                readIdentity(to);
                wire.close(outer);
            }
            case Receipt.SOLD_AT_MILLIS_FIELD_NUMBER << TYPE | VARINT -> to.soldAtMillis = wire.varint();
            case Receipt.UTC_OFFSET_MINUTES_FIELD_NUMBER << TYPE | VARINT -> to.utcOffsetMinutes = wire.sint32();
            case Receipt.CURRENCY_FIELD_NUMBER << TYPE | LENGTH -> {
                to.currency = wire.currency();
                unknownCurrency = to.currency == 0;
            }
            case Receipt.MEMBER_FIELD_NUMBER << TYPE | LENGTH -> readMember();
            case Receipt.CHANNEL_FIELD_NUMBER << TYPE | VARINT -> channel = wire.int32();
            case Receipt.CASHIER_FIELD_NUMBER << TYPE | LENGTH ->
                to.cashier = wire.text(ReceiptCheck.MAX_CASHIER_BYTES, to);
            case Receipt.PHASE_FIELD_NUMBER << TYPE | VARINT -> phase = wire.int32();
            case Receipt.CHUNK_FIELD_NUMBER << TYPE | VARINT -> to.chunk = wire.int32();
            case Receipt.LINE_COUNT_FIELD_NUMBER << TYPE | VARINT -> to.declaredLines = wire.int32();
            case Receipt.TOTAL_MINOR_FIELD_NUMBER << TYPE | VARINT -> to.declaredTotalMinor = wire.sint64();
            case Receipt.TOTAL_PRESENT_FIELD_NUMBER << TYPE | VARINT -> to.totalPresent = wire.bool();
            case Receipt.LINES_FIELD_NUMBER << TYPE | LENGTH -> readLine(tag, to);
            case Receipt.TENDERS_FIELD_NUMBER << TYPE | LENGTH -> readTender(tag, to);
            case Receipt.USED_REWARDS_FIELD_NUMBER << TYPE | LENGTH -> readUsedReward(tag, to);
            case Receipt.HISTORICAL_FIELD_NUMBER << TYPE | VARINT -> to.historical = wire.bool();
            case Receipt.LANGUAGE_FIELD_NUMBER << TYPE | LENGTH -> language = wire.text();
            default -> wire.skip(tag);
        }
    }

    private void readIdentity(ReceiptColumns to) {
        for (int tag = wire.tag(); tag != 0; tag = wire.tag()) {
            switch (tag) {
                case ReceiptIdentity.STORE_FIELD_NUMBER << TYPE | LENGTH ->
                    to.store = wire.text(ReceiptCheck.MAX_STORE_BYTES, to);
                case ReceiptIdentity.TILL_FIELD_NUMBER << TYPE | LENGTH ->
                    to.till = wire.text(ReceiptCheck.MAX_TILL_BYTES, to);
                case ReceiptIdentity.SERIES_FIELD_NUMBER << TYPE | VARINT -> to.series = wire.int32();
                case ReceiptIdentity.NUMBER_FIELD_NUMBER << TYPE | VARINT -> to.number = wire.varint();
                case ReceiptIdentity.BUSINESS_DATE_FIELD_NUMBER << TYPE | VARINT -> to.businessDate = wire.int32();
                default -> wire.skip(tag);
            }
        }
    }

    private void readMember() {
        int outer = wire.open();
        for (int tag = wire.tag(); tag != 0; tag = wire.tag()) {
            switch (tag) {
                case Identifier.CARD_FIELD_NUMBER << TYPE | VARINT -> {
                    memberKind = Identifier.KindCase.CARD;
                    memberNumber = wire.varint();
                }
                case Identifier.QR_TOKEN_FIELD_NUMBER << TYPE | LENGTH -> readToken(Identifier.KindCase.QR_TOKEN);
                case Identifier.PHONE_FIELD_NUMBER << TYPE | LENGTH -> readToken(Identifier.KindCase.PHONE);
                case Identifier.EMAIL_FIELD_NUMBER << TYPE | LENGTH -> readToken(Identifier.KindCase.EMAIL);
                case Identifier.MEMBER_KEY_FIELD_NUMBER << TYPE | FIXED64 -> {
                    memberKind = Identifier.KindCase.MEMBER_KEY;
                    memberNumber = wire.fixed64();
                }
                default -> wire.skip(tag);
            }
        }
        wire.close(outer);
    }

    private void readToken(Identifier.KindCase kind) {
        memberKind = kind;
        memberToken = wire.text();
    }

    private void readLine(int tag, ReceiptColumns to) {
        if (++lines > ReceiptCheck.MAX_LINES) {
            wire.skip(tag);
            return;
        }
        int line = to.addLine();
        int flags = 0;
        int outer = wire.open();
        for (int field = wire.tag(); field != 0; field = wire.tag()) {
            switch (field) {
                case SaleLine.SKU_FIELD_NUMBER << TYPE | LENGTH ->
                    to.sku[line] = wire.text(ReceiptCheck.MAX_CODE_BYTES, to);
                case SaleLine.QUANTITY_THOUSANDTHS_FIELD_NUMBER << TYPE | VARINT ->
                    to.quantityThousandths[line] = wire.sint64();
                case SaleLine.AMOUNT_MINOR_FIELD_NUMBER << TYPE | VARINT -> to.amountMinor[line] = wire.sint64();
                case SaleLine.DISCOUNT_MINOR_FIELD_NUMBER << TYPE | VARINT -> to.discountMinor[line] = wire.sint64();
                case SaleLine.VAT_RATE_HUNDREDTHS_FIELD_NUMBER << TYPE | VARINT ->
                    to.vatRateHundredths[line] = wire.int32();
                case SaleLine.CATEGORY_FIELD_NUMBER << TYPE | LENGTH ->
                    to.category[line] = wire.text(ReceiptCheck.MAX_CODE_BYTES, to);
                case SaleLine.BRAND_FIELD_NUMBER << TYPE | LENGTH ->
                    to.brand[line] = wire.text(ReceiptCheck.MAX_CODE_BYTES, to);
                case SaleLine.PROMOTED_FIELD_NUMBER << TYPE | VARINT -> flags = flag(flags, ReceiptColumns.PROMOTED);
                case SaleLine.WEIGHED_FIELD_NUMBER << TYPE | VARINT -> flags = flag(flags, ReceiptColumns.WEIGHED);
                case SaleLine.GIFT_CARD_SALE_FIELD_NUMBER << TYPE | VARINT ->
                    flags = flag(flags, ReceiptColumns.GIFT_CARD_SALE);
                case SaleLine.ORIGINAL_FIELD_NUMBER << TYPE | LENGTH -> readOriginal(line, to);
                default -> wire.skip(field);
            }
        }
        wire.close(outer);
        to.flags[line] = (byte) flags;
    }

    private int flag(int flags, int bit) {
        return wire.bool() ? flags | bit : flags & ~bit;
    }

    private void readOriginal(int line, ReceiptColumns to) {
        int original = to.originalOfLine[line];
        if (original == ReceiptColumns.NO_ORIGINAL) {
            original = to.addOriginal(line);
            to.originalStore[original] = to.originalTill[original] = 0;
            to.originalSeries[original] = to.originalBusinessDate[original] = 0;
            to.originalNumber[original] = 0;
            to.originalLine[original] = -1;
        }
        int outer = wire.open();
        for (int tag = wire.tag(); tag != 0; tag = wire.tag()) {
            switch (tag) {
                case OriginalLine.RECEIPT_FIELD_NUMBER << TYPE | LENGTH -> readOriginalIdentity(original, to);
                case OriginalLine.LINE_FIELD_NUMBER << TYPE | VARINT -> to.originalLine[original] = wire.int32() - 1;
                default -> wire.skip(tag);
            }
        }
        wire.close(outer);
    }

    private void readOriginalIdentity(int original, ReceiptColumns to) {
        int outer = wire.open();
        for (int tag = wire.tag(); tag != 0; tag = wire.tag()) {
            switch (tag) {
                case ReceiptIdentity.STORE_FIELD_NUMBER << TYPE | LENGTH ->
                    to.originalStore[original] = wire.text(ReceiptCheck.MAX_STORE_BYTES, to);
                case ReceiptIdentity.TILL_FIELD_NUMBER << TYPE | LENGTH ->
                    to.originalTill[original] = wire.text(ReceiptCheck.MAX_TILL_BYTES, to);
                case ReceiptIdentity.SERIES_FIELD_NUMBER << TYPE | VARINT -> to.originalSeries[original] = wire.int32();
                case ReceiptIdentity.NUMBER_FIELD_NUMBER << TYPE | VARINT ->
                    to.originalNumber[original] = wire.varint();
                case ReceiptIdentity.BUSINESS_DATE_FIELD_NUMBER << TYPE | VARINT ->
                    to.originalBusinessDate[original] = wire.int32();
                default -> wire.skip(tag);
            }
        }
        wire.close(outer);
    }

    private void readTender(int tag, ReceiptColumns to) {
        if (++tenders > ReceiptCheck.MAX_TENDERS) {
            wire.skip(tag);
            return;
        }
        int kind = 0;
        long amountMinor = 0;
        int outer = wire.open();
        for (int field = wire.tag(); field != 0; field = wire.tag()) {
            switch (field) {
                case Tender.KIND_FIELD_NUMBER << TYPE | VARINT -> kind = wire.int32();
                case Tender.AMOUNT_MINOR_FIELD_NUMBER << TYPE | VARINT -> amountMinor = wire.sint64();
                default -> wire.skip(field);
            }
        }
        wire.close(outer);
        boolean known = kind >= 0 && kind < ReceiptCheck.TENDER_KINDS;
        if (!known && unknownTender < 0) {
            unknownTender = tenders - 1;
            unknownTenderKind = kind;
        }
        to.addTender(known ? TenderKind.ofCode(kind) : TenderKind.UNSPECIFIED, amountMinor);
    }

    private void readUsedReward(int tag, ReceiptColumns to) {
        if (++usedRewards > ReceiptCheck.MAX_USED_REWARDS) {
            wire.skip(tag);
            return;
        }
        int id = 0;
        int count = 0;
        long discountMinor = 0;
        int outer = wire.open();
        for (int field = wire.tag(); field != 0; field = wire.tag()) {
            switch (field) {
                case UsedReward.REWARD_ID_FIELD_NUMBER << TYPE | LENGTH ->
                    id = wire.text(ReceiptCheck.MAX_CODE_BYTES, to);
                case UsedReward.COUNT_FIELD_NUMBER << TYPE | VARINT -> count = wire.int32();
                case UsedReward.DISCOUNT_MINOR_FIELD_NUMBER << TYPE | VARINT -> discountMinor = wire.sint64();
                default -> wire.skip(field);
            }
        }
        wire.close(outer);
        to.addUsedReward(id, count, discountMinor);
    }
}
