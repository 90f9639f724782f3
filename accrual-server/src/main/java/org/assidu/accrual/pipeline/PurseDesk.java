package org.assidu.accrual.pipeline;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.model.OutcomeColumns;

/** What members do with their purses other than at a till. */
public final class PurseDesk {
    private final Pipeline pipeline;

    public PurseDesk(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    /**
     * What became of a conversion.
     *
     * @param creditedMicro millionths of a minor unit; 0 unless done now
     * @param pointsLeftMicro points purse afterwards
     */
    public record Conversion(OperationStatus status, long creditedMicro, long pointsLeftMicro, long position) {}

    /**
     * Turns points into money of a purse, at the rate of the programme in force.
     *
     * @param key of the caller: the same is done once; empty = none
     */
    public CompletableFuture<Conversion> convert(long memberKey, String purseId, long pointsMicro, String key) {
        return pipeline.ask(s -> {
            Operation operation = new Operation(
                    OperationKind.CONVERT, memberKey, 0, purseId, key, pointsMicro, s.now(), "", "", List.of());
            OperationAnswer answer = s.operate(operation);
            OutcomeColumns outcome = answer.outcome();
            long credited = 0;
            for (int m = 0; m < outcome.movements; m++) {
                boolean money = outcome.movementPurse[m] != 0 && outcome.movementKind[m] == MovementKind.TRANSFERRED;
                credited += money ? outcome.movementMicro[m] : 0;
            }
            return new Conversion(answer.status(), credited, s.engine().balanceMicro(memberKey, 0), answer.position());
        });
    }
}
