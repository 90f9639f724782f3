/**
 * Reads an export folder: one explicit schema a table, and checks before anything is counted (format version, missing columns,
 * segments that overlap or leave holes, lines without their receipt). A wrong folder is refused with the command that mends it.
 */
@NullMarked
package org.assidu.analytics.ingest;

import org.jspecify.annotations.NullMarked;
