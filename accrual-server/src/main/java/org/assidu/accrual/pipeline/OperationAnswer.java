package org.assidu.accrual.pipeline;

import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.model.OutcomeColumns;

/**
 * What became of an operation.
 *
 * @param outcome of a DONE operation; without effects otherwise
 * @param position last journal position that this reflects: its own when DONE
 */
public record OperationAnswer(OperationStatus status, OutcomeColumns outcome, long position) {}
