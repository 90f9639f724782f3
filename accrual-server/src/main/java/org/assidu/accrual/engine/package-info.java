/** The deterministic state machine that turns receipts into movements. */
@NullMarked
package org.assidu.accrual.engine;

import org.jspecify.annotations.NullMarked;
