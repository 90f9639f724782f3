package org.assidu.accrual.reference;

import org.assidu.accrual.model.Bonus;

/** Who is drawn not to get a bonus: a draw by hash, which is given and not decided again. */
@FunctionalInterface
public interface ControlGroup {
    boolean has(Bonus bonus, long member);
}
