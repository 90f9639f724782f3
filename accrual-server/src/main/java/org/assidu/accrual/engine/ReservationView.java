package org.assidu.accrual.engine;

import org.assidu.accrual.model.Mechanics.ShopReward;

/**
 * A reservation that is held.
 *
 * @param reward as the version says under which it was reserved
 * @param heldMicro points that it spent, micropoints
 * @param endsAtMillis when it ends by itself
 */
public record ReservationView(long memberKey, ShopReward reward, long units, long heldMicro, long endsAtMillis) {}
