/** The write path: lookup, ring, accrual stage, barrier, answers, recovery. */
@NullMarked
package org.assidu.accrual.pipeline;

import org.jspecify.annotations.NullMarked;
