package org.assidu.accrual.document;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.ProgrammeDocument.Basis;
import org.assidu.accrual.model.ProgrammeDocument.Earning;
import org.assidu.accrual.model.ProgrammeDocument.ThresholdReward;
import org.assidu.accrual.programme.ProgrammeCompiler;

/**
 * The one text that a document has whatever its layout, order and defaults were: JSON without spaces, keys sorted, every
 * default written, numbers plain. Reading it gives the same document.
 */
final class Canonical {
    private Canonical() {}

    static String text(ProgrammeDocument document) {
        StringBuilder json = new StringBuilder();
        write(json, tree(document));
        return json.toString();
    }

    static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static Map<String, Object> tree(ProgrammeDocument document) {
        int digits = Math.max(0, ProgrammeCompiler.minorDigits(document.currency()));
        Map<String, Object> tree = new TreeMap<>();
        tree.put("format", BigDecimal.valueOf(ProgrammeReader.FORMAT));
        tree.put("id", document.id());
        tree.put("name", Map.of("en", document.nameEn(), "fr", document.nameFr()));
        tree.put(
                "effective_from",
                Instant.ofEpochMilli(document.effectiveFromMillis()).toString());
        tree.put("time_zone", document.timeZone());
        tree.put("currency", document.currency());
        tree.put("numbering", document.numbering().name());
        tree.put(
                "accepted_window",
                Map.of(
                        "past_days", BigDecimal.valueOf(document.acceptedPastDays()),
                        "ahead_minutes", BigDecimal.valueOf(document.acceptedAheadMinutes())));
        tree.put("return_window_days", BigDecimal.valueOf(document.returnWindowDays()));
        if (document.returnsRestoreRewards()) {
            tree.put("returns_restore_rewards", true);
        }
        tree.put("open_receipt_timeout_minutes", BigDecimal.valueOf(document.openReceiptTimeoutMinutes()));
        tree.put("largest_amount", plain(BigDecimal.valueOf(document.largestAmountMinor(), digits)));
        tree.put("purse", CanonicalMechanics.purse(document.purse()));
        tree.put("earning", earning(document.earning()));
        tree.put(
                "threshold_rewards",
                document.thresholdRewards().stream().map(Canonical::reward).toList());
        tree.put(
                "cards",
                document.cards().stream()
                        .map(range -> Map.of(
                                "from", BigDecimal.valueOf(range.first()),
                                "to", BigDecimal.valueOf(range.last()),
                                "auto_enrol", range.autoEnrol()))
                        .toList());
        CanonicalMechanics.put(tree, document.mechanics());
        return tree;
    }

    private static Map<String, Object> earning(Earning earning) {
        Map<String, Object> tree = new TreeMap<>();
        tree.put("basis", earning.basis().name());
        tree.put("points", plain(earning.points()));
        if (earning.basis() == Basis.AMOUNT) {
            tree.put("per", BigDecimal.ONE);
        }
        tree.put("tax", earning.tax().name());
        tree.put(
                "exclude",
                Map.of(
                        "categories", earning.excludedCategories(),
                        "stores", earning.excludedStores(),
                        "tenders",
                                earning.excludedTenders().stream()
                                        .map(Enum::name)
                                        .toList()));
        tree.put("promoted_articles_earn", earning.promotedArticlesEarn());
        tree.put("weighed_goods", earning.weighedGoods().name());
        return tree;
    }

    private static Map<String, Object> reward(ThresholdReward reward) {
        Map<String, Object> tree = new TreeMap<>();
        tree.put("id", reward.id());
        tree.put("measure", reward.measure().name());
        tree.put("reaches", plain(reward.reaches()));
        tree.put("window", reward.window().name());
        if (reward.category() != null) {
            tree.put("category", reward.category());
        }
        tree.put("surplus", reward.surplus().name());
        Map<String, Object> unlocked = new TreeMap<>();
        unlocked.put("kind", reward.kind().name());
        if (reward.value().signum() != 0) {
            unlocked.put("value", plain(reward.value()));
        }
        if (reward.sku() != null) {
            unlocked.put("sku", reward.sku());
        }
        tree.put("reward", unlocked);
        tree.put("auto_apply", reward.autoApply());
        tree.put("reward_receipts_earn", reward.rewardReceiptsEarn());
        CanonicalMechanics.validity(tree, reward.validDays(), reward.reminderDays());
        return tree;
    }

    /** Without trailing zeros and without exponent. */
    static BigDecimal plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static void write(StringBuilder json, Object value) {
        if (value instanceof Map<?, ?> map) {
            String before = "";
            json.append('{');
            for (Map.Entry<?, ?> entry : new TreeMap<>(map).entrySet()) {
                json.append(before);
                writeText(json, (String) entry.getKey());
                json.append(':');
                write(json, entry.getValue());
                before = ",";
            }
            json.append('}');
        } else if (value instanceof List<?> list) {
            json.append('[');
            for (int i = 0; i < list.size(); i++) {
                json.append(i == 0 ? "" : ",");
                write(json, list.get(i));
            }
            json.append(']');
        } else if (value instanceof BigDecimal number) {
            json.append(number.toPlainString());
        } else if (value instanceof Boolean truth) {
            json.append(truth.booleanValue());
        } else {
            writeText(json, (String) value);
        }
    }

    private static void writeText(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < 0x20 || c == 0x7f || c == 0x85 || c == 0x2028 || c == 0x2029 || c == 0xfeff) {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
