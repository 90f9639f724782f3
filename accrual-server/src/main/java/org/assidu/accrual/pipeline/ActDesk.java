package org.assidu.accrual.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assidu.accrual.model.Mechanics.ActKind;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.model.OutcomeColumns;

/**
 * What members did besides buying, what rules need to know about them, and their tags, each call in one turn of the pipeline.
 * Futures fail as the pipeline's do.
 */
public final class ActDesk {
    /** Fact: month × 100 + day; 0 = not known. */
    public static final String BIRTHDAY = "birthday";

    /** Fact: 1 when the profile is complete. */
    public static final String PROFILE = "profile";

    private final Pipeline pipeline;

    public ActDesk(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    /**
     * What was recorded.
     *
     * @param movements what was given, also what had become due before it
     * @param balanceMicro of the points purse
     */
    public record Recorded(OperationStatus status, List<NamedMovement> movements, long balanceMicro, long position) {}

    /** What came of a list of tags. @param statuses in its order; NOT_ALLOWED for members who oppose profiling */
    public record Tagged(List<OperationStatus> statuses, long position) {}

    /**
     * A tag that a member is given, or that is taken away.
     *
     * @param lastDay since 1970-01-01; 0 = without end
     * @param key idempotency key; empty = none
     */
    public record Tag(long memberKey, String tag, int lastDay, boolean removed, String key) {}

    /**
     * @param code of a CUSTOM act, else empty
     * @param score of a SURVEY, else 0
     * @param store empty = none
     * @param key idempotency key, unique for the member and kind
     */
    public CompletableFuture<Recorded> record(
            long memberKey, ActKind kind, String code, int score, String store, String key) {
        String own = String.format("%016x/%s/%s", memberKey, kind, key);
        return pipeline.ask(s -> {
            long now = s.now();
            Operation act = new Operation(
                    OperationKind.ACT, memberKey, 0, kind.name(), own, score, now, "", "", List.of(code, store));
            OperationAnswer answer = s.operate(act, now);
            boolean done = answer.status() == OperationStatus.DONE;
            return new Recorded(
                    answer.status(),
                    done ? movements(s, answer.outcome()) : List.of(),
                    s.engine().balanceMicro(memberKey, 0),
                    s.lastPosition());
        });
    }

    private static List<NamedMovement> movements(AccrualStage stage, OutcomeColumns outcome) {
        List<NamedMovement> movements = new ArrayList<>();
        for (int m = 0; m < outcome.movements; m++) {
            int version = outcome.movementVersion[m];
            movements.add(new NamedMovement(
                    outcome.movementMember[m],
                    stage.engine().purseId(outcome.movementPurse[m]),
                    outcome.movementKind[m],
                    outcome.movementMicro[m],
                    stage.shelf().programme(version).ruleId(outcome.movementRule[m]),
                    version,
                    outcome.movementLot[m]));
        }
        return movements;
    }

    public CompletableFuture<Recorded> refer(long referrer, long referred) {
        return pipeline.ask(s -> {
            long now = s.now();
            Operation refer = new Operation(OperationKind.REFER, referred, referrer, "", "", 0, now, "", "", List.of());
            OperationStatus status = s.operate(refer, now).status();
            return new Recorded(status, List.of(), s.engine().balanceMicro(referrer, 0), s.lastPosition());
        });
    }

    /**
     * Passes in what rules need to know of a person; nothing is recorded when it is known already. The birthday of who opposes
     * profiling is not used.
     */
    public CompletableFuture<OperationStatus> fact(long memberKey, String fact, long value) {
        return pipeline.ask(s -> {
            boolean unused = fact.equals(BIRTHDAY) && s.privacyTrail().isOpposed(memberKey);
            return fact(s, memberKey, fact, unused ? 0 : value, s.now());
        });
    }

    private static OperationStatus fact(AccrualStage stage, long memberKey, String fact, long value, long now) {
        Operation operation =
                new Operation(OperationKind.PERSON_FACT, memberKey, 0, fact, "", value, now, "", "", List.of());
        return stage.operate(operation, now).status();
    }

    /** Takes away what was worked out about a member, and the birthday; of who is erased, everything that rules know. */
    static void forget(AccrualStage stage, long memberKey, long now) {
        stage.operate(new Operation(OperationKind.UNTAG, memberKey, 0, "", "", 0, now, "", "", List.of()), now);
        fact(stage, memberKey, BIRTHDAY, 0, now);
        if (stage.privacyTrail().isErased(memberKey)) {
            fact(stage, memberKey, PROFILE, 0, now);
        }
    }

    /** Gives and takes tags, in order. */
    public CompletableFuture<Tagged> tag(List<Tag> tags) {
        return pipeline.ask(s -> {
            long now = s.now();
            List<OperationStatus> statuses = new ArrayList<>(tags.size());
            for (Tag tag : tags) {
                if (!tag.removed() && s.privacyTrail().isOpposed(tag.memberKey())) {
                    statuses.add(OperationStatus.NOT_ALLOWED);
                    continue;
                }
                OperationKind kind = tag.removed() ? OperationKind.UNTAG : OperationKind.TAG;
                Operation operation = new Operation(
                        kind, tag.memberKey(), 0, tag.tag(), tag.key(), tag.lastDay(), now, "", "", List.of());
                statuses.add(s.operate(operation, now).status());
            }
            return new Tagged(statuses, s.lastPosition());
        });
    }
}
