/**
 * The programme written a second time: a slow ledger of decimals, dates and plain collections that reads as the
 * specification does, made without looking at how the engine computes. It shares the model with it and nothing else (an
 * architecture test says so), and is what random histories are compared with.
 *
 * <pre>
 *   programme + history ─┬─ engine: decide → encode → decode → apply ─┐
 *                        └─ {@link org.assidu.accrual.reference.ReferenceLedger} ─────────┴─ equal after every step
 * </pre>
 */
@NullMarked
package org.assidu.accrual.reference;

import org.jspecify.annotations.NullMarked;
