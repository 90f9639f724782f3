package org.assidu.accrual.grpc;

import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptField;

/** What a refusal decided by the engine says to whoever sent the receipt: the field, and what to do. */
final class RefusalText {
    private RefusalText() {}

    static String of(OutcomeColumns outcome) {
        return switch (outcome.status) {
            case RECEIPT_CONFLICT ->
                (outcome.conflictLine < 0 ? "" : "line " + (outcome.conflictLine + 1) + ", ")
                        + fieldName(outcome.conflict)
                        + ": differs from the receipt recorded first under this identity; if it is another receipt, send"
                        + " it under its own number";
            case CHUNK_GAP -> "chunk: send chunk " + outcome.expectedChunk + " next";
            case MALFORMED_TOTAL ->
                "total_minor or line_count: not what the lines add up to; send the lines that are missing, or the right"
                        + " total";
            case CURRENCY_NOT_ACCEPTED -> "currency: not the programme's; send the receipt in the programme's currency";
            case AMOUNT_OUT_OF_RANGE ->
                "amount_minor: beyond the programme's largest_amount; check the amount, or publish a larger limit";
            case SOLD_IN_THE_FUTURE ->
                "sold_at_millis: further ahead than the programme lets till clocks be; set the till's clock";
            case OVERLOADED -> "the server has no room; send the same receipt again after a pause";
            case MALFORMED_IDENTITY, MALFORMED_LINE, MALFORMED_IDENTIFIER -> "correct the receipt and send it again";
            case ACCRUED,
                    PROVISIONAL,
                    ALREADY_ACCRUED,
                    VOIDED,
                    SOLD_TOO_LONG_AGO,
                    MEMBER_UNKNOWN,
                    MEMBER_CLOSED,
                    CARD_BLOCKED,
                    REWARD_UNFUNDED,
                    NO_PROGRAMME -> "";
        };
    }

    /** The field's name in the contract. */
    static String fieldName(ReceiptField field) {
        return switch (field) {
            case NONE -> "content";
            case SOLD_AT -> "sold_at_millis";
            case UTC_OFFSET -> "utc_offset_minutes";
            case BUSINESS_DATE -> "identity.business_date";
            case CURRENCY -> "currency";
            case MEMBER -> "member";
            case CHANNEL -> "channel";
            case CASHIER -> "cashier";
            case PHASE -> "phase";
            case CHUNK -> "chunk";
            case TOTAL -> "total_minor";
            case LINE_COUNT -> "lines";
            case LINE_SKU -> "sku";
            case LINE_QUANTITY -> "quantity_thousandths";
            case LINE_AMOUNT -> "amount_minor";
            case LINE_DISCOUNT -> "discount_minor";
            case LINE_VAT_RATE -> "vat_rate_hundredths";
            case LINE_CATEGORY -> "category";
            case LINE_BRAND -> "brand";
            case LINE_FLAGS -> "promoted, weighed or gift_card_sale";
            case LINE_ORIGINAL -> "original";
            case TENDERS -> "tenders";
            case USED_REWARDS -> "used_rewards";
            case HISTORICAL -> "historical";
        };
    }
}
