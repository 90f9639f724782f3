/** Journal records to Parquet segments. */
@NullMarked
package org.assidu.accrual.export;

import org.jspecify.annotations.NullMarked;
