/**
 * Journal to Parquet segments: folds recorded outcomes, decides nothing, needs no engine.
 *
 * <pre>
 * JournalReader ─► receipts ─► Segment ─► sale_lines, receipts, ledger   by position range
 *                     └──────► MemberFold ─► members                     whole, at the end
 *               ─► programmes, products, stores ─► Definitions           whole, at the end
 * </pre>
 *
 * {@code _export.json} is replaced after each segment's files have their names, and again after the whole tables: whatever
 * is beyond it was never exported, so a run that was cut off is repeated from there and ends with the same files.
 */
@NullMarked
package org.assidu.accrual.export;

import org.jspecify.annotations.NullMarked;
