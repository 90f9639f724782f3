package org.assidu.accrual.pipeline;

import java.util.List;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.model.PendingAdjustment;

/** What {@link ServiceDesk} answers. In all, {@code position} is the last journal position that the answer reflects. */
public final class DeskAnswers {
    private DeskAnswers() {}

    /**
     * @param waiting whether an adjustment of that id waits for a second person
     * @param memberKey 0 where the adjustment is unknown
     * @param balanceMicro of the purse, afterwards
     */
    public record Adjusted(OperationStatus status, boolean waiting, long memberKey, long balanceMicro, long position) {}

    /**
     * @param pointsMicro credited now
     * @param balanceMicro of the points purse, afterwards
     */
    public record Claimed(OperationStatus status, long pointsMicro, long balanceMicro, long position) {}

    /**
     * @param memberKey who lives on
     * @param balanceMicro of the points purse, afterwards
     */
    public record Merged(OperationStatus status, long memberKey, long balanceMicro, long position) {}

    /**
     * @param household whose purses the member uses now; 0 = their own
     * @param balanceMicro of the points purse that the member uses, afterwards
     */
    public record Shared(OperationStatus status, long household, long balanceMicro, long position) {}

    /** @param waiting oldest first */
    public record Waiting(List<PendingAdjustment> waiting, long position) {}
}
