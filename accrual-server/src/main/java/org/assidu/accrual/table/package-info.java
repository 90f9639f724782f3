/**
 * The export tables as Parquet: schemas, row layouts and files that appear whole or not at all. Readers of the folder and
 * every writer of it (the journal's export, the generator) agree here and in {@code docs/export-tables.md}, nowhere else.
 *
 * <pre>
 * row ─► Table (schema, columns) ─► TableFile (temporary name ─► force ─► rename ─► force folder)
 *                                     ▲ one per month: PartitionedFiles
 * </pre>
 */
@NullMarked
package org.assidu.accrual.table;

import org.jspecify.annotations.NullMarked;
