package org.assidu.accrual.load;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the columns of a CSV file become receipts.
 *
 * @param delimiter column separator
 * @param grouping whether the lines of a receipt stand together
 * @param historical old books: arrival = sold-at, no age limit
 * @param soldAtPattern of {@code sold_at}
 * @param zone in which {@code sold_at} is written
 * @param decimals digits after the point of the currency's amounts
 * @param fields where each field comes from
 */
public record CsvMapping(
        char delimiter,
        Grouping grouping,
        boolean historical,
        DateTimeFormatter soldAtPattern,
        ZoneId zone,
        int decimals,
        Map<Field, Source> fields) {

    /** CONTIGUOUS streams in bounded memory; WHOLE_FILE collects lines of a receipt from anywhere in the file. */
    public enum Grouping {
        CONTIGUOUS,
        WHOLE_FILE
    }

    /** Fields a mapping may fill. */
    public enum Field {
        STORE(true),
        TILL(true),
        SERIES(false),
        NUMBER(true),
        BUSINESS_DATE(false),
        SOLD_AT(true),
        CURRENCY(true),
        CHANNEL(false),
        CASHIER(false),
        CARD(false),
        PHONE(false),
        EMAIL(false),
        QR_TOKEN(false),
        SKU(true),
        QUANTITY(true),
        AMOUNT(false),
        UNIT_PRICE(false),
        DISCOUNT(false),
        VAT_RATE(false),
        CATEGORY(false),
        BRAND(false),
        PROMOTED(false),
        WEIGHED(false),
        GIFT_CARD_SALE(false),
        ORIGINAL_STORE(false),
        ORIGINAL_TILL(false),
        ORIGINAL_SERIES(false),
        ORIGINAL_NUMBER(false),
        ORIGINAL_BUSINESS_DATE(false),
        ORIGINAL_LINE(false),
        TENDERS(false),
        PRODUCT_NAME(false);

        private final boolean required;

        Field(boolean required) {
            this.required = required;
        }

        boolean required() {
            return required;
        }
    }

    /** What is taken of a column's text. */
    public enum Take {
        ALL,
        LETTERS,
        DIGITS
    }

    /**
     * Where a field comes from: a column, or a fixed value.
     *
     * @param ifEmpty used when what was taken is empty
     * @param ean13Prefix the value is an internal number: prefix, zeros, number and check digit make the card
     */
    public record Source(
            @Nullable String column,
            @Nullable String value,
            Take take,
            @Nullable String ifEmpty,
            @Nullable String ean13Prefix) {}
}
