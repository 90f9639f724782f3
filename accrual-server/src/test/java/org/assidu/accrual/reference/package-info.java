/**
 * The programme written a second time: a slow ledger of decimals, dates and plain collections that reads as the
 * specification does. It shares the model with the engine and nothing else (an architecture test says so), and is what random
 * histories are compared with. Where the specification leaves a case open it follows what the engine's decision records say.
 *
 * <pre>
 *   programme + history ─┬─ engine: decide → encode → decode → apply ─┐
 *                        └─ {@link org.assidu.accrual.reference.ReferenceLedger} ─────────┴─ equal after every step
 * </pre>
 */
@NullMarked
package org.assidu.accrual.reference;

import org.jspecify.annotations.NullMarked;
