/**
 * Programme documents as YAML or JSON: text → nodes with places → {@code ProgrammeDocument} → canonical JSON and its hash.
 * Every problem of a text, of its syntax and of what it says, is reported at once with line and column.
 */
@NullMarked
package org.assidu.accrual.document;

import org.jspecify.annotations.NullMarked;
