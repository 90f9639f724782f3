package org.assidu.accrual.programme;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assidu.accrual.model.Problem;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.ProgrammeDocument.Basis;
import org.assidu.accrual.model.ProgrammeDocument.Measure;
import org.assidu.accrual.model.ProgrammeDocument.ThresholdReward;
import org.assidu.accrual.model.RewardKind;

/** Compiles the threshold rewards of one document. */
final class RewardCompiler {
    /** Keeps cost × most uses of one receipt within a long. */
    private static final long MOST_UNITS = 1_000_000_000_000_000L;

    private static final long MOST_VALUE = Limits.AMOUNT_MINOR;

    private final ProgrammeDocument document;
    private final List<Problem> problems;

    RewardCompiler(ProgrammeDocument document, List<Problem> problems) {
        this.document = document;
        this.problems = problems;
    }

    List<RewardRule> compile(int currencyDigits) {
        List<ThresholdReward> rewards = document.thresholdRewards();
        if (rewards.size() > Limits.REWARDS) {
            problem("threshold_rewards", "has " + rewards.size() + " rewards; write at most " + Limits.REWARDS);
        }
        List<RewardRule> compiled = new ArrayList<>();
        Set<String> ids = new HashSet<>(Set.of(Programme.BASE_RULE_ID));
        for (int i = 0; i < rewards.size(); i++) {
            ThresholdReward reward = rewards.get(i);
            String path = "threshold_rewards[" + i + "]";
            checkId(path + ".id", reward.id(), ids);
            checkCategory(path + ".category", reward);
            checkSku(path + ".reward.sku", reward);
            long reaches = reaches(path + ".reaches", reward, currencyDigits);
            long value = value(path + ".reward", reward, currencyDigits);
            compiled.add(new RewardRule(i, reward, reaches, value));
        }
        return compiled;
    }

    private void problem(String path, String message) {
        problems.add(Problem.at(path, message));
    }

    private void checkId(String path, String id, Set<String> ids) {
        if (!ProgrammeCompiler.ID.matcher(id).matches()) {
            problem(
                    path,
                    "\"" + id
                            + "\" is no id; write up to 64 lower-case letters, digits, - and _, a letter first, such as ten-percent");
        } else if (!ids.add(id)) {
            problem(path, "\"" + id + "\" is the id of another rule; give each rule an id of its own");
        }
    }

    private void checkCategory(String path, ThresholdReward reward) {
        String category = reward.category();
        if (category == null) {
            return;
        }
        if (category.isBlank() || RewardRule.bytes(category).length > 64) {
            problem(
                    path,
                    "\"" + category + "\" has " + RewardRule.bytes(category).length
                            + " bytes; write 1 to 64, or leave it out for all categories");
        }
        if (reward.measure() == Measure.POINTS && document.earning().basis() == Basis.VISIT) {
            problem(path, "under basis VISIT points belong to no category; use measure VISITS, or leave it out");
        }
    }

    private void checkSku(String path, ThresholdReward reward) {
        String sku = reward.sku();
        if (reward.kind() != RewardKind.FREE_ARTICLE) {
            if (sku != null) {
                problem(path, "only a FREE_ARTICLE has an article code; remove it");
            }
            return;
        }
        if (sku == null || sku.isBlank() || RewardRule.bytes(sku).length > 64) {
            problem(path, "a FREE_ARTICLE needs the article's code of 1 to 64 bytes");
        }
    }

    private long reaches(String path, ThresholdReward reward, int currencyDigits) {
        String each = " each time it reaches " + reward.measure();
        return switch (reward.measure()) {
            case POINTS -> whole(path, reward.reaches(), 6, MOST_UNITS, "points" + each);
            case SPEND -> whole(path, reward.reaches(), currencyDigits, MOST_UNITS, document.currency() + each);
            case ARTICLES -> whole(path, reward.reaches(), 3, MOST_UNITS, "articles" + each);
            case VISITS -> whole(path, reward.reaches(), 0, MOST_UNITS, "visits" + each);
        };
    }

    private long value(String path, ThresholdReward reward, int currencyDigits) {
        return switch (reward.kind()) {
            case PERCENTAGE_OFF -> whole(path + ".value", reward.value(), 2, 10_000, "percent");
            case FIXED_AMOUNT, GIFT_VOUCHER ->
                whole(path + ".value", reward.value(), currencyDigits, MOST_VALUE, document.currency());
            case FREE_ARTICLE -> {
                if (reward.value().signum() != 0) {
                    problem(path + ".value", "a FREE_ARTICLE has no value; remove it");
                }
                yield 0;
            }
            case UNSPECIFIED -> {
                problem(path + ".kind", "write PERCENTAGE_OFF, FIXED_AMOUNT, GIFT_VOUCHER or FREE_ARTICLE");
                yield 0;
            }
        };
    }

    /** A decimal in units of 10^-decimals; 1 with a problem, so that compiling goes on. */
    private long whole(String path, BigDecimal value, int decimals, long most, String what) {
        BigDecimal units = value.movePointRight(decimals).stripTrailingZeros();
        if (value.signum() > 0 && units.scale() <= 0 && units.compareTo(BigDecimal.valueOf(most)) <= 0) {
            return units.longValueExact();
        }
        problem(
                path,
                "is " + value.toPlainString() + "; write " + what + " above 0, at most "
                        + BigDecimal.valueOf(most, decimals)
                                .stripTrailingZeros()
                                .toPlainString()
                        + (decimals == 0 ? ", a whole number" : ", with at most " + decimals + " decimals"));
        return 1;
    }
}
