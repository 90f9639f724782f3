package org.assidu.accrual.document;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.List;
import org.assidu.accrual.model.Bonus;
import org.assidu.accrual.model.Bonus.Award;
import org.assidu.accrual.model.Bonus.AwardKind;
import org.assidu.accrual.model.Bonus.BirthdayWindow;
import org.assidu.accrual.model.Bonus.BonusLimits;
import org.assidu.accrual.model.Bonus.Combine;
import org.assidu.accrual.model.Bonus.Exclusion;
import org.assidu.accrual.model.Bonus.Funder;
import org.assidu.accrual.model.Bonus.FundingShare;
import org.assidu.accrual.model.Bonus.NthVisit;
import org.assidu.accrual.model.Bonus.When;
import org.assidu.accrual.model.Channel;
import org.assidu.accrual.model.ProgrammeDocument.Window;
import org.jspecify.annotations.Nullable;

/** Reads bonuses. */
final class BonusReader {
    private static final List<Channel> CHANNELS =
            Arrays.asList(Channel.values()).subList(1, Channel.values().length);

    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    /** Compiles, whatever else the programme says. */
    private static final Award UNREADABLE = new Award(AwardKind.MULTIPLIER, TWO, null);

    private BonusReader() {}

    static Bonus read(Fields fields) {
        String id = fields.id("gold-tuesday");
        Fields.Name name = fields.name(id);
        fields.require("award", "what it gives: kind: MULTIPLIER and value: 2 below it");
        Bonus read = new Bonus(
                id,
                name.en(),
                name.fr(),
                when(fields.mapping("when")),
                fields.has("award") ? award(fields.mapping("award")) : UNREADABLE,
                limits(fields.mapping("limits")),
                fields.text("group"),
                fields.choice("combine", Combine.PRODUCT, Fields.all(Combine.values())),
                exclusion(id, fields),
                fundedBy(fields),
                fields.decimal("control_percent", BigDecimal.ZERO));
        fields.end();
        return read;
    }

    /** A bonus of a group without a programme is one by itself. */
    private static @Nullable Exclusion exclusion(String id, Fields fields) {
        String programme = fields.text("programme");
        if (programme != null) {
            fields.require("exclusive_group", "the group of programmes of which only one rewards a line");
        }
        String group = fields.text("exclusive_group");
        return group == null ? null : new Exclusion(group, programme == null ? id : programme);
    }

    private static When when(Fields fields) {
        When read = new When(
                List.copyOf(fields.texts("stores")),
                List.copyOf(fields.texts("banners")),
                List.copyOf(fields.choices("channels", CHANNELS)),
                List.copyOf(fields.texts("skus")),
                List.copyOf(fields.texts("categories")),
                List.copyOf(fields.texts("brands")),
                List.copyOf(fields.choices("weekdays", Fields.all(DayOfWeek.values()))),
                fields.time("from"),
                fields.time("to"),
                fields.date("first_day"),
                fields.date("last_day"),
                List.copyOf(fields.texts("tiers")),
                List.copyOf(fields.texts("clubs")),
                fields.plainDecimal("amount_at_least"),
                fields.bool("first_purchase", false),
                nthVisit(fields),
                fields.optionalInteger("unbought_days"),
                birthday(fields),
                fields.optionalInteger("dormant_days"),
                List.copyOf(fields.texts("tags")));
        fields.end();
        return read;
    }

    private static @Nullable NthVisit nthVisit(Fields fields) {
        if (!fields.has("nth_visit")) {
            return null;
        }
        Fields visit = fields.mapping("nth_visit");
        visit.require("n", "which visit, such as 10 for every tenth");
        NthVisit read = new NthVisit(
                visit.integer("n", 2), visit.choice("window", Window.LIFETIME, Fields.all(Window.values())));
        visit.end();
        return read;
    }

    private static @Nullable BirthdayWindow birthday(Fields fields) {
        if (!fields.has("birthday")) {
            return null;
        }
        Fields birthday = fields.mapping("birthday");
        BirthdayWindow read = new BirthdayWindow(birthday.integer("days_before", 0), birthday.integer("days_after", 0));
        birthday.end();
        return read;
    }

    private static Award award(Fields fields) {
        fields.require("kind", "what it gives, such as MULTIPLIER");
        AwardKind kind = fields.choice("kind", Fields.all(AwardKind.values()));
        boolean single = kind == AwardKind.REWARD || kind == AwardKind.TAG;
        if (kind != null && !single) {
            fields.require("value", "how much, such as 2");
        }
        String target = kind == null ? "" : target(kind);
        if (!target.isEmpty()) {
            fields.require("target", target);
        }
        Award read = new Award(
                kind == null ? AwardKind.MULTIPLIER : kind,
                fields.decimal("value", single ? BigDecimal.ONE : TWO),
                fields.text("target"));
        fields.end();
        return kind == null ? UNREADABLE : read;
    }

    private static String target(AwardKind kind) {
        return switch (kind) {
            case CASHBACK_PERCENT, CASHBACK_AMOUNT -> "the id of the money purse";
            case REWARD -> "the id of the reward";
            case TAG -> "the tag";
            case EXTRA_RATE, FIXED_POINTS, MULTIPLIER, MEMBER_PRICE_PERCENT, MEMBER_PRICE_AMOUNT -> "";
        };
    }

    private static BonusLimits limits(Fields fields) {
        BonusLimits read = new BonusLimits(
                fields.plainDecimal("per_receipt"),
                fields.plainDecimal("per_member_day"),
                fields.plainDecimal("per_member"),
                fields.plainDecimal("budget"));
        fields.end();
        return read;
    }

    static List<FundingShare> fundedBy(Fields fields) {
        return fields.mappings("funded_by").stream()
                .map(BonusReader::fundingShare)
                .toList();
    }

    private static FundingShare fundingShare(Fields fields) {
        fields.require("funder", "CHAIN, STORE or SUPPLIER");
        fields.require("percent", "its share, such as 40");
        FundingShare read = new FundingShare(
                fields.choice("funder", Funder.CHAIN, Fields.all(Funder.values())),
                fields.decimal("percent", BigDecimal.ONE));
        fields.end();
        return read;
    }
}
