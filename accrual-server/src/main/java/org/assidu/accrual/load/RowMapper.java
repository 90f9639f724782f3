package org.assidu.accrual.load;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.assidu.accrual.load.CsvMapping.Field;
import org.assidu.accrual.model.Ean13;
import org.assidu.proto.v1.Channel;
import org.assidu.proto.v1.Identifier;
import org.assidu.proto.v1.OriginalLine;
import org.assidu.proto.v1.ReceiptIdentity;
import org.assidu.proto.v1.SaleLine;
import org.assidu.proto.v1.Tender;
import org.assidu.proto.v1.TenderKind;
import org.jspecify.annotations.Nullable;

/** Turns CSV rows into values by a {@link CsvMapping}; a bad row gets all its reasons. */
final class RowMapper {
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final int MAX_CODE_BYTES = 64;
    private static final String DECIMAL = "[+-]?[0-9]{1,15}([.][0-9]{1,8})?";

    /** Why a row cannot be imported. */
    static final class BadRowException extends Exception {
        private static final long serialVersionUID = 1L;

        BadRowException(List<String> reasons) {
            super(String.join("; ", reasons));
        }
    }

    private final CsvMapping mapping;
    private final Map<Field, Integer> columns = new EnumMap<>(Field.class);
    private final BigDecimal minorUnits;
    private final List<String> reasons = new ArrayList<>();

    /** @throws IllegalArgumentException when the mapping names a column that the header does not have */
    RowMapper(CsvMapping mapping, List<String> header) {
        this.mapping = mapping;
        this.minorUnits = BigDecimal.TEN.pow(mapping.decimals());
        List<String> missing = new ArrayList<>();
        mapping.fields().forEach((field, source) -> {
            if (source.column() != null) {
                int index = header.indexOf(source.column());
                if (index < 0) {
                    missing.add(source.column() + " (for " + CsvMappingParser.name(field) + ")");
                }
                columns.put(field, index);
            }
        });
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("the file has no column " + String.join(", ", missing)
                    + "; its header is " + String.join(", ", header) + "; correct the mapping or the file");
        }
    }

    /** The receipt that a row belongs to, or null when that cannot be read. */
    @Nullable
    ReceiptIdentity identity(CsvRecord row) {
        reasons.clear();
        ReceiptIdentity identity = receipt(row);
        return reasons.isEmpty() ? identity : null;
    }

    MappedRow map(CsvRecord row) throws BadRowException {
        reasons.clear();
        ReceiptIdentity receipt = receipt(row);
        OffsetDateTime soldAt = soldAt(row);
        String currency = text(row, Field.CURRENCY);
        if (!currency.matches("[A-Z]{3}")) {
            reasons.add("currency '" + currency + "' is not three capital letters");
        }
        SaleLine line = line(row);
        MappedRow mapped = new MappedRow(
                receipt,
                soldAt.toInstant().toEpochMilli(),
                soldAt.getOffset().getTotalSeconds() / 60,
                currency,
                channel(text(row, Field.CHANNEL)),
                text(row, Field.CASHIER),
                member(row),
                line,
                tenders(text(row, Field.TENDERS)),
                text(row, Field.PRODUCT_NAME));
        if (!reasons.isEmpty()) {
            throw new BadRowException(reasons);
        }
        return mapped;
    }

    private ReceiptIdentity receipt(CsvRecord row) {
        return ReceiptIdentity.newBuilder()
                .setStore(code(row, Field.STORE, MAX_CODE_BYTES))
                .setTill(code(row, Field.TILL, 32))
                .setSeries((int) integer(row, Field.SERIES, 0, 65_535, 0))
                .setNumber(integer(row, Field.NUMBER, 0, 4_294_967_295L, -1))
                .setBusinessDate(date(text(row, Field.BUSINESS_DATE)))
                .build();
    }

    private SaleLine line(CsvRecord row) {
        SaleLine.Builder line = SaleLine.newBuilder().setSku(code(row, Field.SKU, MAX_CODE_BYTES));
        BigDecimal quantity = decimal(row, Field.QUANTITY);
        if (quantity.signum() == 0) {
            reasons.add("quantity '" + text(row, Field.QUANTITY) + "' must be a number other than zero");
        }
        line.setQuantityThousandths(exact("quantity", quantity.multiply(THOUSAND)));
        BigDecimal amount = mapping.fields().containsKey(Field.AMOUNT)
                ? decimal(row, Field.AMOUNT)
                : quantity.multiply(decimal(row, Field.UNIT_PRICE));
        line.setAmountMinor(whole("amount", minor(amount)));
        line.setDiscountMinor(whole(
                "discount", decimal(row, Field.DISCOUNT).multiply(minorUnits).setScale(0, RoundingMode.HALF_UP)));
        line.setVatRateHundredths(
                (int) exact("vat_rate", decimal(row, Field.VAT_RATE).multiply(HUNDRED)));
        line.setCategory(code(row, Field.CATEGORY, MAX_CODE_BYTES));
        line.setBrand(code(row, Field.BRAND, MAX_CODE_BYTES));
        line.setPromoted(flag(row, Field.PROMOTED));
        line.setWeighed(flag(row, Field.WEIGHED));
        line.setGiftCardSale(flag(row, Field.GIFT_CARD_SALE));
        if (!text(row, Field.ORIGINAL_NUMBER).isEmpty()) {
            line.setOriginal(OriginalLine.newBuilder()
                    .setLine((int) integer(row, Field.ORIGINAL_LINE, 1, 5_000, -1))
                    .setReceipt(ReceiptIdentity.newBuilder()
                            .setStore(code(row, Field.ORIGINAL_STORE, MAX_CODE_BYTES))
                            .setTill(code(row, Field.ORIGINAL_TILL, 32))
                            .setSeries((int) integer(row, Field.ORIGINAL_SERIES, 0, 65_535, 0))
                            .setNumber(integer(row, Field.ORIGINAL_NUMBER, 0, 4_294_967_295L, -1))
                            .setBusinessDate(date(text(row, Field.ORIGINAL_BUSINESS_DATE)))));
        }
        return line.build();
    }

    private @Nullable Identifier member(CsvRecord row) {
        String card = text(row, Field.CARD);
        if (!card.isEmpty()) {
            return Identifier.newBuilder().setCard(card(card)).build();
        }
        String phone = text(row, Field.PHONE);
        if (!phone.isEmpty()) {
            return Identifier.newBuilder().setPhone(phone).build();
        }
        String email = text(row, Field.EMAIL);
        if (!email.isEmpty()) {
            return Identifier.newBuilder().setEmail(email).build();
        }
        String token = text(row, Field.QR_TOKEN);
        return token.isEmpty()
                ? null
                : Identifier.newBuilder().setQrToken(token).build();
    }

    private long card(String value) {
        CsvMapping.Source source = mapping.fields().get(Field.CARD);
        String prefix = source == null ? null : source.ean13Prefix();
        if (prefix != null) {
            int room = 12 - prefix.length();
            if (!value.matches("[0-9]{1," + Math.max(1, room) + "}")) {
                reasons.add("card '" + value + "' is not a number of at most " + room + " digits");
                return 0;
            }
            return Ean13.withCheckDigit(Long.parseLong(prefix + "0".repeat(room - value.length()) + value));
        }
        if (!value.matches("[0-9]{13}") || !Ean13.isValid(Long.parseLong(value))) {
            reasons.add("card '" + value + "' is not an EAN-13 with a valid check digit");
            return 0;
        }
        return Long.parseLong(value);
    }

    /** Sold-at with its offset: the one written, or else that of the mapping's zone. */
    private OffsetDateTime soldAt(CsvRecord row) {
        String value = text(row, Field.SOLD_AT);
        try {
            TemporalAccessor time = mapping.soldAtPattern().parseBest(value, OffsetDateTime::from, LocalDateTime::from);
            return time instanceof OffsetDateTime withOffset
                    ? withOffset
                    : LocalDateTime.from(time).atZone(mapping.zone()).toOffsetDateTime();
        } catch (DateTimeException bad) {
            reasons.add("sold_at '" + value + "' is not a time of the mapping's pattern");
            return LocalDateTime.of(1970, 1, 1, 0, 0).atOffset(ZoneOffset.UTC);
        }
    }

    private Channel channel(String value) {
        if (value.isEmpty()) {
            return Channel.CHANNEL_UNSPECIFIED;
        }
        try {
            return Channel.valueOf("CHANNEL_" + value.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            reasons.add("channel '" + value + "' is not STORE, SELF_CHECKOUT, WEB, MOBILE or PHONE");
            return Channel.CHANNEL_UNSPECIFIED;
        }
    }

    /** Such as {@code BANK_CARD=12.50;CASH=3.00}. */
    private List<Tender> tenders(String value) {
        if (value.isEmpty()) {
            return List.of();
        }
        List<Tender> tenders = new ArrayList<>();
        for (String part : value.split(";", -1)) {
            int equals = part.indexOf('=');
            String kind = equals < 0 ? part : part.substring(0, equals);
            String amount = equals < 0 ? "" : part.substring(equals + 1);
            TenderKind known = tenderKind(kind);
            if (known == null || !amount.matches(DECIMAL)) {
                reasons.add("tenders '" + value + "' is not KIND=amount, several separated by ;");
                return List.of();
            }
            tenders.add(Tender.newBuilder()
                    .setKind(known)
                    .setAmountMinor(whole("tenders", minor(new BigDecimal(amount))))
                    .build());
        }
        return tenders;
    }

    private static @Nullable TenderKind tenderKind(String name) {
        for (TenderKind kind : TenderKind.values()) {
            if (kind.name().equals("TENDER_KIND_" + name.toUpperCase(Locale.ROOT))) {
                return kind;
            }
        }
        return null;
    }

    private BigDecimal minor(BigDecimal amount) {
        return amount.multiply(minorUnits).setScale(0, RoundingMode.HALF_UP);
    }

    private int date(String value) {
        if (value.isEmpty()) {
            return 0;
        }
        String digits = value.replace("-", "");
        if (!digits.matches("[0-9]{8}")) {
            reasons.add("business_date '" + value + "' is not yyyy-mm-dd");
            return 0;
        }
        return Integer.parseInt(digits);
    }

    private boolean flag(CsvRecord row, Field field) {
        String value = text(row, field).toLowerCase(Locale.ROOT);
        return switch (value) {
            case "", "0", "false", "no", "n" -> false;
            case "1", "true", "yes", "y" -> true;
            default -> {
                reasons.add(CsvMappingParser.name(field) + " '" + value + "' is not true or false");
                yield false;
            }
        };
    }

    private String code(CsvRecord row, Field field, int maxBytes) {
        String value = text(row, field);
        if (value.isEmpty() && field.required()) {
            reasons.add(CsvMappingParser.name(field) + " is empty");
        } else if (value.getBytes(StandardCharsets.UTF_8).length > maxBytes) {
            reasons.add(CsvMappingParser.name(field) + " '" + value + "' is longer than " + maxBytes + " bytes");
        }
        return value;
    }

    private long integer(CsvRecord row, Field field, long least, long most, long otherwise) {
        String value = text(row, field);
        if (value.isEmpty() && otherwise >= 0) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // reported below, with the range
        }
        reasons.add(
                CsvMappingParser.name(field) + " '" + value + "' is not a whole number from " + least + " to " + most);
        return least;
    }

    private BigDecimal decimal(CsvRecord row, Field field) {
        String value = text(row, field);
        if (value.isEmpty() && !field.required() && field != Field.AMOUNT && field != Field.UNIT_PRICE) {
            return BigDecimal.ZERO;
        }
        if (value.length() <= 24 && value.matches(DECIMAL)) {
            return new BigDecimal(value);
        }
        reasons.add(CsvMappingParser.name(field) + " '" + value + "' is not a decimal number");
        return BigDecimal.ONE;
    }

    private long exact(String name, BigDecimal value) {
        if (value.stripTrailingZeros().scale() > 0) {
            reasons.add(name + " has more decimals than can be kept");
            return 0;
        }
        return whole(name, value);
    }

    private long whole(String name, BigDecimal value) {
        if (value.precision() - value.scale() > 17) {
            reasons.add(name + " is out of range");
            return 0;
        }
        return value.longValue();
    }

    private String text(CsvRecord row, Field field) {
        CsvMapping.Source source = mapping.fields().get(field);
        if (source == null) {
            return "";
        }
        Integer column = columns.get(field);
        String value = column == null
                ? String.valueOf(source.value())
                : row.getField(column).trim();
        String taken = switch (source.take()) {
            case ALL -> value;
            case LETTERS -> value.replaceAll("[^\\p{L}]", "");
            case DIGITS -> value.replaceAll("[^0-9]", "");
        };
        return taken.isEmpty() && source.ifEmpty() != null ? source.ifEmpty() : taken;
    }
}
