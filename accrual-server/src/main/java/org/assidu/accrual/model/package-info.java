/** Receipts, lines, outcomes, statuses and the programme document as plain values. */
@NullMarked
package org.assidu.accrual.model;

import org.jspecify.annotations.NullMarked;
