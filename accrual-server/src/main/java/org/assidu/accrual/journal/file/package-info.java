/** The journal on plain files, through FileChannel. */
@NullMarked
package org.assidu.accrual.journal.file;

import org.jspecify.annotations.NullMarked;
