package org.assidu.accrual.load;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.assidu.proto.v1.Channel;
import org.assidu.proto.v1.Consent;
import org.assidu.proto.v1.ConsentPurpose;
import org.assidu.proto.v1.Identifier;
import org.assidu.proto.v1.ImportedLot;
import org.assidu.proto.v1.ImportedMember;

/**
 * Rows of a file of members to members. A member has as many rows as it needs, one after the other, each with the same
 * {@code external_id}; a row adds what its columns say, and empty ones say nothing.
 */
final class MembersCsv {
    static final String ID = "external_id";

    private static final Set<String> COLUMNS = Set.of(
            ID,
            "card",
            "phone",
            "email",
            "qr_token",
            "enrolled_at",
            "store",
            "channel",
            "terms_version",
            "tier",
            "tier_review_on",
            "purse",
            "amount",
            "earned_on",
            "expires_on",
            "consent",
            "consent_granted",
            "consent_wording",
            "consent_channel",
            "consent_at",
            CsvImport.REASON_COLUMN);

    private static final int MICRO_DIGITS = 6;

    private MembersCsv() {}

    /** @throws IllegalArgumentException when the header has a column that is unknown, or lacks external_id */
    static void checkHeader(List<String> header) {
        for (String column : header) {
            if (!COLUMNS.contains(column)) {
                throw new IllegalArgumentException(
                        "column '" + column + "' is unknown; known are " + String.join(", ", new TreeSet<>(COLUMNS)));
            }
        }
        if (!header.contains(ID)) {
            throw new IllegalArgumentException("column '" + ID + "' is missing");
        }
    }

    /** @throws IllegalArgumentException when a cell cannot be read */
    static void add(NamedCsvRecord row, ImportedMember.Builder to) {
        identifiers(row, to);
        text(row, "enrolled_at").ifPresent(value -> to.setEnrolledAtMillis(millis("enrolled_at", value)));
        text(row, "store").ifPresent(to::setStore);
        text(row, "channel").ifPresent(value -> to.setChannel(channel("channel", value)));
        text(row, "terms_version").ifPresent(to::setTermsVersion);
        text(row, "tier").ifPresent(to::setTierId);
        text(row, "tier_review_on").ifPresent(value -> to.setTierReviewDay(day("tier_review_on", value)));
        text(row, "amount").ifPresent(value -> to.addLots(lot(row, value)));
        text(row, "consent").ifPresent(value -> to.addConsents(consent(row, value)));
    }

    /** What a row adds to a purse, by its own account; 0 when that cannot be read. */
    static long microOf(NamedCsvRecord row) {
        try {
            return text(row, "amount").map(MembersCsv::micro).orElse(0L);
        } catch (IllegalArgumentException unreadable) {
            return 0;
        }
    }

    static String purseOf(NamedCsvRecord row) {
        return text(row, "purse").orElse("");
    }

    private static void identifiers(NamedCsvRecord row, ImportedMember.Builder to) {
        text(row, "card").ifPresent(value -> {
            try {
                to.addIdentifiers(Identifier.newBuilder().setCard(Long.parseUnsignedLong(value)));
            } catch (NumberFormatException bad) {
                throw new IllegalArgumentException("card '" + value + "' is not a number", bad);
            }
        });
        text(row, "phone")
                .ifPresent(value -> to.addIdentifiers(Identifier.newBuilder().setPhone(value)));
        text(row, "email")
                .ifPresent(value -> to.addIdentifiers(Identifier.newBuilder().setEmail(value)));
        text(row, "qr_token")
                .ifPresent(value -> to.addIdentifiers(Identifier.newBuilder().setQrToken(value)));
    }

    private static ImportedLot lot(NamedCsvRecord row, String amount) {
        ImportedLot.Builder lot =
                ImportedLot.newBuilder().setPurseId(purseOf(row)).setAmountMicro(micro(amount));
        text(row, "earned_on").ifPresent(value -> lot.setEarnedDay(day("earned_on", value)));
        text(row, "expires_on").ifPresent(value -> lot.setLastDay(day("expires_on", value)));
        return lot.build();
    }

    private static Consent consent(NamedCsvRecord row, String purpose) {
        Consent.Builder consent = Consent.newBuilder();
        try {
            consent.setPurpose(ConsentPurpose.valueOf("CONSENT_PURPOSE_" + purpose.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException(
                    "consent '" + purpose + "' is none of email, sms, push, profiling", unknown);
        }
        String granted = text(row, "consent_granted").orElse("");
        if (!granted.equals("true") && !granted.equals("false")) {
            throw new IllegalArgumentException("consent_granted '" + granted + "' is not true or false");
        }
        String at = text(row, "consent_at")
                .orElseThrow(() -> new IllegalArgumentException("consent_at is empty: a consent needs its time"));
        String wording = text(row, "consent_wording")
                .orElseThrow(() -> new IllegalArgumentException("consent_wording is empty: a consent needs its proof"));
        text(row, "consent_channel").ifPresent(value -> consent.setChannel(channel("consent_channel", value)));
        return consent.setGranted(granted.equals("true"))
                .setWordingVersion(wording)
                .setGivenAtMillis(millis("consent_at", at))
                .build();
    }

    private static Optional<String> text(NamedCsvRecord row, String column) {
        return row.findField(column).map(String::strip).filter(value -> !value.isEmpty());
    }

    private static long micro(String amount) {
        try {
            return new BigDecimal(amount).movePointRight(MICRO_DIGITS).longValueExact();
        } catch (ArithmeticException | NumberFormatException bad) {
            throw new IllegalArgumentException(
                    "amount '" + amount + "' is no number of at most 6 decimals, such as 120.5", bad);
        }
    }

    private static int day(String column, String value) {
        try {
            LocalDate day = LocalDate.parse(value);
            return day.getYear() * 10_000 + day.getMonthValue() * 100 + day.getDayOfMonth();
        } catch (DateTimeException bad) {
            throw new IllegalArgumentException(column + " '" + value + "' is no day such as 2026-12-31", bad);
        }
    }

    /** A day is its first moment in UTC. */
    private static long millis(String column, String value) {
        try {
            return value.length() <= 10
                    ? LocalDate.parse(value)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant()
                            .toEpochMilli()
                    : Instant.parse(value).toEpochMilli();
        } catch (DateTimeException bad) {
            throw new IllegalArgumentException(
                    column + " '" + value + "' is no day or time such as 2024-05-31 or 2024-05-31T09:30:00Z", bad);
        }
    }

    private static Channel channel(String column, String value) {
        try {
            return Channel.valueOf("CHANNEL_" + value.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException(
                    column + " '" + value + "' is none of store, self_checkout, web, mobile, phone", unknown);
        }
    }
}
