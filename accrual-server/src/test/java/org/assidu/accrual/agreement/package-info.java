/**
 * Whether engine and {@link org.assidu.accrual.reference.ReferenceLedger} agree: programmes and histories drawn from a seed,
 * played to both, compared after every step; a difference is shrunk to what it takes. {@code -Dseed=} plays the history of
 * that seed, {@code -Dhistories=} so many from it on.
 */
@NullMarked
package org.assidu.accrual.agreement;

import org.jspecify.annotations.NullMarked;
