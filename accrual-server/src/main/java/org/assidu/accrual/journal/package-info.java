/** Opaque bytes at dense positions, chained by hash, durable up to a barrier. */
@NullMarked
package org.assidu.accrual.journal;

import org.jspecify.annotations.NullMarked;
