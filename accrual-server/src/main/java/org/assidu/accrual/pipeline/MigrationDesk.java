package org.assidu.accrual.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.assidu.accrual.directory.IdentifierConflictException;
import org.assidu.accrual.directory.MemberDirectory;
import org.assidu.accrual.model.MemberEnrolment;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.OpeningLot;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.programme.Programme;
import org.jspecify.annotations.Nullable;

/**
 * Brings members of another system in: their identifiers into the directory, forced first; then what they had, and their
 * consents, in one batch of the journal. What was migrated is told from the journal's outcome, not from what was asked.
 */
public final class MigrationDesk {
    private final Pipeline pipeline;

    public MigrationDesk(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    /**
     * What became of a member.
     *
     * @param memberKey 0 = none
     * @param problem why not; empty when the status says it
     * @param migratedMicro by purse id, as the journal has it
     */
    public record Migrated(
            String externalId,
            OperationStatus status,
            long memberKey,
            String problem,
            Map<String, Long> migratedMicro) {}

    /** @param members in the order asked */
    public record Answer(List<Migrated> members, long position) {}

    private record Known(MigratingMember member, long key, String conflict) {}

    /** @param doneBefore position of the operation that the external id was used by; 0 = this one */
    private record Decided(
            Known known, Operation operation, OperationStatus status, long doneBefore, Map<String, Long> micro) {}

    /** Each external id once. */
    public CompletableFuture<Answer> migrate(List<MigratingMember> members, String author, String reason) {
        return pipeline.directory(directory -> enrol(directory, members))
                .thenCompose(known -> pipeline.ask(s -> decide(s, known, author, reason)))
                .thenCompose(this::readBefore);
    }

    private static List<Known> enrol(MemberDirectory directory, List<MigratingMember> members) {
        List<Known> known = new ArrayList<>(members.size());
        for (MigratingMember member : members) {
            try {
                known.add(new Known(member, directory.enrol(member.identifiers()), ""));
            } catch (IdentifierConflictException conflict) {
                known.add(new Known(member, 0, String.valueOf(conflict.getMessage())));
            }
        }
        return known;
    }

    private record Turn(List<Decided> decided, List<String> purseIds, long position) {}

    private static Turn decide(AccrualStage s, List<Known> members, String author, String reason) {
        long now = s.now();
        Programme programme = s.engine().programmeAt(now);
        List<Decided> decided = new ArrayList<>(members.size());
        for (Known known : members) {
            Operation operation = operation(known, programme, now, author, reason);
            if (!known.conflict.isEmpty()) {
                decided.add(new Decided(known, operation, OperationStatus.NOT_ALLOWED, 0, Map.of()));
                continue;
            }
            OperationAnswer answer = s.operate(operation, now);
            long before =
                    answer.status() == OperationStatus.ALREADY_DONE ? s.engine().positionOf(operation) : 0;
            if (answer.status() == OperationStatus.DONE) {
                consents(s, known);
            }
            Map<String, Long> micro = answer.status() == OperationStatus.DONE
                    ? migrated(answer.outcome(), s.shelf().purseIds())
                    : Map.of();
            decided.add(new Decided(known, operation, answer.status(), before, micro));
        }
        return new Turn(decided, s.shelf().purseIds(), s.lastPosition());
    }

    private static void consents(AccrualStage s, Known known) {
        MigratingMember member = known.member;
        if (!member.termsVersion().isEmpty() || !member.consents().isEmpty()) {
            var unused = s.enrol(new MemberEnrolment(
                    known.key, member.channel(), member.store(), member.termsVersion(), member.consents(), false));
        }
    }

    private static Operation operation(
            Known known, @Nullable Programme programme, long now, String author, String reason) {
        MigratingMember member = known.member;
        String pointsPurse =
                programme == null ? "" : programme.document().purse().id();
        List<String> lots = new ArrayList<>(member.lots().size());
        for (OpeningLot lot : member.lots()) {
            String purse = lot.purseId().isEmpty() ? pointsPurse : lot.purseId();
            int earned = lot.earnedDay() == OpeningLot.AT_ENROLMENT && programme != null
                    ? programme.day(member.enrolledAtMillis())
                    : lot.earnedDay();
            lots.add(new OpeningLot(purse, lot.micro(), earned, lot.lastDay()).detail());
        }
        return new Operation(
                OperationKind.MIGRATE,
                known.key,
                0,
                member.tierId(),
                member.externalId(),
                member.tierReviewDay(),
                member.enrolledAtMillis() == 0 ? now : member.enrolledAtMillis(),
                author,
                reason,
                List.copyOf(lots));
    }

    private static Map<String, Long> migrated(OutcomeColumns outcome, List<String> purseIds) {
        Map<String, Long> micro = new LinkedHashMap<>();
        for (int m = 0; m < outcome.movements; m++) {
            if (outcome.movementKind[m] == MovementKind.MIGRATED) {
                micro.merge(purseIds.get(outcome.movementPurse[m]), outcome.movementMicro[m], Long::sum);
            }
        }
        return micro;
    }

    /** Of those that were done before, reads what was. */
    private CompletableFuture<Answer> readBefore(Turn turn) {
        List<Long> positions = turn.decided.stream()
                .map(Decided::doneBefore)
                .filter(position -> position != 0)
                .toList();
        if (positions.isEmpty()) {
            return CompletableFuture.completedFuture(answer(turn, List.of()));
        }
        return pipeline.operationsAt(positions).thenApply(before -> answer(turn, before));
    }

    private static Answer answer(Turn turn, List<JournalReads.RecordedOperation> before) {
        List<Migrated> answers = new ArrayList<>();
        int next = 0;
        for (Decided one : turn.decided) {
            JournalReads.RecordedOperation first = one.doneBefore == 0 ? null : before.get(next++);
            answers.add(answer(one, first, turn.purseIds));
        }
        return new Answer(answers, turn.position);
    }

    private static Migrated answer(Decided one, JournalReads.@Nullable RecordedOperation first, List<String> purseIds) {
        String id = one.known.member.externalId();
        if (first == null) {
            return new Migrated(id, one.status, one.known.key, one.known.conflict, one.micro);
        }
        Operation was = first.operation();
        boolean same = was.memberKey() == one.operation.memberKey()
                && was.details().equals(one.operation.details())
                && was.subject().equals(one.operation.subject());
        return new Migrated(
                id,
                same ? OperationStatus.ALREADY_DONE : OperationStatus.NOT_ALLOWED,
                one.known.key,
                same
                        ? ""
                        : String.format(
                                "this external id was imported before with other content, for member %016x, at position"
                                        + " %d of the journal: adjust by hand what has to change",
                                was.memberKey(), first.position()),
                same ? migrated(first.outcome(), purseIds) : Map.of());
    }
}
