package org.assidu.analytics.report;

import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.assidu.analytics.features.Features;
import org.jspecify.annotations.Nullable;

/** What the newest programme of an export says that reports need: its purse, its cheapest reward, its objectives. */
final class ProgrammeTerms {

    static final long MICRO = 1_000_000;
    private static final int PER_POINT_DIGITS = 10;

    private final JsonNode document;
    private final int currencyDigits;

    private ProgrammeTerms(JsonNode document, int currencyDigits) {
        this.document = document;
        this.currencyDigits = currencyDigits;
    }

    /** A target of the programme for a period. */
    record Objective(String id, String metric, BigDecimal target, LocalDate firstDay, LocalDate lastDay) {}

    /**
     * What a point is worth, and who says so.
     *
     * @param minor minor units of currency a point
     */
    record PointValue(BigDecimal minor, Text origin) {

        /** Micropoints in minor units, half up. */
        long minorOf(long pointsMicro) {
            return minor.multiply(BigDecimal.valueOf(pointsMicro))
                    .divide(BigDecimal.valueOf(MICRO), 0, RoundingMode.HALF_UP)
                    .longValueExact();
        }
    }

    /** The version in force at the end, else the newest there is. */
    static ProgrammeTerms of(Features features) {
        return features.once(ProgrammeTerms.class, ProgrammeTerms::read);
    }

    private static ProgrammeTerms read(Features features) {
        int digits = Math.max(0, features.scope().currency().getDefaultFractionDigits());
        List<Row> newest = features.programmeVersions()
                .select("version", "document")
                .orderBy(col("version").desc())
                .limit(1)
                .collectAsList();
        JsonNode document = MissingNode.getInstance();
        if (!newest.isEmpty()) {
            try {
                document = new ObjectMapper().readTree(newest.get(0).getString(1));
            } catch (JsonProcessingException e) {
                document = MissingNode.getInstance();
            }
        }
        return new ProgrammeTerms(document, digits);
    }

    /** The purse that points are earned into. */
    String purse() {
        return document.path("purse").path("id").asText("points");
    }

    List<Objective> objectives() {
        List<Objective> objectives = new ArrayList<>();
        for (JsonNode one : document.path("objectives")) {
            objectives.add(new Objective(
                    one.path("id").asText(),
                    one.path("metric").asText(),
                    new BigDecimal(one.path("target").asText("0")),
                    LocalDate.parse(one.path("first_day").asText()),
                    LocalDate.parse(one.path("last_day").asText())));
        }
        return objectives;
    }

    /** Ids of the tiers, lowest first. */
    List<String> tiers() {
        List<String> tiers = new ArrayList<>();
        document.path("tiers")
                .path("levels")
                .forEach(level -> tiers.add(level.path("id").asText()));
        return tiers;
    }

    /** Articles that are a club's fee. */
    List<String> clubArticles() {
        List<String> articles = new ArrayList<>();
        for (JsonNode club : document.path("clubs")) {
            String sku = club.path("sku").asText("");
            if (!sku.isEmpty()) {
                articles.add(sku);
            }
        }
        return articles;
    }

    /** Percent of a rule's cost by funder (CHAIN, STORE, SUPPLIER); nothing where the chain pays all. */
    Map<String, BigDecimal> funding(String rule) {
        Map<String, BigDecimal> shares = new TreeMap<>();
        for (JsonNode bonus : document.path("bonuses")) {
            if (bonus.path("id").asText().equals(rule)) {
                for (JsonNode share : bonus.path("funded_by")) {
                    shares.merge(
                            share.path("funder").asText(),
                            new BigDecimal(share.path("percent").asText("0")),
                            BigDecimal::add);
                }
            }
        }
        return shares;
    }

    /** Points that the cheapest threshold reward asks for; 0 where the programme has none. */
    long cheapestRewardMicro() {
        long cheapest = 0;
        for (JsonNode reward : document.path("threshold_rewards")) {
            long reaches =
                    reward.path("reaches").decimalValue().movePointRight(6).longValue();
            if (reward.path("measure").asText().equals("POINTS") && (cheapest == 0 || reaches < cheapest)) {
                cheapest = reaches;
            }
        }
        return cheapest;
    }

    /**
     * The value of a point: as told, else what the dearest threshold reward makes of it.
     *
     * @param averageOrderMinor on which a percentage is taken; NaN where there is none
     * @return null where nothing says
     */
    @Nullable
    PointValue pointValue(Settings settings, double averageOrderMinor) {
        BigDecimal told = settings.pointValue();
        if (told != null) {
            return new PointValue(
                    told.movePointRight(currencyDigits),
                    Text.of("as told by --point-value", "donnée par --point-value"));
        }
        PointValue dearest = null;
        for (JsonNode threshold : document.path("threshold_rewards")) {
            PointValue value = implied(threshold, averageOrderMinor);
            if (value != null && (dearest == null || value.minor().compareTo(dearest.minor()) > 0)) {
                dearest = value;
            }
        }
        return dearest;
    }

    private @Nullable PointValue implied(JsonNode threshold, double averageOrderMinor) {
        JsonNode reward = threshold.path("reward");
        BigDecimal reaches = threshold.path("reaches").decimalValue();
        if (!threshold.path("measure").asText().equals("POINTS") || reaches.signum() <= 0) {
            return null;
        }
        String id = threshold.path("id").asText();
        BigDecimal value = reward.path("value").decimalValue();
        return switch (reward.path("kind").asText()) {
            case "FIXED_AMOUNT", "GIFT_VOUCHER" ->
                new PointValue(
                        value.movePointRight(currencyDigits).divide(reaches, PER_POINT_DIGITS, RoundingMode.HALF_UP),
                        Text.of("what the reward " + id + " gives", "ce que donne la récompense " + id));
            case "PERCENTAGE_OFF" ->
                Double.isNaN(averageOrderMinor)
                        ? null
                        : new PointValue(
                                BigDecimal.valueOf(averageOrderMinor)
                                        .multiply(value)
                                        .divide(
                                                reaches.multiply(BigDecimal.valueOf(100)),
                                                PER_POINT_DIGITS,
                                                RoundingMode.HALF_UP),
                                Text.of(
                                        "estimate: the reward " + id + " on an average order",
                                        "estimation : la récompense " + id + " sur un panier moyen"));
            default -> null;
        };
    }
}
