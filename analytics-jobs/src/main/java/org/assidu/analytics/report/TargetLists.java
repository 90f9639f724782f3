package org.assidu.analytics.report;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assidu.analytics.features.Features;
import org.assidu.analytics.ingest.ExportTable;
import org.assidu.analytics.model.Histogram;
import org.jspecify.annotations.Nullable;

/** Members who fit a list, who of them may be on it, and in which wave. */
final class TargetLists {

    private static final int YEAR_DAYS = 365;
    private static final int SOON_DAYS = 30;
    private static final int BEST_SHARE = 10;

    /** The lists; the tag is their name in files and at the till. */
    enum Kind {
        PRIVATE_SALE("private-sale", "Best members, for a private sale", "Meilleurs membres, pour une vente privée"),
        DORMANT("dormant", "Dormant, to win back", "Endormis, à reconquérir"),
        TIER_AT_RISK("tier-at-risk", "About to lose a tier", "Sur le point de perdre un palier"),
        POINTS_EXPIRING("points-expiring", "Points about to expire", "Points bientôt expirés"),
        BIRTHDAY("birthday", "Birthday soon", "Anniversaire proche");

        private final String tag;
        private final Text label;

        Kind(String tag, String en, String fr) {
            this.tag = tag;
            this.label = Text.of(en, fr);
        }

        String tag() {
            return tag;
        }

        Text label() {
            return label;
        }
    }

    /** A member on a list. */
    record Target(long member, int wave, LocalDate validUntil, Text reason) {}

    /** Members who fit, and why some are not on the list: the first reason counts. */
    record Counts(long candidates, long opposed, long noConsent, long earlier) {}

    private record Candidate(
            long member, long rank, long value, @Nullable LocalDate day, boolean opposed, boolean consents) {}

    private final Features features;
    private final TargetRules rules;
    private final int churnDays;
    private final LocalDate today;
    private final Map<Kind, List<Target>> targets = new EnumMap<>(Kind.class);
    private final Map<Kind, Counts> counts = new EnumMap<>(Kind.class);

    private TargetLists(Features features, TargetRules rules) {
        this.features = features;
        this.rules = rules;
        this.today = features.scope().lastDate();
        this.churnDays = churnDays(features);
    }

    static TargetLists of(Features features, TargetRules rules) {
        TargetLists lists = new TargetLists(features, rules);
        Map<Kind, List<Candidate>> candidates = lists.candidates();
        for (Kind kind : Kind.values()) {
            lists.cut(kind, candidates.getOrDefault(kind, List.of()));
        }
        return lists;
    }

    /** A purchase is due within so many days for nine gaps in ten. */
    static int churnDays(Features features) {
        return (int) Math.max(1, new Histogram(MemberHistograms.of(features).gapDays()).quantile(0.9));
    }

    int churnDays() {
        return churnDays;
    }

    List<Target> of(Kind kind) {
        return targets.getOrDefault(kind, List.of());
    }

    Counts counts(Kind kind) {
        return counts.getOrDefault(kind, new Counts(0, 0, 0, 0));
    }

    /** Who fits, in words. */
    Text rule(Kind kind) {
        return switch (kind) {
            case PRIVATE_SALE ->
                Text.of(
                        "the tenth of active members with the highest net turnover in " + YEAR_DAYS + " days",
                        "le dixième des membres actifs au CA net le plus élevé sur " + YEAR_DAYS + " jours");
            case DORMANT ->
                Text.of(
                        "2 orders or more, silent for " + (churnDays + 1) + " to " + (churnDays + YEAR_DAYS) + " days",
                        "au moins 2 achats, silencieux depuis " + (churnDays + 1) + " à " + (churnDays + YEAR_DAYS)
                                + " jours");
            case TIER_AT_RISK ->
                Text.of("told so by the programme, review ahead", "prévenus par le programme, revue à venir");
            case POINTS_EXPIRING ->
                Text.of(
                        "points that expire within " + SOON_DAYS + " days",
                        "points qui expirent sous " + SOON_DAYS + " jours");
            case BIRTHDAY -> Text.of("within " + SOON_DAYS + " days", "sous " + SOON_DAYS + " jours");
        };
    }

    private Map<Kind, List<Candidate>> candidates() {
        Dataset<Row> all = best().unionByName(dormant());
        if (features.hasEvents()) {
            all = all.unionByName(ofEvents());
        }
        if (features.hasExpiry()) {
            all = all.unionByName(expiring());
        }
        String consent = rules.contact().column();
        Dataset<Row> members = features.members()
                .select(
                        col("member_key").as("of_member"),
                        coalesce(col(ExportTable.OPPOSED), lit(false))
                                .or(coalesce(col(ExportTable.ERASED), lit(false)))
                                .or(coalesce(col(ExportTable.CONSENT_PROFILING).equalTo(false), lit(false)))
                                .as("opposed"),
                        (consent.isEmpty() ? lit(true) : coalesce(col(consent), lit(false))).as("consents"));
        Map<Kind, List<Candidate>> byKind = new EnumMap<>(Kind.class);
        for (Row row : all.join(members, col("member_key").equalTo(col("of_member")), "left")
                .withColumn("opposed", coalesce(col("opposed"), lit(false)))
                .withColumn("consents", coalesce(col("consents"), lit(consent.isEmpty())))
                .collectAsList()) {
            java.sql.Date day = row.getAs("day");
            byKind.computeIfAbsent(Kind.values()[row.<Integer>getAs("list")], kind -> new ArrayList<>())
                    .add(new Candidate(
                            row.<Long>getAs("member_key"),
                            row.<Long>getAs("rank"),
                            row.<Long>getAs("value"),
                            day == null ? null : day.toLocalDate(),
                            row.<Boolean>getAs("opposed"),
                            row.<Boolean>getAs("consents")));
        }
        return byKind;
    }

    private static Dataset<Row> list(Dataset<Row> rows, Kind kind, String rank, String value, String day) {
        return rows.selectExpr(
                kind.ordinal() + " AS list",
                "member_key",
                "CAST(" + rank + " AS BIGINT) AS rank",
                "CAST(" + value + " AS BIGINT) AS value",
                "CAST(" + day + " AS DATE) AS day");
    }

    private String date(LocalDate day) {
        return "DATE'" + day + "'";
    }

    private Dataset<Row> best() {
        String window = date(today.minusDays(YEAR_DAYS - 1L));
        Dataset<Row> active = features.memberHistory()
                .filter("last_date >= " + date(today.minusDays(churnDays)))
                .withColumn(
                        "window_minor",
                        expr("aggregate(filter(days, d -> d.sold_date >= " + window
                                + "), 0L, (total, d) -> total + d.net_minor)"))
                .filter(col("window_minor").gt(0));
        int most = (int) Math.max(1, active.count() / BEST_SHARE);
        return list(
                active.orderBy(col("window_minor").desc(), col("member_key")).limit(most),
                Kind.PRIVATE_SALE,
                "window_minor",
                "window_minor",
                "NULL");
    }

    private Dataset<Row> dormant() {
        return list(
                features.memberHistory()
                        .filter("orders > 1 AND last_date < " + date(today.minusDays(churnDays)) + " AND last_date >= "
                                + date(today.minusDays(churnDays + (long) YEAR_DAYS))),
                Kind.DORMANT,
                "net_minor",
                "net_minor",
                "last_date");
    }

    /** Tiers at risk, unless the tier changed since; and birthdays. */
    private Dataset<Row> ofEvents() {
        Dataset<Row> newest = features.events()
                .filter(col("member_key")
                        .isNotNull()
                        .and(col("kind").isin("TIER_AT_RISK", "TIER_REACHED", "TIER_LOST", "BIRTHDAY")))
                .withColumn("topic", expr("CASE WHEN kind = 'BIRTHDAY' THEN 'BIRTHDAY' ELSE 'TIER' END"))
                .groupBy("member_key", "topic")
                .agg(expr("max(struct(position, event, kind, value))").as("last"))
                .selectExpr(
                        "member_key",
                        "last.kind AS kind",
                        "CASE WHEN last.kind IN ('TIER_AT_RISK', 'BIRTHDAY') THEN date_from_unix_date(CAST(last.value AS INT)) END AS day");
        Dataset<Row> risk = newest.filter("kind = 'TIER_AT_RISK' AND day >= " + date(today));
        Dataset<Row> birthday = newest.filter(
                "kind = 'BIRTHDAY' AND day BETWEEN " + date(today) + " AND " + date(today.plusDays(SOON_DAYS)));
        return list(risk, Kind.TIER_AT_RISK, "-unix_date(day)", "0", "day")
                .unionByName(list(birthday, Kind.BIRTHDAY, "-unix_date(day)", "0", "day"));
    }

    private Dataset<Row> expiring() {
        Dataset<Row> lots = features.ledger()
                .filter(col("purse_id").equalTo(ProgrammeTerms.of(features).purse()))
                .filter(ExportTable.EXPIRES_ON + " BETWEEN " + date(today.plusDays(1)) + " AND "
                        + date(today.plusDays(SOON_DAYS)))
                .groupBy("member_key", ExportTable.EXPIRES_ON)
                .agg(sum("points_micro").as("lot_micro"))
                .filter("lot_micro > 0")
                .groupBy("member_key")
                .agg(
                        sum("lot_micro").as("micro"),
                        expr("min(" + ExportTable.EXPIRES_ON + ")").as("first_day"));
        return list(lots, Kind.POINTS_EXPIRING, "micro", "micro", "first_day");
    }

    private void cut(Kind kind, List<Candidate> candidates) {
        List<Candidate> sorted = candidates.stream()
                .sorted(Comparator.comparingLong(Candidate::rank).reversed().thenComparingLong(Candidate::member))
                .toList();
        List<Target> kept = new ArrayList<>();
        long opposed = 0;
        long noConsent = 0;
        long earlier = 0;
        for (Candidate candidate : sorted) {
            if (candidate.opposed()) {
                opposed++;
            } else if (!candidate.consents()) {
                noConsent++;
            } else if (rules.excluded().contains(candidate.member())) {
                earlier++;
            } else {
                int wave = rules.waveSize() == 0 ? 1 : kept.size() / rules.waveSize() + 1;
                kept.add(new Target(candidate.member(), wave, validUntil(kind, candidate), reason(kind, candidate)));
            }
        }
        targets.put(kind, kept);
        counts.put(kind, new Counts(sorted.size(), opposed, noConsent, earlier));
    }

    private LocalDate validUntil(Kind kind, Candidate candidate) {
        LocalDate day = candidate.day();
        return kind == Kind.DORMANT || day == null ? today.plusDays(SOON_DAYS) : day;
    }

    private Text reason(Kind kind, Candidate candidate) {
        return switch (kind) {
            case PRIVATE_SALE ->
                Text.of(
                        "net " + money(candidate.value()) + " in " + YEAR_DAYS + " days",
                        "CA net " + money(candidate.value()) + " sur " + YEAR_DAYS + " jours");
            case DORMANT ->
                Text.of(
                        "last order " + candidate.day() + "; net " + money(candidate.value()),
                        "dernier achat " + candidate.day() + " ; CA net " + money(candidate.value()));
            case TIER_AT_RISK -> Text.of("review on " + candidate.day(), "revue le " + candidate.day());
            case POINTS_EXPIRING -> {
                String points = BigDecimal.valueOf(candidate.value(), 6)
                        .stripTrailingZeros()
                        .toPlainString();
                yield Text.of(
                        points + " points, the first on " + candidate.day(),
                        points + " points, les premiers le " + candidate.day());
            }
            case BIRTHDAY -> Text.of("on " + candidate.day(), "le " + candidate.day());
        };
    }

    private String money(long minor) {
        int digits = Math.max(0, features.scope().currency().getDefaultFractionDigits());
        return BigDecimal.valueOf(minor, digits).toPlainString() + " "
                + features.scope().currency().getCurrencyCode();
    }
}
