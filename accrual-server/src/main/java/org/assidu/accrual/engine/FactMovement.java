package org.assidu.accrual.engine;

import org.assidu.accrual.model.MovementKind;

/**
 * A movement that happened whatever the rules say, such as a reward that was handed out.
 *
 * @param purse slot
 * @param micro micropoints, or millionths of a minor unit in a money purse; not 0
 */
public record FactMovement(long memberKey, int purse, MovementKind kind, long micro) {}
