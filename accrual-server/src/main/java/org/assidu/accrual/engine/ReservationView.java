package org.assidu.accrual.engine;

import java.util.List;
import org.assidu.accrual.model.Mechanics.ShopReward;

/**
 * A reservation that is held.
 *
 * @param reward as the version says under which it was reserved
 * @param heldMicro points that it spent, micropoints
 * @param endsAtMillis when it ends by itself
 * @param details as {@link HeldFor} says
 */
public record ReservationView(
        long memberKey, ShopReward reward, long units, long heldMicro, long endsAtMillis, List<String> details) {}
