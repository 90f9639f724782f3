package org.assidu.accrual.programme;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.model.Mechanics.Act;
import org.assidu.accrual.model.Mechanics.ActKind;
import org.assidu.accrual.model.Points;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.ProgrammeDocument.ThresholdReward;
import org.jspecify.annotations.Nullable;

/** Something other than a purchase that is rewarded, in integers. */
public final class ActRule {
    /** Index of no threshold reward. */
    public static final int NONE = -1;

    private static final long ONCE = 1;

    private final Act source;
    private final int index;
    private final int rule;
    private final long pointsMicro;
    private final int threshold;

    private ActRule(Act source, int index, int rule, ProgrammeDocument document) {
        this.source = source;
        this.index = index;
        this.rule = rule;
        pointsMicro = source.points().multiply(BigDecimal.valueOf(Points.MICRO)).longValueExact();
        threshold = document.thresholdRewards().stream()
                .map(ThresholdReward::id)
                .toList()
                .indexOf(source.reward() == null ? "" : source.reward());
    }

    /** Acts of a programme version, in document order. */
    public static List<ActRule> of(Programme programme) {
        List<Act> acts = programme.document().mechanics().acts();
        List<ActRule> rules = new ArrayList<>(acts.size());
        for (int i = 0; i < acts.size(); i++) {
            int rule = programme.firstRule(RuleKind.ACT) + i;
            rules.add(new ActRule(acts.get(i), i, rule, programme.document()));
        }
        return List.copyOf(rules);
    }

    /** Whether time alone brings about one of the acts of a document. */
    static boolean anyByTime(ProgrammeDocument document) {
        return document.mechanics().acts().stream().anyMatch(ActRule::isByTime);
    }

    private static boolean isByTime(Act act) {
        return switch (act.kind()) {
            case BIRTHDAY, EVERY_MONTHS, DORMANT -> true;
            case PROFILE_COMPLETED, REVIEW -> act.number() > 0;
            case WELCOME, REFERRER, REFERRED, SURVEY, CUSTOM, TIER_ENTRY -> false;
        };
    }

    /** Whether time alone gives it, or asks for it. */
    public boolean isByTime() {
        return isByTime(source);
    }

    public String id() {
        return source.id();
    }

    public ActKind kind() {
        return source.kind();
    }

    /** Code of a CUSTOM act, tier of TIER_ENTRY; null otherwise. */
    public @Nullable String code() {
        return source.code();
    }

    /** Place among the acts of its programme. */
    public int index() {
        return index;
    }

    /** Rule index in its programme. */
    public int rule() {
        return rule;
    }

    /** Months or days; what they are is said by the kind. */
    public int number() {
        return source.number();
    }

    public long pointsMicro() {
        return pointsMicro;
    }

    /** Index of the threshold reward that it grants; {@link #NONE} = none. */
    public int threshold() {
        return threshold;
    }

    /** Reward of the shop that it grants; null = none. */
    public @Nullable String shopReward() {
        return threshold == NONE ? source.reward() : null;
    }

    /** Most times for one member. */
    public long most() {
        return switch (source.kind()) {
            case WELCOME, PROFILE_COMPLETED, REFERRED -> ONCE;
            case REFERRER, REVIEW, SURVEY, CUSTOM, BIRTHDAY, EVERY_MONTHS, TIER_ENTRY, DORMANT ->
                source.times() == 0 ? Long.MAX_VALUE : source.times();
        };
    }
}
