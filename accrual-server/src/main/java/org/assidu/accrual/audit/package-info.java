/**
 * Seals: signed statements of what a journal holds, so that whoever has the public key and older seals can tell, without a
 * server and without trusting its machine, whether a record was altered, dropped or put in.
 *
 * <pre>
 * records ──► {@link org.assidu.accrual.audit.JournalTotals} ──► {@link org.assidu.accrual.audit.SealBody} ──► seals/seal-000042.seal
 *                                                                        (chain head, totals, hash of the seal before, Ed25519)
 * </pre>
 */
@NullMarked
package org.assidu.accrual.audit;

import org.jspecify.annotations.NullMarked;
