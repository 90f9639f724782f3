package org.assidu.accrual.document;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.ProgrammeDocument.Basis;
import org.assidu.accrual.model.ProgrammeDocument.CardRange;
import org.assidu.accrual.model.ProgrammeDocument.Earning;
import org.assidu.accrual.model.ProgrammeDocument.Measure;
import org.assidu.accrual.model.ProgrammeDocument.Numbering;
import org.assidu.accrual.model.ProgrammeDocument.Surplus;
import org.assidu.accrual.model.ProgrammeDocument.Tax;
import org.assidu.accrual.model.ProgrammeDocument.ThresholdReward;
import org.assidu.accrual.model.ProgrammeDocument.WeighedGoods;
import org.assidu.accrual.model.ProgrammeDocument.Window;
import org.assidu.accrual.model.RewardKind;
import org.assidu.accrual.model.TenderKind;
import org.assidu.accrual.programme.ProgrammeCompiler;
import org.assidu.accrual.programme.Rates;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/** From nodes to a document, with defaults; whatever cannot be read gets a stand-in that makes no problem of its own. */
final class ProgrammeReader {
    static final int FORMAT = 1;
    private static final BigDecimal LARGEST_AMOUNT = BigDecimal.valueOf(1_000_000);

    private final Fields fields;
    private final String currency;
    private final int currencyDigits;

    private ProgrammeReader(Fields fields) {
        this.fields = fields;
        fields.require("currency", "the ISO 4217 code of the receipts' currency, such as EUR");
        currency = fields.text("currency", "EUR");
        int digits = ProgrammeCompiler.minorDigits(currency);
        currencyDigits = digits < 0 ? 2 : digits;
    }

    static ProgrammeDocument read(MappingNode root, ProblemLog log) {
        return new ProgrammeReader(Fields.of("", root, log)).read();
    }

    private ProgrammeDocument read() {
        fields.require("format", "format: " + FORMAT);
        if (fields.integer("format", FORMAT) != FORMAT) {
            fields.problem("format", "is a format this version does not read; write " + FORMAT);
        }
        fields.require("id", "a short id such as points");
        String id = fields.text("id", "points");
        fields.require("time_zone", "an IANA name such as Europe/Paris");
        String timeZone = fields.text("time_zone", "UTC");
        Fields name = fields.mapping("name");
        Fields window = fields.mapping("accepted_window");
        ProgrammeDocument document = new ProgrammeDocument(
                id,
                name.text("en", id),
                name.text("fr", name.text("en", id)),
                effectiveFromMillis(timeZone),
                timeZone,
                currency,
                fields.choice("numbering", Numbering.CONTINUOUS, Fields.all(Numbering.values())),
                window.integer("past_days", 45),
                window.integer("ahead_minutes", 10),
                fields.integer("return_window_days", 365),
                fields.bool("returns_restore_rewards", false),
                fields.integer("open_receipt_timeout_minutes", 240),
                largestAmountMinor(),
                PurseReader.points(fields.mapping("purse")),
                earning(),
                fields.mappings("threshold_rewards").stream()
                        .map(this::thresholdReward)
                        .toList(),
                fields.mappings("cards").stream().map(this::cards).toList(),
                MechanicsReader.read(fields));
        name.end();
        window.end();
        fields.end();
        return document;
    }

    private long effectiveFromMillis(String timeZone) {
        fields.require("effective_from", "the first day, such as 2026-01-01");
        String text = fields.text("effective_from");
        if (text == null) {
            return 0;
        }
        try {
            ZoneId zone = zoneOrUtc(timeZone);
            if (!text.contains("T")) {
                return LocalDate.parse(text).atStartOfDay(zone).toInstant().toEpochMilli();
            }
            boolean hasOffset = text.endsWith("Z") || text.lastIndexOf('+') > 0 || text.lastIndexOf('-') > 7;
            return hasOffset
                    ? OffsetDateTime.parse(text).toInstant().toEpochMilli()
                    : LocalDateTime.parse(text).atZone(zone).toInstant().toEpochMilli();
        } catch (DateTimeException e) {
            fields.problem(
                    "effective_from",
                    "\"" + text + "\" is no date; write a day such as 2026-01-01, or a time such as 2026-01-01T06:00");
            return 0;
        }
    }

    private static ZoneId zoneOrUtc(String timeZone) {
        try {
            return ZoneId.of(timeZone);
        } catch (DateTimeException e) {
            // The compiler reports it.
            return ZoneOffset.UTC;
        }
    }

    private long largestAmountMinor() {
        BigDecimal amount = fields.decimal("largest_amount");
        BigDecimal minor = (amount == null ? LARGEST_AMOUNT : amount).movePointRight(currencyDigits);
        BigDecimal whole = minor.stripTrailingZeros();
        if (whole.scale() > 0 || whole.precision() - whole.scale() > 18) {
            fields.problem(
                    "largest_amount",
                    "is " + minor.movePointLeft(currencyDigits).toPlainString() + "; write an amount with at most "
                            + currencyDigits + " decimals, such as 100000");
            return 1;
        }
        return whole.longValueExact();
    }

    private Earning earning() {
        fields.require("earning", "the earning basis: basis: AMOUNT and points: 1 below it");
        boolean present = fields.has("earning");
        Fields earning = fields.mapping("earning");
        Fields exclude = earning.mapping("exclude");
        Basis basis = earning.choice("basis", Basis.AMOUNT, Fields.all(Basis.values()));
        Earning read = new Earning(
                basis,
                present ? points(earning, basis) : BigDecimal.ONE,
                earning.choice("tax", Tax.INCLUDED, Fields.all(Tax.values())),
                List.copyOf(exclude.texts("categories")),
                List.copyOf(exclude.texts("stores")),
                List.copyOf(exclude.choices("tenders", specified(TenderKind.values()))),
                earning.bool("promoted_articles_earn", true),
                earning.choice("weighed_goods", WeighedGoods.PER_LINE, Fields.all(WeighedGoods.values())));
        exclude.end();
        earning.end();
        return read;
    }

    /** Points per 1.00 of currency, article or visit. */
    private BigDecimal points(Fields earning, Basis basis) {
        earning.require("points", "how many points, such as 1");
        BigDecimal points = earning.decimal("points");
        BigDecimal per = earning.decimal("per");
        if (per != null && basis != Basis.AMOUNT) {
            earning.problem("per", "is an amount of currency, for basis AMOUNT; remove it");
            per = null;
        }
        if (per != null && per.signum() <= 0) {
            earning.problem("per", "is " + per.toPlainString() + "; write the amount that earns the points, such as 1");
            per = null;
        }
        if (points == null) {
            return BigDecimal.ONE;
        }
        Rates.Rate rate = Rates.of(basis, points, per == null ? BigDecimal.ONE : per, currencyDigits);
        if (rate.problem() != null) {
            String written = per == null ? "" : "with per: " + per.toPlainString() + " ";
            earning.problem("points", written + rate.problem());
            return BigDecimal.ONE;
        }
        return Rates.decimal(basis, BigDecimal.valueOf(rate.micro()), currencyDigits);
    }

    private ThresholdReward thresholdReward(Fields reward) {
        reward.require("measure", "what is counted: POINTS, SPEND, ARTICLES or VISITS");
        reward.require("reaches", "how much unlocks the reward, such as 300");
        reward.require("reward", "what is unlocked: kind: PERCENTAGE_OFF and value: 10 below it");
        boolean present = reward.has("reward");
        Fields unlocked = reward.mapping("reward");
        if (present) {
            unlocked.require("kind", "PERCENTAGE_OFF, FIXED_AMOUNT, GIFT_VOUCHER or FREE_ARTICLE");
        }
        RewardKind kind = unlocked.choice("kind", RewardKind.PERCENTAGE_OFF, specified(RewardKind.values()));
        if (present && kind != RewardKind.FREE_ARTICLE) {
            unlocked.require(
                    "value", kind == RewardKind.PERCENTAGE_OFF ? "percent, such as 10" : "an amount such as 5");
        }
        ThresholdReward read = new ThresholdReward(
                reward.id("ten-percent"),
                reward.choice("measure", Measure.POINTS, Fields.all(Measure.values())),
                reward.decimal("reaches", BigDecimal.ONE),
                reward.choice("window", Window.LIFETIME, Fields.all(Window.values())),
                reward.text("category"),
                reward.choice("surplus", Surplus.KEEP, Fields.all(Surplus.values())),
                kind,
                unlocked.decimal("value", kind == RewardKind.FREE_ARTICLE ? BigDecimal.ZERO : BigDecimal.ONE),
                unlocked.text("sku"),
                reward.bool("auto_apply", false),
                reward.bool("reward_receipts_earn", true),
                reward.integer("valid_days", 0),
                List.copyOf(reward.integers("reminder_days")));
        unlocked.end();
        reward.end();
        return read;
    }

    private CardRange cards(Fields range) {
        range.require("from", "the first card's 13 digits");
        range.require("to", "the last card's 13 digits");
        CardRange read = new CardRange(
                range.number("from", 0, 0, Long.MAX_VALUE),
                range.number("to", 0, 0, Long.MAX_VALUE),
                range.bool("auto_enrol", false));
        range.end();
        return read;
    }

    /** All but the first, which says that nothing was said. */
    private static <E extends Enum<E>> List<E> specified(E[] values) {
        return Arrays.asList(values).subList(1, values.length);
    }
}
